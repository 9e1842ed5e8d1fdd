"""The tag library `design`: each component once, under one name."""
