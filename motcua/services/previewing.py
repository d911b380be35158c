"""What a reorganisation would touch, before anybody approves it: dossiers, tasks, mandates, people, as of today."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from motcua.services.batches import open_batches
from motcua.services.installation import Installation
from motcua.services.mandates_follow import Followed, following
from motcua.services.registry import Reviewed
from states.agency import Post
from states.directory import Directory
from states.dossier import Dossier
from states.dossier.agencies import agencies_of
from states.reorganisation import reorganised


@dataclass(slots=True)
class Preview:
    """What would follow a change if its day were today.

    Attributes:
        dossiers: Open ones, by `old → new` agency; one that names several counts for each.
        tasks: Open tasks that would lie at another agency.
        mandates: Those that would go on at another agency, or lapse.
        joining: Posts that begin with it.
        leaving: Officers who would hold no post any more, hence see nothing when they sign in.
    """

    dossiers: Counter[str] = field(default_factory=Counter)
    tasks: int = 0
    mandates: list[Followed] = field(default_factory=list)
    joining: list[Post] = field(default_factory=list)
    leaving: list[str] = field(default_factory=list)


def preview(house: Installation, reviewed: Reviewed) -> Preview:
    """Look at everything that is open as it would be on the day of a change; nothing is written.

    Raises:
        InvalidChange: It fits the registry no more.
    """
    house.worlds.refresh()
    before, day = house.worlds.directory, reviewed.change.effective
    after = reorganised(before, reviewed.change, reviewed.digest)
    found = Preview(mandates=_mandates(house, after, reviewed))
    known = set(before.posts)
    found.joining = [post for post in after.posts if post not in known and post.since >= day]
    left = {post.officer for post in before.posts if not after.posts_of(post.officer, day)}
    found.leaving = sorted(officer for officer in left if before.posts_of(officer, day))
    for batch in open_batches(house):
        for stored in batch:
            _look_at(found, after, stored.dossier, day)
    return found


def _mandates(house: Installation, after: Directory, reviewed: Reviewed) -> list[Followed]:
    now, day = house.now(), reviewed.change.effective
    standing = [one for one in house.store.delegations() if one.revoked_at is None and now < one.until]
    return list(following(after, reviewed.change, standing, day))


def _look_at(found: Preview, after: Directory, dossier: Dossier, day: date) -> None:
    seats = {code: after.seat(code, day, dossier.procedure) for code in agencies_of(dossier)}
    found.dossiers.update(f"{old} → {new}" for old, new in seats.items() if old != new)
    found.tasks += sum(seats[task.agency] != task.agency for task in dossier.tasks)
