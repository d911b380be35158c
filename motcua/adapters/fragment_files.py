"""Reads the fragments of a config folder and judges each of them on its own, with the examples of its parameters."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from motcua.adapters.composing import Fragments, compose_fragment
from motcua.adapters.schema import check_shape
from motcua.adapters.schema_fragments import PARAMETER
from motcua.adapters.yaml_files import InvalidFile, LocatedProblem, YamlDocument, read_yaml_file
from states.problem import Path as Trail
from states.problem import Problem
from states.soundness.context import unknown

FOLDER = "fragments"
_HEAD = ("fragment", "parameters")
_PARAMETER = re.compile(PARAMETER, re.ASCII)


def read_fragments(root: Path) -> tuple[Fragments, list[LocatedProblem]]:
    """Read the fragments of the config folder *root*.

    Returns:
        The fragments by `name@version`, None for one with errors, and every problem in their files.
    """
    documents: dict[str, YamlDocument] = {}
    problems: list[LocatedProblem] = []
    for file in sorted((root / FOLDER).glob("*.yaml")):
        document, found = _headed(file)
        problems += found
        if document is None:
            continue
        ref = _ref(document)
        if ref in documents:
            problems.append(document.located(Problem("E-ID-001", ("fragment", "id"), _twin(ref))))
        else:
            documents[ref] = document
    judged = {ref: check_fragment(document, ref, documents) for ref, document in documents.items()}
    problems += [problem for found in judged.values() for problem in found]
    return {ref: None if judged[ref] else document for ref, document in documents.items()}, problems


def check_fragment(document: YamlDocument, ref: str, fragments: Fragments) -> list[LocatedProblem]:
    """Judge a fragment whose head is right, with those that it uses."""
    value: Any = document.value
    declared = {parameter["id"] for parameter in value.get("parameters", ())}
    body = {key: item for key, item in value.items() if key not in _HEAD}
    unnamed = [
        document.located(unknown("E-REF-017", path, name, declared))
        for path, name in _named((), body)
        if name not in declared
    ]
    if unnamed:
        return unnamed
    composed, problems = compose_fragment(document, ref, fragments)
    if composed is None:
        return problems
    return [composed.located(problem) for problem in check_shape("fragment", composed.value)]


def ref_of(file: Path) -> str | None:
    """Return the `name@version` of a fragment's file; None when its head is broken."""
    document, _ = _headed(file)
    return None if document is None else _ref(document)


def unused(root: Path, ref: str) -> bool:
    """Say whether no procedure and no fragment of a config folder names a fragment; not asked without procedures."""
    procedures = list((root / "procedures").rglob("procedure.yaml"))
    named = re.compile(rf"(?<![a-z0-9_]){re.escape(ref)}(?![0-9])")
    files = [*procedures, *(root / FOLDER).glob("*.yaml")] if procedures else []
    texts = (file.read_bytes().decode("utf-8", "replace") for file in files)
    return bool(files) and not any(named.search(text) for text in texts)


def _headed(file: Path) -> tuple[YamlDocument | None, list[LocatedProblem]]:
    """Read a file as far as its head: name, version, parameters."""
    try:
        document = read_yaml_file(file)
    except InvalidFile as fault:
        return None, list(fault.problems)
    value: Any = document.value
    head = {key: value[key] for key in _HEAD if key in value} if isinstance(value, dict) else value
    problems = check_shape("head", head)
    if not problems:
        ids = [parameter["id"] for parameter in value.get("parameters", ())]
        problems = [
            Problem("E-ID-001", ("parameters", at, "id"), _twin(id, "parameters"))
            for at, id in enumerate(ids)
            if id in ids[:at]
        ]
    return (None if problems else document), [document.located(problem) for problem in problems]


def _ref(document: YamlDocument) -> str:
    value: Any = document.value
    return f"{value['fragment']['id']}@{value['fragment']['version']}"


def _twin(id: str, kind: str = FOLDER) -> dict[str, object]:
    return {"kind": kind, "id": id}


def _named(path: Trail, value: object) -> Iterator[tuple[Trail, str]]:
    """Yield every parameter that a part of a fragment names, with its place."""
    if isinstance(value, str) and (found := _PARAMETER.fullmatch(value)):
        yield path, found[1]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _named((*path, key), item)
