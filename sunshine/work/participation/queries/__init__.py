"""Questions about participation, by subject."""
