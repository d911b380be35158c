"""The page of one dossier: where it stands, its clocks and why, its life, and what may be done next."""
