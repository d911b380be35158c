"""Brings a dossier of the shipped procedures on its way in a province, each step by somebody who may take it."""

from motcua.services.desk import asked
from motcua.services.intake import Submission, submit
from motcua.services.ports import Stored
from motcua.services.transitions import Particulars, send
from motcua.web.site import Site
from states.commands import Actor
from states.dossier import Dossier

WHO = {"name": "Hoàng Thị Mận", "id_number": "001188000321"}


def on_the_way(site: Site, code: str, *moves: str, **facts: bool) -> Stored:
    """Open a complete dossier at the first agency that may decide, and send it along transitions."""
    wanted = asked(site.house, code)
    agency = wanted.agencies[0][0]
    papers = tuple(paper.id for paper in wanted.procedure.documents)
    given = {name: facts.get(name, False) for name in wanted.facts}
    stored = submit(site.house, Submission(code, "counter", agency, given, papers, WHO))
    for move in moves:
        transition = wanted.procedure.transition[move]
        particulars = Particulars({name: facts.get(name, True) for name in transition.inputs})
        actor = somebody(site, stored.dossier, transition.by[0])
        stored = send(site.house, stored.dossier.code, move, actor, None, particulars)
    return stored


def somebody(site: Site, dossier: Dossier, role: str) -> Actor:
    """Who has the role's task, else the first who holds its position."""
    declared = site.house.worlds.procedure(dossier.cfg).role[role]
    agency, position = dossier.parties[declared.party], declared.position
    own = [task.assignee for task in dossier.tasks if task.role == role and task.assignee]
    posts = site.house.worlds.directory.posts
    held = [post.officer for post in posts if (post.agency, post.position) == (agency, position)]
    return Actor("officer", [*own, *held][0], agency, position)
