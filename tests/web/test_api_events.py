"""What happened, as CloudEvents: in order, without a gap, one's own only, and nothing personal."""

from programs import Program, commune_of, new_household, program

from motcua.web.site import Site

BATCH = "application/cloudevents-batch+json"


def pages(system: Program, after: str = "", limit: int = 200) -> tuple[list[dict[str, object]], str]:
    """Everything behind a cursor, and the last cursor."""
    found: list[dict[str, object]] = []
    while True:
        answer = system.get("/events", after=after, limit=limit)
        assert (200, BATCH) == (answer.status_code, answer.headers["content-type"])
        link = answer.headers["link"]
        following = link.partition("after=")[2].partition("&")[0]
        if following == after:
            return found, after
        found, after = found + answer.json(), following


def test_events_follow_the_log_from_any_place_on(province: Site) -> None:
    """Those of one dossier in the order of its records; any page size gives the same; what comes later comes later."""
    system = program(province, [commune_of(province)])
    code = system.post("/dossiers", new_household(province)).json()["code"]
    whole, end = pages(system)
    mine = [event for event in whole if event["subject"] == code]
    few, again = pages(system, limit=7)
    system.post(
        f"/dossiers/{code}/transitions", {"transition": "accept", "facts": {"fee_paid": True}}, if_match="*"
    )
    new, _ = pages(system, end)

    assert (["vn.motcua.dossier.opened.v1"], whole) == ([event["type"] for event in mine], few)
    assert len(whole) == len({event["id"] for event in whole})
    assert [("vn.motcua.dossier.transitioned.v1", code)] == [
        (event["type"], event["subject"]) for event in new
    ]
    assert {"1.0"} == {event["specversion"] for event in whole + new}
    assert again


def test_now_begins_behind_everything_that_is_there(province: Site) -> None:
    """Nothing of before; what comes afterwards is told."""
    system = program(province, [commune_of(province)])
    begun = system.get("/events", after="now")
    cursor = begun.headers["link"].partition("after=")[2].partition("&")[0]
    code = system.post("/dossiers", new_household(province)).json()["code"]

    assert ([], [code]) == (begun.json(), [event["subject"] for event in pages(system, cursor)[0]])


def test_an_agency_is_told_of_its_own_dossiers_only_and_of_nobody_in_person(province: Site) -> None:
    """Another agency hears nothing of them; no name, no number, no officer, no fact stands in any event."""
    agency = commune_of(province)
    directory = province.house.worlds.directory
    other = next(a.code for a in directory.agencies if a.kind == "commune_committee" and a.code != agency)
    system, stranger = program(province, [agency]), program(province, [other])
    code = system.post("/dossiers", new_household(province)).json()["code"]
    told, heard = str(pages(system)[0]), str(pages(stranger)[0])
    people = {post.officer for post in directory.posts if post.agency == agency}

    assert (True, False) == (code in told, code in heard)
    assert not [word for word in ("Mận", "001188000321", "has_members", *people) if word in told]
