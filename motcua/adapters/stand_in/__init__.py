"""Servers that stand in for systems of others: for trying things out, for demonstrations and for tests."""
