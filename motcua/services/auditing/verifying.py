"""Verifies the whole trail of an installation against its own tables."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from audit.chain import StoredRecord
from audit.finding import Finding
from audit.record import AuditRecord
from audit.relations import Relations
from audit.rulebook import Rulebook
from audit.verify import Claim, Level, Report, verify
from motcua.services.auditing.reading import Progress, rulebook, snapshots_of
from motcua.services.installation import Installation
from motcua.services.ports import Store
from motcua.services.register_steps import digest_of
from motcua.services.row_checks import approvals, dossier_rows, order_claims, record_row


def verify_store(
    house: Installation, level: Level = Level.LEGAL, on_record: Progress | None = None
) -> Report:
    """Verify the whole trail of an installation against its own tables.

    The end of a dossier's stream is known from the dossier's row. A stream of rules has no such row: that its
    end was cut off shows by rules that are in force, or cited by a dossier, and that no record put in force.
    Whoever deletes a proposal that nobody approved, record and row alike, is not found here.

    Args:
        house: The installation.
        level: How much to check.
        on_record: Called with the number of records read so far.
    """
    snapshots = {} if level is Level.CHAIN else snapshots_of(house.store)
    return verified(house.store, house.log, level, rulebook(house.store), snapshots, on_record)


def verified(
    store: Store,
    log: str,
    level: Level,
    rules: Rulebook,
    snapshots: dict[str, str],
    on_record: Progress | None,
    on_dossier: Callable[[str, Sequence[AuditRecord]], None] | None = None,
) -> Report:
    """Verify by rules and states that were read already; *on_dossier* is handed each dossier's records."""
    rows: list[Finding] = []
    relations = Relations()

    def relate(stream: str, records: Sequence[AuditRecord]) -> None:
        relations.take(stream, records)
        if on_dossier is not None:
            on_dossier(stream, records)

    def read() -> Iterator[StoredRecord]:
        for record in store.all_records():
            rows.extend(record_row(record, log))
            yield StoredRecord(record.stream, record.seq, record.raw, record.leaf_hash)

    report = verify(
        read(),
        {stream: (seq, head) for stream, seq, head in store.heads()},
        level=level,
        rules=rules,
        snapshots=snapshots,
        claims=_claims(store),
        on_record=on_record,
        on_dossier=relate,
    )
    if level is not Level.CHAIN:
        rows += [*relations.findings(), *dossier_rows(store), *approvals(store)]
    return replace(report, findings=(*report.findings, *rows))


def _claims(store: Store) -> Iterator[Claim]:
    for version in store.versions():
        yield Claim(f"procedure:{version.code}", "proposed", version.digest)
        if version.approved_at is not None:
            yield Claim(f"procedure:{version.code}", "approved", version.digest)
    for kind, prefix in (("calendar", "calendar"), ("directory", "registry")):
        for adopted in store.adopted(kind):
            yield Claim(f"{prefix}:{adopted.name}", "adopted", adopted.digest)
    yield from order_claims(store)
    yield from (Claim(step.stream, step.kind, digest_of(step)) for step in store.nonconformity_steps())
