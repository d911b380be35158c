"""`motcua audit evidence`: the records that evidence a clause of ISO 9001 in a period, and what is covered."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from motcua.bootstrap import config_folder, open_house
from motcua.cli.lending import speaking
from motcua.cli.options import DbOption, read_day
from motcua.cli.output import show_found, show_text, tell, words
from motcua.cli.tables import Columns, show_rows

if TYPE_CHECKING:
    from motcua.services.evidence import Covered, Evidence, Gathered, Period
    from motcua.services.ports import ClauseMap

EditionOption = Annotated[
    str, typer.Option("--edition", metavar="YEAR", help="Which edition of ISO 9001, as the config maps it.")
]


@speaking
def evidence(
    since: Annotated[date, typer.Option("--from", metavar="DAY", parser=read_day, help="First local day.")],
    until: Annotated[
        date, typer.Option("--to", metavar="DAY", parser=read_day, help="Last local day, included.")
    ],
    clause: Annotated[
        str | None, typer.Option("--clause", metavar="N", help="A clause such as 8.5.1, and all below it.")
    ] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Instead: how much evidence each clause has.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", min=0, max=1_000_000, help="References of a kind.")] = 20,
    edition: EditionOption = "2015",
    db: DbOption = None,
) -> None:
    """List and count the records that evidence a clause of ISO 9001, by kind and by procedure.

    Example: motcua audit evidence --clause 8.5.1 --from 2026-03-01 --to 2026-03-31 --json
    """
    from motcua.services import evidence as service

    if (clause is None) is not coverage:
        raise typer.BadParameter(
            words("cần --clause hoặc --coverage, một trong hai", "give either --clause or --coverage")
        )
    clauses = config_folder().clauses(edition)
    with open_house(db) as house:
        of = service.period(house, since, until)
        head = _head(clauses, of)
        if clause is None:
            covered = list(service.coverage(house, clauses, of))
            told = {**head, "clauses": [_covered_json(each) for each in covered]}
            show_found(told, show_rows, _COVERAGE, covered)
        else:
            found = service.gather(house, clauses, clause, of, limit)
            show_found({**head, "clause": clause, **_evidence_json(found)}, _show_evidence, found)


def _head(clauses: "ClauseMap", of: "Period") -> dict[str, Any]:
    return {
        "standard": clauses.standard,
        "map_sha256": clauses.sha256,
        "from": of.since.isoformat(),
        "to": of.until.isoformat(),
    }


# One clause


def _show_evidence(found: "Evidence") -> None:
    for clause in found.clauses:
        where = "" if clause.elsewhere is None else f" → {_in_words(clause.elsewhere)}"
        show_text(f"{clause.id} {_in_words(clause.title)}{where}")
    show_rows(_EVIDENCE, found.gathered)
    for each in found.gathered:
        _show_references(each)
    tell(f"{found.records} bản ghi; mã băm {found.sha256}", f"{found.records} records; digest {found.sha256}")


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


_EVIDENCE: Columns = (
    ("bằng chứng", "evidence", _kind_words),
    ("điều khoản", "clauses", lambda each: ", ".join(each.kind.clauses)),
    ("số lượng", "count", lambda each: each.count),
    ("theo thủ tục", "by procedure", _by_procedure),
)
_COVERAGE: Columns = (
    ("điều khoản", "clause", lambda each: each.clause.id),
    ("nội dung", "title", lambda each: _in_words(each.clause.title)),
    ("số lượng", "count", _total),
    ("bằng chứng", "evidence", _how),
)
