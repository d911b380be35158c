"""What MAY happen: calendars, clocks, charts, guards and the decisions on one dossier; pure, no IO, no clock, no dice."""
