"""The drill: each night a random sample of dossiers is verified and replayed, so that rot is found young."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from audit.chain import StoredRecord
from audit.verify import DOSSIER, Level, snapshot_digest, verify
from motcua.services.auditing import rulebook
from motcua.services.installation import Installation
from motcua.services.ports import Store
from states.errors import DomainError, Kind


class UnsoundSample(DomainError):
    """Of {dossiers} dossiers drawn with seed {seed}, {findings} things are wrong; first: {first}. Verify the trail."""

    kind = Kind.UNSOUND
    vi = (
        "Trong {dossiers} hồ sơ rút ngẫu nhiên với số gieo {seed} có {findings} điểm sai; trước hết: {first}. "
        "Hãy kiểm tra toàn bộ nhật ký."
    )


@dataclass(frozen=True, slots=True)
class Drilled:
    """A sample that was sound: the seed that draws it again, and how much was read."""

    seed: int
    dossiers: int
    records: int


def drill(house: Installation, size: int, seed: int) -> Drilled:
    """Verify, replay and judge a random sample of dossiers, while others go on working.

    Args:
        house: The installation.
        size: How many dossiers; all of them where there are fewer.
        seed: The same seed draws the same dossiers, as long as none is added.

    Raises:
        UnsoundSample: Something is wrong; says what came first, and names the seed.
    """
    store = house.store
    ids = [stream.removeprefix(DOSSIER) for stream, _, _ in store.heads() if stream.startswith(DOSSIER)]
    drawn = store.load_ids(Random(seed).sample(ids, min(size, len(ids))))
    # Read after the dossiers, so that these streams hold all that the dossiers cite.
    ends = {stream: (seq, head) for stream, seq, head in store.heads() if not stream.startswith(DOSSIER)}
    ends |= {f"{DOSSIER}{stored.id}": (stored.seq, stored.head) for stored in drawn}
    report = verify(
        _up_to(store, ends),
        ends,
        level=Level.LEGAL,
        rules=rulebook(store),
        snapshots={f"{DOSSIER}{stored.id}": snapshot_digest(stored.dossier) for stored in drawn},
    )
    if report.first is not None:
        first = f"{report.first.stream}#{report.first.seq} {report.first.code}"
        raise UnsoundSample(dossiers=len(drawn), seed=seed, findings=len(report.findings), first=first)
    return Drilled(seed, len(drawn), report.records)


def _up_to(store: Store, ends: dict[str, tuple[int, str]]) -> Iterator[StoredRecord]:
    """Walk the streams up to the ends that are known: what was appended since belongs to the next drill."""
    for stream, (seq, _) in sorted(ends.items()):
        for record in store.records(stream):
            if record.seq <= seq:
                yield StoredRecord(record.stream, record.seq, record.raw, record.leaf_hash)
