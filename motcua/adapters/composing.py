"""Joins a procedure with the fragments that it uses, and remembers the file, line and column of every part."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
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
    given: Mapping[str, tuple["Source", Trail, Any]] = field(default_factory=dict)

    def argument(self, value: object) -> tuple["Source", Trail, Any] | None:
        """Return what stands for *value*, where it is the name of a parameter that was given."""
        if not isinstance(value, str) or not self.given:
            return None
        found = _PARAMETER.fullmatch(value)
        return None if found is None else self.given.get(found[1])


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
    """Join a procedure, or a fragment, with the fragments that it uses.

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
    return _Composer(document, fragments).compose(value)


def filled(document: YamlDocument) -> Source:
    """Return a fragment whose parameters stand for their examples, to be judged on its own."""
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


def _items(source: Source, path: Trail, value: Any) -> Iterator[tuple[Source, Trail, Any]]:
    """Yield one item of a list; an argument that is a list yields its own items instead."""
    given = source.argument(value)
    if given is None or not isinstance(given[2], list):
        yield source, path, value
        return
    origin, above, items = given
    for at, item in enumerate(items):
        yield from _items(origin, (*above, at), item)


class _Composer:
    """One procedure being joined with its fragments."""

    def __init__(self, document: YamlDocument, fragments: Fragments) -> None:
        self._document = document
        self._fragments = fragments
        self._problems: list[LocatedProblem] = []
        self._parts: list[Source] = []
        self._met: set[str] = set()
        self._used: dict[str, YamlDocument] = {}

    def compose(self, value: Mapping[str, Any]) -> tuple[Composed | None, list[LocatedProblem]]:
        own = Source(self._document)
        self._collect(own, value["use"], ())
        if self._problems:
            return None, self._problems
        before = [part for part in self._parts if _head(part).get("first")]
        after = [part for part in self._parts if not _head(part).get("first")]
        places: dict[Trail, Place] = {}
        joined = {
            key: copied(own, (key,), item, places, (key,))
            for key, item in value.items()
            if key not in (*LISTS, "use")
        }
        for key in LISTS:
            items = [item for part in (*before, own, *after) for item in _listed(part, key)]
            if items or key in value:
                places[key,] = (self._document.file, *self._document.locate((key,)))
                joined[key] = [copied(*item, places, (key, at)) for at, item in enumerate(items)]
        return Composed(joined, self._document, places, self._used), []

    def _collect(self, source: Source, uses: Any, above: Sequence[str]) -> None:
        """Take in the fragments of a list, each with those that it uses itself; the same again only once."""
        shape = check_shape("uses", {"use": uses})
        self._problems += map(source.document.located, shape)
        for at, use in enumerate([] if shape else uses):
            ref = use if isinstance(use, str) else use["fragment"]
            if ref in above:
                circle = " → ".join((*above[above.index(ref) :], ref))
                self._note(source, Problem("E-FRAG-002", ("use", at), {"chain": circle}))
            elif ref not in self._fragments:
                self._note(source, unknown("E-REF-016", ("use", at), ref, self._fragments))
            else:
                self._take(source, at, ref, {} if isinstance(use, str) else use.get("with", {}), above)

    def _take(self, user: Source, at: int, ref: str, given: Mapping[str, Any], above: Sequence[str]) -> None:
        document = self._fragments[ref]
        if document is None:
            self._note(user, Problem("E-FRAG-003", ("use", at), {"fragment": ref}))
            return
        part = self._filled(user, at, ref, given)
        said = json.dumps([ref, {name: copied(*value, {}, ()) for name, value in part.given.items()}])
        if said in self._met:
            return
        self._met.add(said)
        self._used[ref] = document
        value: Any = document.value
        self._collect(part, value.get("use", []), (*above, ref))
        self._parts.append(part)

    def _filled(self, user: Source, at: int, ref: str, given: Mapping[str, Any]) -> Source:
        document = self._fragments[ref]
        assert document is not None
        value: Any = document.value
        declared = {item["id"]: (index, item) for index, item in enumerate(value.get("parameters", ()))}
        for name in given.keys() - declared.keys():
            self._note(user, unknown("E-REF-017", ("use", at, "with", name), name, declared))
        arguments: dict[str, tuple[Source, Trail, Any]] = {}
        for name, (index, parameter) in declared.items():
            if name in given:
                arguments[name] = (user, ("use", at, "with", name), given[name])
            elif "default" in parameter:
                arguments[name] = (
                    Source(document),
                    ("parameters", index, "default"),
                    parameter["default"],
                )
            else:
                self._note(
                    user, Problem("E-FRAG-001", ("use", at), {"fragment": ref, "parameter": name})
                )
        return Source(document, arguments)

    def _note(self, source: Source, problem: Problem) -> None:
        self._problems.append(source.document.located(problem))


def _head(part: Source) -> Mapping[str, Any]:
    value: Any = part.document.value
    head: Mapping[str, Any] = value["fragment"]
    return head


def _listed(part: Source, key: str) -> list[tuple[Source, Trail, Any]]:
    value: Any = part.document.value
    items = value.get(key, [])
    if not isinstance(items, list):
        return [(part, (key,), items)]
    return [found for at, item in enumerate(items) for found in _items(part, (key, at), item)]
