"""`MemoryStore`: the whole contract of the store in dictionaries, for tests of what stands above it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from memory_clients import MemoryClients
from memory_clocks import MemoryClocks
from memory_figures import MemoryFigures
from memory_outbox import MemoryOutbox
from memory_pages import MemoryPages
from memory_state import accept, series
from memory_tasks import MemoryTasks, by_due, stored_of
from memory_waits import MemoryWaits

from motcua.services.appointments import figures_of
from motcua.services.ports import (
    PAPER_NOTICES,
    WHOLE,
    Adopted,
    AlreadyApproved,
    Answer,
    Change,
    DossierNotFound,
    DossierQuery,
    DossierRow,
    NewRecord,
    NoteTaken,
    OwedPaper,
    PaperRow,
    PersonalValue,
    PublishedVersion,
    Row,
    Shard,
    Stored,
    VersionNotFound,
)
from motcua.store.procedures import refuse_version


class MemoryStore(
    MemoryTasks, MemoryFigures, MemoryOutbox, MemoryClocks, MemoryClients, MemoryPages, MemoryWaits
):
    """The store without a database; one lock makes every method a transaction."""

    def narrowed(self, agencies: Sequence[str]) -> "MemoryStore":
        seen = MemoryStore()
        mine = {id for id, head in self._state.heads.items() if set(agencies).intersection(head.concerns)}
        state = self._state.copy()
        state.heads = {id: head for id, head in state.heads.items() if id in mine}
        state.values = {place: value for place, value in state.values.items() if place[0] in mine}
        state.streams = {f"dossier:{id}": state.streams[f"dossier:{id}"] for id in mine}
        seen._state = state
        return seen

    # dossiers

    def load(self, code: str) -> Stored:
        for change in self._state.heads.values():
            if change.dossier.code == code:
                return stored_of(change)
        raise DossierNotFound(code=code)

    def load_ids(self, ids: Sequence[str]) -> list[Stored]:
        heads = self._state.heads
        return [stored_of(heads[dossier_id]) for dossier_id in ids if dossier_id in heads]

    def write(self, changes: Sequence[Change]) -> tuple[bool, ...]:
        if len({change.id for change in changes}) < len(changes):
            raise ValueError("two changes of one dossier in one write")
        with self._lock:
            state = self._state.copy()
            accepted = {c.id for c in sorted(changes, key=lambda c: c.id) if accept(state, c)}
            self._state = state
        return tuple(change.id in accepted for change in changes)

    def answer(self, idem: str) -> Answer | None:
        return self._state.answers.get(idem)

    def next_number(self, agency: str, day: date) -> int:
        heads = self._state.heads.values()
        return 1 + max((c.number for c in heads if (c.agency, c.day) == (agency, day)), default=0)

    def find_dossiers(
        self,
        *,
        procedure: str | None = None,
        agency: str | None = None,
        open_only: bool = False,
        limit: int = 100,
    ) -> list[DossierRow]:
        wanted = [
            change
            for change in sorted(self._state.heads.values(), key=by_due)
            if procedure in (None, change.dossier.procedure)
            and agency in (None, change.dossier.agency)
            and not (open_only and change.dossier.ended)
        ]
        return [_row(change) for change in wanted[:limit]]

    def latest(self, procedures: Sequence[str], publics: Sequence[int], limit: int) -> list[Stored]:
        found = [c for c in self._state.heads.values() if c.dossier.procedure in procedures]
        found = [change for change in found if change.dossier.public in publics]
        found.sort(key=lambda change: change.dossier.code)
        found.sort(key=lambda change: change.at, reverse=True)
        return [stored_of(change) for change in found[:limit]]

    def page(self, query: DossierQuery, after: str, limit: int) -> list[Stored]:
        return [
            stored
            for stored in self.iterate()
            if stored.dossier.code > after and query.text in stored.dossier.code
            if query.agency is None or f"{stored.dossier.agency}.".startswith(f"{query.agency}.")
            if query.procedure in (None, stored.dossier.procedure)
            if query.ended in (None, stored.dossier.ended)
        ][:limit]

    def iterate(self, *, open_only: bool = False) -> Iterator[Stored]:
        for change in sorted(self._state.heads.values(), key=lambda change: change.dossier.code):
            if not (open_only and change.dossier.ended):
                yield stored_of(change)

    def last_at(self) -> datetime | None:
        return max((stored.at for stored in self.iterate()), default=None)

    def rows(self) -> Iterator[Row]:
        for key, change in sorted(self._state.heads.items()):
            body = change.dossier
            yield Row(
                key, body.code, body.procedure, change.agency, change.day, change.number, body.version,
                body.configuration, body.public, body.ended,
                None if body.agency == change.agency else body.agency, figures_of(body, change.finish),
            )  # fmt: skip

    # timers

    def due_ids(self, now: datetime, limit: int, shard: Shard = WHOLE) -> list[str]:
        due = sorted((at, key) for key, at in self._state.wakes.items() if at <= now)
        return [key for _, key in due if shard.first <= key < shard.past][:limit]

    def next_wake(self) -> datetime | None:
        return min(self._state.wakes.values(), default=None)

    def wakes(self, ids: Sequence[str]) -> Mapping[str, datetime]:
        return {key: self._state.wakes[key] for key in ids if key in self._state.wakes}

    # records

    def records(self, stream: str) -> list[NewRecord]:
        return list(self._state.streams.get(stream, ()))

    def all_records(self) -> Iterator[NewRecord]:
        for _, rows in sorted(self._state.streams.items()):
            yield from list(rows)

    def heads(self) -> Iterator[tuple[str, int, str]]:
        claimed = [(f"dossier:{c.id}", c.seq, c.head) for c in self._state.heads.values()]
        other = [
            (stream, rows[-1].seq, rows[-1].leaf_hash)
            for stream, rows in self._state.streams.items()
            if not stream.startswith("dossier:")
        ]
        yield from sorted(claimed + other)

    def head(self, stream: str) -> NewRecord | None:
        rows = self.records(stream)
        return rows[-1] if rows else None

    def last_instant(self) -> datetime | None:
        system = self.head("system")
        known = [change.at for change in self._state.heads.values()] + ([system.at] if system else [])
        return max(known, default=None)

    # procedures, calendars, directory

    def propose(self, version: PublishedVersion, record: NewRecord) -> None:
        with self._lock:
            if version.digest in self._state.versions:
                return
            refuse_version(version, self.versions(version.code))
            self.append([record])
            self._state.versions[version.digest] = version

    def approve(self, digest: str, by: str, at: datetime, record: NewRecord) -> None:
        with self._lock:
            known = self._state.versions.get(digest)
            if known is None:
                raise VersionNotFound(digest=digest)
            if known.approved_by is not None:
                raise AlreadyApproved(digest=digest)
            self.append([record])
            self._state.versions[digest] = replace(known, approved_by=by, approved_at=at)

    def version(self, digest: str) -> PublishedVersion | None:
        return self._state.versions.get(digest)

    def versions(self, code: str | None = None) -> list[PublishedVersion]:
        found = [version for version in self._state.versions.values() if code in (None, version.code)]
        return sorted(found, key=lambda version: (version.proposed_at, version.digest))

    def in_force(self, day: date) -> list[str]:
        approved = [version for version in self.versions() if version.approved_at is not None]
        holding = [v for v in approved if v.effective_from <= day < (v.effective_until or date.max)]
        newest = {version.code: version.digest for version in holding}
        return [newest[code] for code in sorted(newest)]

    def adopt(self, adopted: Adopted, record: NewRecord) -> None:
        with self._lock:
            self.append([record])
            self._state.adoptions.append(adopted)

    def adopted(self, kind: str) -> list[Adopted]:
        newest = {adopted.name: adopted for adopted in self._state.adoptions if adopted.kind == kind}
        return [newest[name] for name in sorted(newest)]

    def body(self, digest: str) -> str | None:
        return next((adopted.body for adopted in self._state.adoptions if adopted.digest == digest), None)

    # papers

    def next_paper_number(self, agency: str, form: str, year: int) -> int:
        taken = (key[3] for key in self._state.papers if key[:3] == (agency, form, year))
        return 1 + max(taken, default=0)

    def papers(self, dossier_id: str) -> list[PaperRow]:
        drafts = [paper for paper in self._state.papers.values() if paper.dossier_id == dossier_id]
        ordered = sorted(drafts, key=lambda paper: (paper.seq, series(paper)))
        return [PaperRow(paper, self._state.signatures.get(series(paper))) for paper in ordered]

    def papers_owed(self, since: datetime, limit: int, skip: int, once: Mapping[str, str]) -> list[OwedPaper]:
        drafted = {paper.cause for paper in self._state.papers.values()}
        has = {(paper.dossier_id, paper.form) for paper in self._state.papers.values()}
        owing = [
            (kept.message.notice.created_at, kept.message.notice.dossier_id, kept.order, kept.message.notice)
            for kept in self._state.outbox.values()
            if kept.message.notice.template in PAPER_NOTICES
        ]
        return [
            OwedPaper(notice.id, self._state.heads[owner].dossier.code, notice.template, at)
            for at, owner, _, notice in sorted(owing, key=lambda owed: owed[:3])
            if at >= since
            and notice.id not in drafted
            and (notice.dossier_id, once.get(notice.template)) not in has
        ][skip : skip + limit]

    def papers_owed_by(self, dossier_id: str, seq: int) -> list[OwedPaper]:
        told = [kept.message.notice for kept in self._state.outbox.values() if kept.order[0] == seq]
        return [
            OwedPaper(
                notice.id, self._state.heads[dossier_id].dossier.code, notice.template, notice.created_at
            )
            for notice in told
            if notice.dossier_id == dossier_id and notice.template in PAPER_NOTICES
        ]

    def received_in(self, agency: str, year: int) -> Iterator[Stored]:
        heads = [change for change in self._state.heads.values() if change.agency == agency]
        for change in sorted(heads, key=lambda change: (change.day, change.number)):
            if change.day.year == year:
                yield stored_of(change)

    # the rest

    def personal(self, dossier_id: str) -> list[PersonalValue]:
        return [value for key, value in sorted(self._state.values.items()) if key[0] == dossier_id]

    def open_of_person(self, procedure: str, id_number: str, limit: int) -> list[Stored]:
        written = json.dumps(id_number, ensure_ascii=False)
        owners = {
            owner
            for (owner, _, field), value in self._state.values.items()
            if field == "applicant.id_number" and value.value == written
        }
        found = [stored_of(self._state.heads[owner]) for owner in owners]
        same = [it for it in found if it.dossier.procedure == procedure and not it.dossier.ended]
        return sorted(same, key=lambda it: it.dossier.code, reverse=True)[:limit]

    def note(self, key: str) -> str | None:
        return self._state.notes.get(key)

    def set_note(self, key: str, value: str) -> None:
        with self._lock:
            known = self._state.notes.setdefault(key, value)
        if known != value:
            raise NoteTaken(key=key, value=known)


def _row(change: Change) -> DossierRow:
    body = change.dossier
    return DossierRow(
        code=body.code,
        procedure=body.procedure,
        agency=body.agency,
        states=body.states,
        public=body.public,
        version=body.version,
        due=change.due,
        ended=body.ended,
    )
