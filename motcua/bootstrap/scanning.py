"""Puts together where scans are kept and who looks for viruses in them."""

from motcua.adapters.clamd import read_scanner
from motcua.adapters.file_folder import HashedFolder
from motcua.services.scans import Room
from motcua.settings import Settings


def scan_room(settings: Settings) -> Room:
    """Return the folders of an installation; without an address of a scanner files are told as not looked at.

    Raises:
        InvalidScanner: The address is none.
    """
    scanner = read_scanner(settings.clamd_url) if settings.clamd_url else None
    quarantine, verdicts = settings.home / "quarantine", settings.home / "verdicts"
    return Room(HashedFolder(settings.files_dir), HashedFolder(quarantine), HashedFolder(verdicts), scanner)
