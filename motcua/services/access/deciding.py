"""The one place that says who may see and do what, and how much of a dossier; what is not allowed here is denied."""

from dataclasses import dataclass

from motcua.services.access.visitor import AUDITOR, Visitor
from motcua.services.installation import Installation
from motcua.services.ports import Stored
from states.concern import Extent, extents
from states.concern import concerned as concerned_agencies
from states.directory import Directory

READ = "read"


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, and why, in both languages."""

    allowed: bool
    reason: str
    reason_vi: str


@dataclass(frozen=True, slots=True)
class Sight:
    """A dossier, and how much of it somebody may look at.

    Attributes:
        extent: `whole`, or only what is `offered` to an agency of theirs, or what it is `asked`.
        agencies: Theirs, those below them included where they lead, that it concerns; an auditor needs none.
    """

    stored: Stored
    extent: Extent
    agencies: frozenset[str] = frozenset()

    @property
    def whole(self) -> bool:
        """Whether it is for them with everything in it."""
        return self.extent is Extent.WHOLE

    def covers(self, agency: str) -> bool:
        """Tell whether what concerns an agency of the dossier is for them."""
        return self.whole or agency in self.agencies


_AUDITS = Decision(True, "an auditor reads everything", "kiểm toán viên được xem mọi hồ sơ")
_READ_ONLY = Decision(False, "an auditor only reads", "kiểm toán viên chỉ được xem")
_CONCERNED = Decision(True, "the dossier concerns their agency", "hồ sơ liên quan đến cơ quan của họ")
_OVERSEES = Decision(True, "they lead an agency above", "là lãnh đạo cơ quan cấp trên")
_STRANGER = Decision(
    False, "the dossier concerns no agency of theirs", "hồ sơ không liên quan đến cơ quan của họ"
)
_LOOKS_ON = Decision(
    False, "they oversee the dossier and do not work on it", "chỉ được theo dõi, không xử lý hồ sơ"
)


def authorize(house: Installation, visitor: Visitor, action: str, stored: Stored) -> Decision:
    """Say whether a visitor may do *action* to a dossier; `read` is one, every command is another.

    This is the floor: which posts and tasks an act needs is the procedure's to say, which can only narrow it.
    """
    if AUDITOR in visitor.duties:
        return _AUDITS if action == READ else _READ_ONLY
    agencies = concerned(house, stored)
    if agencies.intersection(visitor.agencies):
        return _CONCERNED
    if any(below(house.worlds.directory, code, visitor.oversees) for code in agencies):
        return _OVERSEES if action == READ else _LOOKS_ON
    return _STRANGER


def sight_of(house: Installation, visitor: Visitor, stored: Stored) -> Sight | None:
    """Return how much of a dossier a visitor may look at; None for nothing.

    Of several agencies of theirs the one that needs most of it counts; one that they lead from above as that one.
    """
    if AUDITOR in visitor.duties:
        return Sight(stored, Extent.WHOLE)
    directory = house.worlds.directory
    found = {
        code: extent
        for code, extent in extents(house.worlds.procedure(stored.dossier.cfg), stored.dossier).items()
        if code in visitor.agencies or below(directory, code, visitor.oversees)
    }
    widest = [extent for extent in Extent if extent in found.values()]
    return Sight(stored, widest[0], frozenset(found)) if widest else None


def may_see(house: Installation, visitor: Visitor, stored: Stored) -> bool:
    """Tell whether a visitor may look at all of a dossier."""
    sight = sight_of(house, visitor, stored)
    return sight is not None and sight.whole


def concerned(house: Installation, stored: Stored) -> frozenset[str]:
    """Return the codes of the agencies that a dossier concerns."""
    return concerned_agencies(house.worlds.procedure(stored.dossier.cfg), stored.dossier)


def below(directory: Directory, code: str, above: tuple[str, ...]) -> bool:
    """Tell whether an agency is one of *above*, or stands below one of them."""
    while above and code in directory.agency:
        if code in above:
            return True
        code = directory.agency[code].parent or ""
    return False
