"""The verdict on a whole trail: chains, published rules, states replayed from records, legality."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from itertools import groupby
from operator import attrgetter

from audit.chain import Break, Flaw, StoredRecord, first_break
from audit.finding import Finding
from audit.legality import check_turn, check_unfit
from audit.record import DOSSIER_TYPES, AuditRecord
from audit.replay import Turn, Unreplayable, snapshot_text, turns
from audit.rulebook import Rulebook
from states.dossier import Dossier

DOSSIER = "dossier:"
SKEW = timedelta(seconds=120)
"""How far apart the clocks of two writers may be before "used before it was in force" is a finding."""


class Level(StrEnum):
    """How much is checked; each level includes the one before it.

    `chain`: every byte, link and head, and that cited rules were put in force by a record. `replay`: the stored
    states are what the records give. `legal`: every move, guard, role and deadline, by the cited rules.
    """

    CHAIN = "chain"
    REPLAY = "replay"
    LEGAL = "legal"


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that a table says happened, hence must be in the trail: an event of a stream about a digest."""

    stream: str
    event: str
    digest: str


@dataclass(frozen=True, slots=True)
class Report:
    """What verifying found; broken chains come before what can only be judged when all is read."""

    records: int
    streams: int
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.findings

    @property
    def first(self) -> Finding | None:
        """The first thing that is wrong, in the order of reading."""
        return self.findings[0] if self.findings else None


def verify(
    rows: Iterable[StoredRecord],
    heads: Mapping[str, tuple[int, str]] | None = None,
    *,
    level: Level = Level.CHAIN,
    rules: Rulebook | None = None,
    snapshots: Mapping[str, str] | None = None,
    claims: Iterable[Claim] = (),
    on_record: Callable[[int], None] | None = None,
    on_dossier: Callable[[str, Sequence[AuditRecord]], None] | None = None,
) -> Report:
    """Check a whole trail in one pass; memory grows with the number of streams and the longest of them.

    Args:
        rows: Every record, ordered by stream, then `seq`.
        heads: `seq` and leaf hash of the end of every stream, kept elsewhere; without them a cut-off tail of a
            dossier goes unseen.
        level: How much to check.
        rules: What the records cite; needed to check legality.
        snapshots: By dossier stream, `snapshot_digest` of the stored state.
        claims: What tables say was put in force. A stream of rules that lost its end is found by these, and by
            the dossiers that cite what it no longer holds.
        on_record: Called with the number of rows read so far.
        on_dossier: Called with the records of each dossier, as far as they are whole, for who would count more.
    """
    verification = _Verification(level, rules, snapshots, dict(heads or {}), heads is not None, on_dossier)
    for stream, group in groupby(_counted(rows, verification, on_record), attrgetter("stream")):
        verification.stream(stream, group)
    verification.lost_streams()
    verification.published(claims)
    return Report(verification.records, verification.streams, tuple(verification.findings))


def snapshot_digest(dossier: Dossier) -> str:
    """Return the SHA-256 of the canonical text of a state: what `verify` compares."""
    return sha256(snapshot_text(dossier).encode()).hexdigest()


def _counted(
    rows: Iterable[StoredRecord], verification: "_Verification", on_record: Callable[[int], None] | None
) -> Iterable[StoredRecord]:
    for row in rows:
        verification.records += 1
        if on_record is not None:
            on_record(verification.records)
        yield row


@dataclass(slots=True)
class _Verification:
    """What is known while the trail is read.

    Attributes:
        cited: By digest, the first record that leans on it: instant, stream, seq, and the event that it needs.
        in_force: By event and digest, when a record first said so.
    """

    level: Level
    rules: Rulebook | None
    snapshots: Mapping[str, str] | None
    heads: dict[str, tuple[int, str]]
    knows_heads: bool
    on_dossier: Callable[[str, Sequence[AuditRecord]], None] | None
    records: int = 0
    streams: int = 0
    findings: list[Finding] = field(default_factory=list)
    cited: dict[tuple[str, str], tuple[datetime, str, int]] = field(default_factory=dict)
    in_force: dict[tuple[str, str], datetime] = field(default_factory=dict)
    blind: bool = False

    def stream(self, stream: str, rows: Iterable[StoredRecord]) -> None:
        """Check one stream; what follows a break is not believed."""
        self.streams += 1
        read: list[AuditRecord] = []
        head = self.heads.pop(stream, None)
        broken = first_break(stream, rows, head, read.append)
        if broken is None and self.knows_heads and head is None:
            broken = Break(stream, 1, Flaw.HEAD, "no such stream", "a stream")
        if broken is not None:
            self._break(broken)
        if not stream.startswith(DOSSIER):
            self._rules_of(read)
            return
        for record in read:
            self._cite(record)
        if broken is None and self.level is not Level.CHAIN:
            self._replay(stream, read)
        if self.on_dossier is not None:
            self.on_dossier(stream, read)

    def _break(self, broken: Break) -> None:
        code = broken.reason_code.value
        self.findings.append(Finding(broken.stream, broken.seq, code, broken.expected, broken.found))
        self.blind = self.blind or not broken.stream.startswith(DOSSIER)

    def lost_streams(self) -> None:
        """Find streams that have a head and not one record."""
        for stream, (seq, head) in sorted(self.heads.items()):
            self._break(Break(stream, 0, Flaw.HEAD, f"{seq} {head}", "no record"))

    # States and legality

    def _replay(self, stream: str, records: list[AuditRecord]) -> None:
        turn: Turn | None = None
        try:
            for turn in turns(records):
                self._legal(turn)
        except Unreplayable as error:
            rules = self.rules if self.level is Level.LEGAL else None
            self.findings += check_unfit(error, records, turn, rules)
            return
        if turn is None or self.snapshots is None:
            return
        replayed, stored = snapshot_digest(turn.after), self.snapshots.get(stream, "nothing")
        if replayed != stored:
            self.findings.append(Finding(stream, turn.record.seq, "snapshot", replayed, stored))

    def _legal(self, turn: Turn) -> None:
        if self.level is Level.LEGAL and self.rules is not None:
            self.findings += check_turn(turn, self.rules)

    # Rules put in force before they were used

    def _cite(self, record: AuditRecord) -> None:
        if record.type not in DOSSIER_TYPES:
            return
        place = (record.at, record.stream, record.seq)
        digests = [("adopted", digest) for digest in (*record.calendars, record.directory) if digest]
        command = record.command or {}
        if command.get("kind") in ("apply_order", "reverse_order"):
            digests.append(("order_approved", str(command.get("digest"))))
        for key in (*digests, ("approved", record.cfg or "")):
            known = self.cited.get(key)
            if known is None or place < known:
                self.cited[key] = place

    def _rules_of(self, records: Iterable[AuditRecord]) -> None:
        for record in records:
            for event in record.events:
                digest = event.get("digest", record.cfg)
                if isinstance(digest, str):
                    self.in_force.setdefault((event["kind"], digest), record.at)

    def published(self, claims: Iterable[Claim]) -> None:
        """Find rules in use or in force without a record; with a broken stream of rules that cannot be said."""
        if self.blind:
            return
        for claim in claims:
            if (claim.event, claim.digest) not in self.in_force:
                self.findings.append(
                    Finding(claim.stream, 0, "unrecorded", f"{claim.event} {claim.digest}", "-")
                )
        for key, (at, stream, seq) in sorted(self.cited.items(), key=lambda item: item[1]):
            since = self.in_force.get(key)
            if since is None or since > at + SKEW:
                found = "never" if since is None else since.isoformat()
                self.findings.append(Finding(stream, seq, "unpublished", f"{key[0]} {key[1]}", found))
