"""Reading: facts at two times, where they come from, and search."""
