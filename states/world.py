"""What one decision may look at besides the dossier: pinned rules, with the digests that go into its record."""

from collections.abc import Mapping
from dataclasses import dataclass

from states.calendar import BusinessCalendar
from states.directory import Directory
from states.procedure import Procedure


@dataclass(frozen=True, slots=True)
class World:
    """The rules in force for one dossier.

    Attributes:
        calendars: Business calendars by id.
        cfg: Digest of the compiled procedure.
        calendar_digests: By calendar id.
        directory_digest: Digest of the directory.
        elsewhere: Beginnings of the codes of agencies that another installation serves: their acts come from there.
            A refusal and the way of a message follow from it, so a record decided again needs to know none of it.
    """

    procedure: Procedure
    calendars: Mapping[str, BusinessCalendar]
    directory: Directory
    cfg: str
    calendar_digests: Mapping[str, str]
    directory_digest: str
    elsewhere: tuple[str, ...] = ()

    def calendar_of(self, agency: str) -> BusinessCalendar:
        """Return the calendar that an agency works by."""
        return self.calendars[self.directory.get(agency).calendar]

    def is_elsewhere(self, agency: str) -> bool:
        """Tell whether another installation serves an agency."""
        return any(agency == code or agency.startswith(f"{code}.") for code in self.elsewhere)

    @property
    def calendar(self) -> BusinessCalendar:
        """The calendar that the procedure's clocks keep."""
        return self.calendars[self.procedure.calendar]
