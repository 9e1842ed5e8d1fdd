"""What each door shows, to whom, and that one rule decides it for all of them."""
