"""Stories at the officers' door, walked through its addresses."""
