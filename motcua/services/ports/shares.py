"""What ended dossiers add to the report of responsibility, kept from one report to the next."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeptShares:
    """What one dossier adds; it follows from its records and from rules, and no decision reads it.

    Attributes:
        head: Leaf hash of its last record then.
        rules: Digest of the calendars and the directory that it was counted by.
        body: Canonical JSON of the figures.
    """

    dossier_id: str
    head: str
    rules: str
    body: str
