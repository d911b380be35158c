"""The one schema and the two engines that keep it: SQLite on one machine, PostgreSQL for a province."""
