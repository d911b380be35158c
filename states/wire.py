"""One codec between frozen dataclasses and plain JSON values, so that nothing is serialised by hand twice.

Instants become RFC 3339 UTC text with six decimals, days ISO dates, enumerations their value, tuples lists.
Encoders and decoders are built once for each type and cached; a field that is plain already costs nothing.
A field that has a default may be missing in a text: that is how a stored type grows. Written is always every field.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from operator import attrgetter, itemgetter
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Codec = Callable[[Any], Any]

_hints = cache(get_type_hints)
_PLAIN = (str, int, bool, NoneType)


def instant_text(at: datetime) -> str:
    """Write an aware instant as UTC with exactly six decimals and `Z`."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def instant(text: str) -> datetime:
    """Read an instant written by `instant_text`."""
    return datetime.fromisoformat(text)


def to_wire(value: object) -> Any:
    """Return *value*, a dataclass of plain fields, as JSON values."""
    kind: Any = type(value)
    encode = _encoder(kind)
    return value if encode is None else encode(value)


def from_wire(kind: type[T], data: Any) -> T:
    """Build a *kind* from JSON values that `to_wire` wrote.

    Raises:
        KeyError, TypeError, ValueError: The data was not written by `to_wire` for this type.
    """
    hint: Any = kind
    decode = _decoder(hint)
    built: T = data if decode is None else decode(data)
    return built


@cache
def _encoder(hint: Any) -> Codec | None:
    """Return the encoder of a type, or None when its values are JSON already."""
    if hint in _PLAIN or hint is Any:
        return None
    if hint is datetime:
        return instant_text
    if hint is date:
        return date.isoformat
    if isinstance(hint, type) and issubclass(hint, Enum):
        return lambda member: member.value
    if is_dataclass(hint):
        return _record_encoder(hint)
    return _container(hint, _encoder, list)


@cache
def _decoder(hint: Any) -> Codec | None:
    """Return the decoder of a type, or None when its values are JSON already."""
    if hint in _PLAIN or hint is Any:
        return None
    if hint is datetime:
        return instant
    if hint is date:
        return date.fromisoformat
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    if is_dataclass(hint):
        return _record_decoder(hint)
    return _container(hint, _decoder, tuple)


def _record_encoder(kind: Any) -> Codec:
    """Read all fields in one go, then encode the few that are not plain."""
    parts = _parts(kind, _encoder)
    names = [name for name, _ in parts]
    coded = [(name, encode) for name, encode in parts if encode is not None]
    read = _reader(attrgetter, names)

    def encode_record(value: Any) -> dict[str, Any]:
        wire = dict(zip(names, read(value), strict=True))
        for name, encode in coded:
            field = wire[name]
            if field is not None:
                wire[name] = encode(field)
        return wire

    return encode_record


def _record_decoder(kind: Any) -> Codec:
    parts = _parts(kind, _decoder)
    coded = [(place, decode) for place, (_, decode) in enumerate(parts) if decode is not None]
    read = _reader(itemgetter, [name for name, _ in parts])
    younger = [field for field in fields(kind) if _has_default(field)]

    def decode_record(data: Any) -> Any:
        try:
            values = list(read(data))
        except KeyError:
            values = list(read(_filled(kind, younger, data)))
        for place, decode in coded:
            if values[place] is not None:
                values[place] = decode(values[place])
        return kind(*values)

    return decode_record


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _filled(kind: Any, younger: list[Field[Any]], data: Any) -> dict[str, Any]:
    """An older text lacks what was added since with a default; whatever else is missing stays missing."""
    hints = _hints(kind)
    filled = dict(data)
    for field in younger:
        if field.name not in filled:
            default = field.default if field.default_factory is MISSING else field.default_factory()
            encode = _encoder(hints[field.name])
            filled[field.name] = default if encode is None or default is None else encode(default)
    return filled


def _reader(getter: Any, names: list[str]) -> Codec:
    """Return a function that reads all *names* as a tuple; a getter of one name would return it bare."""
    if len(names) > 1:
        read: Codec = getter(*names)
        return read
    singly = [getter(name) for name in names]
    return lambda value: tuple(get(value) for get in singly)


def _parts(kind: Any, codec: Callable[[Any], Codec | None]) -> list[tuple[str, Codec | None]]:
    hints = _hints(kind)
    return [(field.name, codec(hints[field.name])) for field in fields(kind)]


def _container(hint: Any, codec: Callable[[Any], Codec | None], sequence: Codec) -> Codec | None:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _optional(arguments, codec)
    if origin is tuple:
        return _sequence(codec(arguments[0]), sequence)
    if origin in (dict, Mapping):
        return _mapping(codec(arguments[1]))
    raise TypeError(f"no codec for {hint!r}")


def _sequence(inner: Codec | None, sequence: Codec) -> Codec:
    return sequence if inner is None else lambda items: sequence(map(inner, items))


def _mapping(inner: Codec | None) -> Codec:
    return dict if inner is None else lambda items: {key: inner(item) for key, item in items.items()}


def _optional(arguments: tuple[Any, ...], codec: Callable[[Any], Codec | None]) -> Codec | None:
    """A union may hold one type that needs a codec, besides None; or only plain ones."""
    kinds = [kind for kind in arguments if kind is not NoneType]
    if all(kind in _PLAIN for kind in kinds):
        return None
    if len(kinds) == 1:
        return codec(kinds[0])
    raise TypeError(f"no codec for a union of {kinds!r}")
