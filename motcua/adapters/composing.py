"""Joins a procedure with the fragments that it uses, and remembers the file, line and column of every part."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from itertools import chain
from typing import Any

from motcua.adapters.schema import check_shape
from motcua.adapters.schema_fragments import LISTS, PARAMETER
from motcua.adapters.yaml_files import LocatedProblem, YamlDocument
from states.problem import Path as Trail
from states.problem import Problem
from states.soundness.context import unknown

_PARAMETER = re.compile(PARAMETER, re.ASCII)
Fragments = Mapping[str, YamlDocument | None]
Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """A file whose `$name` texts stand for what was given; a given value stands in the file that gave it."""

    document: YamlDocument
    given: Mapping[str, "Argument"] = field(default_factory=dict)

    def argument(self, value: object) -> "Argument | None":
        """Return what stands for *value*, where it is the name of a parameter that was given."""
        if not isinstance(value, str) or not self.given:
            return None
        found = _PARAMETER.fullmatch(value)
        return None if found is None else self.given.get(found[1])


Argument = tuple[Source, Trail, Any]
"""A value with the file and the place in it where it stands."""


@dataclass(frozen=True)
class Composed:
    """A procedure with its fragments: one mapping, each part of which knows its file.

    Attributes:
        value: As one file would say it; without `use`.
        fragments: The fragments in it, by `name@version`, in the order in which they were met.
    """

    value: Any
    document: YamlDocument
    places: Mapping[Trail, Place] = field(repr=False)
    fragments: Mapping[str, YamlDocument]

    @cached_property
    def sha256(self) -> str:
        """Digest of the file; with fragments, of the digests of the file and of every fragment in it."""
        own = sha256(self.document.data).hexdigest()
        if not self.fragments:
            return own
        used = (f"{ref} {sha256(found.data).hexdigest()}\n" for ref, found in sorted(self.fragments.items()))
        return sha256("".join((f"{own}\n", *used)).encode()).hexdigest()

    def located(self, problem: Problem) -> LocatedProblem:
        """Say in which file, and where in it, *problem* stands."""
        path = problem.path
        while path and path not in self.places:
            path = path[:-1]
        return LocatedProblem(problem, *self.places.get(path, (self.document.file, 1, 1)))


def compose(document: YamlDocument, fragments: Fragments) -> tuple[Composed | None, list[LocatedProblem]]:
    """Join a procedure with the fragments that it uses.

    Args:
        document: The file; unless it uses fragments it is returned as it stands, whatever is in it.
        fragments: Those that are known, by `name@version`; None for one that is broken.

    Returns:
        None when the list of fragments has problems, and these.
    """
    value = document.value
    if not isinstance(value, dict) or "use" not in value:
        own = {path: (document.file, *mark) for path, mark in document.marks.items()}
        return Composed(value, document, own, {}), []
    return _Composer(Source(document), fragments).compose(())


def compose_fragment(
    document: YamlDocument, ref: str, fragments: Fragments
) -> tuple[Composed | None, list[LocatedProblem]]:
    """Join a fragment whose head is right with those that it uses; its parameters stand for their examples."""
    return _Composer(_exemplified(document), fragments).compose((ref,))


def _exemplified(document: YamlDocument) -> Source:
    value: Any = document.value
    plain = Source(document)
    examples = {
        parameter["id"]: (plain, ("parameters", at, "example"), parameter["example"])
        for at, parameter in enumerate(value.get("parameters", ()))
    }
    return Source(document, examples)


def copied(source: Source, path: Trail, value: Any, places: dict[Trail, Place], to: Trail) -> Any:
    """Return *value*, which stands at *path*, filled in; note under *to* where each part of it stands."""
    given = source.argument(value)
    if given is not None:
        return copied(*given, places, to)
    places[to] = (source.document.file, *source.document.locate(path))
    if isinstance(value, dict):
        return {key: copied(source, (*path, key), item, places, (*to, key)) for key, item in value.items()}
    if isinstance(value, list):
        items = chain.from_iterable(_items(source, (*path, at), item) for at, item in enumerate(value))
        return [copied(*item, places, (*to, at)) for at, item in enumerate(items)]
    return value


def _items(source: Source, path: Trail, value: Any) -> Iterator[Argument]:
    """Yield one item of a list; an argument that is a list yields its own items instead."""
    given = source.argument(value)
    if given is None or not isinstance(given[2], list):
        yield source, path, value
        return
    origin, above, items = given
    for at, item in enumerate(items):
        yield from _items(origin, (*above, at), item)


class _Composer:
    """One file being joined with the fragments that it uses."""

    def __init__(self, own: Source, fragments: Fragments) -> None:
        self._own = own
        self._fragments = fragments
        self._problems: list[LocatedProblem] = []
        self._parts: list[Source] = []
        self._met: set[str] = set()
        self._used: dict[str, YamlDocument] = {}

    def compose(self, above: tuple[str, ...]) -> tuple[Composed | None, list[LocatedProblem]]:
        """Join them; *above* is the file's own name where it is a fragment."""
        document, value = self._own.document, _value(self._own)
        self._collect(self._own, value.get("use", []), above)
        if self._problems:
            return None, self._problems
        places: dict[Trail, Place] = {}
        joined = {
            key: copied(Source(document), (key,), item, places, (key,))
            for key, item in value.items()
            if key not in (*LISTS, "use")
        }
        for key in LISTS:
            items = [item for part in self._ordered() for item in _listed(part, key)]
            if items or key in value:
                places[key,] = (document.file, *document.locate((key,)))
                joined[key] = [copied(*item, places, (key, at)) for at, item in enumerate(items)]
        return Composed(joined, document, places, self._used), []

    def _ordered(self) -> list[Source]:
        first = [part for part in self._parts if _value(part)["fragment"].get("first")]
        return [*first, self._own, *(part for part in self._parts if part not in first)]

    def _collect(self, source: Source, uses: Any, above: tuple[str, ...]) -> None:
        """Take in the fragments of a list, each with those that it uses itself; the same again only once."""
        shape = check_shape("uses", {"use": uses})
        self._problems += map(source.document.located, shape)
        for at, use in enumerate([] if shape else uses):
            ref, given = (use, {}) if isinstance(use, str) else (use["fragment"], use.get("with", {}))
            if ref in above:
                circle = " → ".join((*above[above.index(ref) :], ref))
                self._note(source, Problem("E-FRAG-002", ("use", at), {"chain": circle}))
            elif ref not in self._fragments:
                self._note(source, unknown("E-REF-016", ("use", at), ref, self._fragments))
            elif (document := self._fragments[ref]) is None:
                self._note(source, Problem("E-FRAG-003", ("use", at), {"fragment": ref}))
            else:
                self._take(self._filled(source, at, document, given), ref, above)

    def _take(self, part: Source, ref: str, above: tuple[str, ...]) -> None:
        arguments = {name: copied(*value, {}, ()) for name, value in part.given.items()}
        said = json.dumps([ref, arguments], sort_keys=True)
        if said in self._met:
            return
        self._met.add(said)
        self._used[ref] = part.document
        self._collect(part, _value(part).get("use", []), (*above, ref))
        self._parts.append(part)

    def _filled(self, user: Source, at: int, document: YamlDocument, given: Mapping[str, Any]) -> Source:
        plain = Source(document)
        declared = {item["id"]: number for number, item in enumerate(_value(plain).get("parameters", ()))}
        for name in sorted(given.keys() - declared.keys()):
            self._note(user, unknown("E-REF-017", ("use", at, "with", name), name, declared))
        arguments: dict[str, Argument] = {}
        for name, number in declared.items():
            parameter = _value(plain)["parameters"][number]
            if name in given:
                arguments[name] = (user, ("use", at, "with", name), given[name])
            elif "default" in parameter:
                arguments[name] = (plain, ("parameters", number, "default"), parameter["default"])
            else:
                facts = {"fragment": _value(plain)["fragment"]["id"], "parameter": name}
                self._note(user, Problem("E-FRAG-001", ("use", at), facts))
        return Source(document, arguments)

    def _note(self, source: Source, problem: Problem) -> None:
        self._problems.append(source.document.located(problem))


def _value(part: Source) -> Any:
    return part.document.value


def _listed(part: Source, key: str) -> list[Argument]:
    items = _value(part).get(key, [])
    if not isinstance(items, list):
        return [(part, (key,), items)]
    return [found for at, item in enumerate(items) for found in _items(part, (key, at), item)]
