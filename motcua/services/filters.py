"""Filters of the inbox that a person keeps under names of their own."""

from motcua.services.installation import Installation
from motcua.services.ports import SavedFilter
from states.errors import DomainError, Kind

MOST = 20
LONGEST_NAME = 60
_LONGEST_QUERY = 500


class UnfitFilterName(DomainError):
    """The filter cannot be kept under this name: it must have 1 to {most} printed characters. Choose another."""

    vi = "Không lưu được bộ lọc với tên này: tên phải có từ 1 đến {most} ký tự in được. Hãy chọn tên khác."


class TooManyFilters(DomainError):
    """You keep {most} filters already. Delete one first."""

    kind = Kind.CONFLICT
    vi = "Bạn đã lưu {most} bộ lọc. Hãy xóa bớt một bộ lọc."


class FilterNameTaken(DomainError):
    """The filter cannot be called "{name}": there is one of that name already, or the old one is gone."""

    kind = Kind.CONFLICT
    vi = "Không đổi được tên thành «{name}»: đã có bộ lọc tên này, hoặc bộ lọc cũ không còn."


def filters_of(house: Installation, person: str) -> list[SavedFilter]:
    """Return the filters that a person keeps, by name."""
    return house.whole.store.saved_filters(person)


def keep_filter(house: Installation, person: str, name: str, query: str) -> None:
    """Keep a filter under a name; one of that name is replaced. Raises: UnfitFilterName, TooManyFilters."""
    name = _fit(name)
    known = filters_of(house, person)
    if len(known) >= MOST and name not in {one.name for one in known}:
        raise TooManyFilters(most=MOST)
    house.whole.store.save_filter(SavedFilter(person, name, query[:_LONGEST_QUERY]))


def rename_filter(house: Installation, person: str, name: str, new: str) -> None:
    """Give a filter another name. Raises: UnfitFilterName, FilterNameTaken."""
    new = _fit(new)
    if name != new and not house.whole.store.rename_filter(person, name, new):
        raise FilterNameTaken(name=new)


def drop_filter(house: Installation, person: str, name: str) -> None:
    """Forget a filter; one that is not there is forgotten already."""
    house.whole.store.drop_filter(person, name)


def _fit(name: str) -> str:
    name = " ".join(name.split())
    if not (0 < len(name) <= LONGEST_NAME and name.isprintable()):
        raise UnfitFilterName(most=LONGEST_NAME)
    return name
