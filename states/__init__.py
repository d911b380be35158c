"""What MAY happen: calendars, clocks, charts, guards and decisions on one dossier; pure, no IO, no clock."""
