"""The search over what is public."""
