"""The counter's pages: taking a dossier in, and giving its result out."""
