"""Pages for those who lead: the board of work, the overview of appointments, the map of a procedure."""
