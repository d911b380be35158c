"""The drill of sudden death: clients, workers and the database server are killed at random, and nothing may be lost."""
