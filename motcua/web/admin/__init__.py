"""The administrator's room: agencies, calendars, accounts, mandates, and how the installation is."""
