"""What happens BY THE CLOCK: the scheduler is the alarm clock, the database is the memory."""
