"""One function per use case; each change of a dossier is decided, evolved and recorded, and enters by one door."""
