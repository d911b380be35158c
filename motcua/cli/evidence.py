"""`motcua audit evidence`: the records that evidence a clause of ISO 9001 in a period, and what is covered."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from motcua.bootstrap import config_folder
from motcua.cli.dated import reading_house
from motcua.cli.options import DbOption, JsonOption, LangOption
from motcua.cli.output import FACE, show_json, show_table, show_text, tell, words

if TYPE_CHECKING:
    from motcua.services.evidence import Covered, Evidence, Gathered, Period
    from motcua.services.ports import ClauseMap

EditionOption = Annotated[
    str, typer.Option("--edition", metavar="YEAR", help="Which edition of ISO 9001, as the config maps it.")
]


def read_day(given: str, option: str) -> date:
    """Read a day such as 2026-03-02; anything else is bad usage."""
    try:
        return date.fromisoformat(given)
    except ValueError:
        told = words(f"{given} không phải là ngày như 2026-03-02", f"{given} is no day such as 2026-03-02")
        raise typer.BadParameter(told, param_hint=option) from None


def evidence(
    since: Annotated[str, typer.Option("--from", metavar="DAY", help="First local day.")],
    until: Annotated[str, typer.Option("--to", metavar="DAY", help="Last local day, included.")],
    clause: Annotated[
        str | None, typer.Option("--clause", metavar="N", help="A clause such as 8.5.1, and all below it.")
    ] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Instead: how much evidence each clause has.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", min=0, max=1_000_000, help="References of a kind.")] = 20,
    edition: EditionOption = "2015",
    db: DbOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """List and count the records that evidence a clause of ISO 9001, by kind and by procedure.

    Example: motcua audit evidence --clause 8.5.1 --from 2026-03-01 --to 2026-03-31 --json
    """
    from motcua.services import evidence as service

    if (clause is None) is not coverage:
        raise typer.BadParameter(
            words("cần --clause hoặc --coverage, một trong hai", "give either --clause or --coverage")
        )
    first, last = read_day(since, "--from"), read_day(until, "--to")
    clauses = config_folder().clauses(edition)
    with reading_house(db) as house:
        of = service.period(house, first, last)
        if clause is None:
            _show_coverage(clauses, of, service.coverage(house, clauses, of))
        else:
            _show_evidence(clauses, clause, service.gather(house, clauses, clause, of, limit))


def _head(clauses: "ClauseMap", of: "Period") -> dict[str, Any]:
    return {
        "standard": clauses.standard,
        "map_sha256": clauses.sha256,
        "from": of.since.isoformat(),
        "to": of.until.isoformat(),
    }


# One clause


def _show_evidence(clauses: "ClauseMap", asked: str, found: "Evidence") -> None:
    if FACE.json:
        show_json({**_head(clauses, found.period), "clause": asked, **_evidence_json(found)})
        return
    for clause in found.clauses:
        where = "" if clause.elsewhere is None else f" → {_in_words(clause.elsewhere)}"
        show_text(f"{clause.id} {_in_words(clause.title)}{where}")
    columns = (
        words("bằng chứng", "evidence"),
        words("điều khoản", "clauses"),
        words("số lượng", "count"),
        words("theo thủ tục", "by procedure"),
    )
    rows = [
        (_kind_words(each), ", ".join(each.kind.clauses), each.count, _by_procedure(each))
        for each in found.gathered
    ]
    show_table(columns, rows)
    for each in found.gathered:
        _show_references(each)
    tell(
        f"{found.records} bản ghi; mã băm {found.sha256}",
        f"{found.records} records; digest {found.sha256}",
    )


def _evidence_json(found: "Evidence") -> dict[str, Any]:
    clauses = [
        {"id": c.id, "title": c.title, "elsewhere": c.elsewhere, "verified": c.verified}
        for c in found.clauses
    ]
    kinds = [_gathered_json(each) for each in found.gathered]
    return {"clauses": clauses, "records": found.records, "sha256": found.sha256, "evidence": kinds}


def _gathered_json(found: "Gathered") -> dict[str, Any]:
    kind = found.kind
    return {
        "id": kind.id,
        "label": kind.label,
        "record": kind.record,
        "event": kind.event,
        "clauses": kind.clauses,
        "verified": kind.verified,
        "count": found.count,
        "procedures": [{"procedure": name, "count": count} for name, count in _sorted(found)],
        "references": [
            {"stream": r.stream, "seq": r.seq, "at": r.at, "procedure": r.procedure, "leaf_hash": r.leaf_hash}
            for r in found.references
        ],
    }


def _sorted(found: "Gathered") -> list[tuple[str | None, int]]:
    return sorted(found.procedures.items(), key=lambda item: (-item[1], item[0] or ""))


def _by_procedure(found: "Gathered") -> str:
    none = words("(không thủ tục)", "(no procedure)")
    return ", ".join(f"{name or none} {count}" for name, count in _sorted(found))


def _show_references(found: "Gathered") -> None:
    if not found.references:
        return
    show_text(f"{_in_words(found.kind.label)}:")
    for reference in found.references:
        show_text(f"  {reference.stream} seq {reference.seq}")
    left = found.count - len(found.references)
    if left:
        show_text(words(f"  … và {left} bằng chứng nữa", f"  … and {left} more"))


# All clauses


def _show_coverage(clauses: "ClauseMap", of: "Period", covered: Iterable["Covered"]) -> None:
    if FACE.json:
        show_json({**_head(clauses, of), "clauses": [_covered_json(each) for each in covered]})
        return
    columns = (
        words("điều khoản", "clause"),
        words("nội dung", "title"),
        words("số lượng", "count"),
        words("bằng chứng", "evidence"),
    )
    rows = [
        (each.clause.id, _in_words(each.clause.title), _total(each), _how(each)) for each in list(covered)
    ]
    show_table(columns, rows)


def _total(covered: "Covered") -> int | None:
    return sum(count for _, count in covered.counts) if covered.counts else None


def _how(covered: "Covered") -> str:
    if covered.clause.elsewhere is not None:
        return f"→ {_in_words(covered.clause.elsewhere)}"
    return ", ".join(f"{kind.id} {count}" for kind, count in covered.counts)


def _covered_json(covered: "Covered") -> dict[str, Any]:
    return {
        "id": covered.clause.id,
        "title": covered.clause.title,
        "state": covered.state,
        "elsewhere": covered.clause.elsewhere,
        "count": _total(covered) or 0,
        "evidence": [{"id": kind.id, "label": kind.label, "count": count} for kind, count in covered.counts],
    }


def _kind_words(found: "Gathered") -> str:
    unread = "" if found.kind.verified else words(" (chưa xác minh)", " (unverified)")
    return f"{_in_words(found.kind.label)}{unread}"


def _in_words(label: Any) -> str:
    return words(label["vi"], label["en"])
