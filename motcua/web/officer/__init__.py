"""An officer's room: the inbox, one action on many tasks, filters with names, and lists that stay open."""
