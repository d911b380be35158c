"""Measurements and long checks, run by hand or by `make bench`; no test depends on how long they take."""
