"""A whole installation on one machine, for trial and tests: PostgreSQL, a Prefect server and two process workers."""
