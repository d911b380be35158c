"""What changes for people between two versions of a procedure."""

from states.differences.compare import COLLECTIONS, differences
from states.differences.difference import Audience, Change, Difference

__all__ = ["COLLECTIONS", "Audience", "Change", "Difference", "differences"]
