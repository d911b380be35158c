"""The one-stop desk: the rooms people and machines come in by; the shell around `states` and `audit`."""

__version__ = "0.1.0"
