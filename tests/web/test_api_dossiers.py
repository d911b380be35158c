"""Dossiers by the API: handed in, read, sent on their way, each change once and on the version that was seen."""

from concurrent.futures import ThreadPoolExecutor

from programs import HOUSEHOLD, commune_of, new_household, program

from audit.record import Cause, from_raw
from motcua.services.auditing import verify_dossier
from motcua.web.site import Site


def test_a_dossier_is_handed_in_read_and_accepted_by_a_system(province: Site) -> None:
    """The system acts under its own name and position; the auditor decides the same again and finds nothing."""
    system = program(province, [commune_of(province)])
    made = system.post("/dossiers", new_household(province))
    assert (201, f"/api/v1/dossiers/{made.json()['code']}") == (made.status_code, made.headers["location"])
    code, tag = made.json()["code"], made.headers["etag"]
    read = system.get(f"/dossiers/{code}")
    assert (200, made.json(), tag) == (read.status_code, read.json(), read.headers["etag"])
    assert "Mận" not in read.text
    [accept] = [
        one for one in system.get(f"/dossiers/{code}/actions").json()["items"] if one["id"] == "accept"
    ]
    assert (True, ["fee_paid"]) == (accept["mine"], accept["inputs"])
    moved = system.post(
        f"/dossiers/{code}/transitions", {"transition": "accept", "facts": {"fee_paid": True}}, if_match=tag
    )
    stored = province.house.store.load(code)
    last = from_raw(province.house.store.records(f"dossier:{stored.id}")[-1].raw)

    assert (200, 2, stored.seq) == (moved.status_code, moved.json()["version"], moved.json()["seq"])
    assert (Cause.CLIENT, system.client.id, f"client:{system.client.id}", commune_of(province)) == (
        last.cause,
        last.auth and last.auth.user,
        last.actor,
        last.agency,
    )
    assert () == verify_dossier(province.house, stored).findings


def test_what_is_known_already_is_not_sent_again(province: Site) -> None:
    """If-None-Match with the tag of the dossier gets 304 and nothing; after a change it gets the dossier."""
    system = program(province, [commune_of(province)])
    made = system.post("/dossiers", new_household(province))
    path, tag = f"/dossiers/{made.json()['code']}", made.headers["etag"]
    known = [system.get(path, {"if-none-match": given}) for given in (tag, f'"x", W/{tag}', "*")]
    assert [(304, b"", tag)] * 3 == [(one.status_code, one.content, one.headers["etag"]) for one in known]
    assert 200 == system.get(path, {"if-none-match": '"v9.9"'}).status_code
    body = {"transition": "accept", "facts": {"fee_paid": True}}
    assert 200 == system.post(f"{path}/transitions", body, if_match=tag).status_code
    assert 200 == system.get(path, {"if-none-match": tag}).status_code


def test_a_change_needs_the_version_that_was_seen(province: Site) -> None:
    """Without If-Match 428; with another version, or a tag of nobody's, 412; any of several that fits will do."""
    system = program(province, [commune_of(province)])
    made = system.post("/dossiers", new_household(province))
    path = f"/dossiers/{made.json()['code']}/transitions"
    body = {"transition": "accept", "facts": {"fee_paid": True}}
    answers = [system.post(path, body)]
    answers += [
        system.post(path, body, if_match=tag) for tag in ('"v7.1"', '"other"', f"W/{made.headers['etag']}")
    ]

    assert [(428, "ConditionMissing"), *[(412, "StaleDossier")] * 3] == [
        (one.status_code, one.json()["code"]) for one in answers
    ]
    assert 1 == system.get(f"/dossiers/{made.json()['code']}").json()["version"]
    several = {"key": "several", "if_match": f'"v9.9", {made.headers["etag"]}'}
    done = [system.post(path, body, **several) for _ in range(2)]
    assert [(200, done[0].content)] * 2 == [(one.status_code, one.content) for one in done]
    assert "private, no-cache" == done[0].headers["cache-control"]


def test_the_same_request_is_done_once_and_gets_the_same_answer(province: Site) -> None:
    """Handed in and accepted twice under one key each: one dossier, one acceptance, answers equal to the byte."""
    system = program(province, [commune_of(province)])
    wanted = new_household(province)
    first, second = (system.post("/dossiers", wanted, key="hand-in") for _ in range(2))
    code, tag = first.json()["code"], first.headers["etag"]
    body = {"transition": "accept", "facts": {"fee_paid": True}}
    path = f"/dossiers/{code}/transitions"
    moved = [system.post(path, body, key="accept", if_match=tag) for _ in range(3)]
    system.post(f"/dossiers/{code}/tasks", {"task": moved[0].json()["tasks"][0]["id"], "act": "claim"})
    moved.append(system.post(path, body, key="accept", if_match=tag))

    assert (201, first.content, first.headers["etag"]) == (
        second.status_code,
        second.content,
        second.headers["etag"],
    )
    assert [(200, moved[0].content, moved[0].headers["etag"])] * 4 == [
        (one.status_code, one.content, one.headers["etag"]) for one in moved
    ]


def test_a_key_stands_for_one_request(province: Site) -> None:
    """The same key with another body, or for something else, is 422; a missing one or none at all is 400."""
    system = program(province, [commune_of(province)])
    wanted = new_household(province)
    made = system.post("/dossiers", wanted, key="one")
    other = system.post("/dossiers", {**wanted, "channel": "postal"}, key="one")
    path = f"/dossiers/{made.json()['code']}/transitions"
    body = {"transition": "accept", "facts": {"fee_paid": True}}
    elsewhere = system.post(path, body, key="one", if_match="*")
    bare = system.http.post(
        "/api/v1/dossiers", json=wanted, headers={"authorization": f"Bearer {system.token}"}
    )
    none = [system.post("/dossiers", wanted, key=key) for key in ("a b", "k" * 201, "")]

    assert [(422, "KeyReused")] * 2 == [(one.status_code, one.json()["code"]) for one in (other, elsewhere)]
    assert (400, "KeyMissing") == (bare.status_code, bare.json()["code"])
    assert [(400, "MalformedKey")] * 3 == [(one.status_code, one.json()["code"]) for one in none]
    assert 1 == system.get(f"/dossiers/{made.json()['code']}").json()["version"]


def test_many_at_the_same_moment_under_one_key_do_it_once(province: Site) -> None:
    """A hundred requests side by side: one dossier; each gets it, or is told that another is under way (409)."""
    system = program(province, [commune_of(province)])
    wanted = new_household(province)
    system.get("/procedures")  # a site builds its routes at its first request
    before = sum(1 for _ in province.house.store.rows())
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: system.post("/dossiers", wanted, key="same"), range(100)))
    found = {(one.status_code, one.json().get("code")) for one in answers if one.status_code != 409}

    assert (1, {201}) == (len(found), {status for status, _ in found})
    assert before + 1 == sum(1 for _ in province.house.store.rows())


def test_pages_of_dossiers_are_the_whole_list_of_ones_own(province: Site) -> None:
    """By code, each once; those of others are not among them; filters narrow it."""
    agency = commune_of(province)
    system, other = program(province, [agency]), program(province, ["H99.01"])
    made = [system.post("/dossiers", new_household(province)).json()["code"] for _ in range(3)]
    found: list[str] = []
    after = ""
    while True:
        page = system.get("/dossiers", after=after, limit=2).json()
        found += [row["code"] for row in page["items"]]
        if page["next"] is None:
            break
        after = page["next"]

    assert (sorted(set(found)), True) == (found, set(made) <= set(found))
    assert not set(made) & {row["code"] for row in other.get("/dossiers", limit=200).json()["items"]}
    one = system.get("/dossiers", procedure=HOUSEHOLD, state="ended", limit=200).json()["items"]
    assert all(row["ended"] and row["procedure"] == HOUSEHOLD for row in one)


def test_a_system_acts_in_its_positions_only(province: Site) -> None:
    """Without the position that an act needs it is refused, with 403 and the role; nothing is changed."""
    agency = commune_of(province)
    system, reader = program(province, [agency]), program(province, [agency], positions=())
    code = system.post("/dossiers", new_household(province)).json()["code"]
    body = {"transition": "accept", "facts": {"fee_paid": True}}
    answer = reader.post(f"/dossiers/{code}/transitions", body, if_match="*")
    elsewhere = system.post("/dossiers", new_household(province, received="H99.01"))

    assert (403, "NotAuthorised") == (answer.status_code, answer.json()["code"])
    assert [False] == [
        one["mine"]
        for one in reader.get(f"/dossiers/{code}/actions").json()["items"]
        if one["id"] == "accept"
    ]
    assert (403, "NotTakenInHere", 1) == (
        elsewhere.status_code,
        elsewhere.json()["code"],
        province.house.store.load(code).seq,
    )


def test_clocks_and_the_trail_tell_how_and_what(province: Site) -> None:
    """Minutes of the days sum up to the clock's; records come in order, each with its hash, page by page."""
    system = program(province, [commune_of(province)])
    made = system.post("/dossiers", new_household(province))
    code = made.json()["code"]
    body = {"transition": "accept", "facts": {"fee_paid": True}}
    system.post(f"/dossiers/{code}/transitions", body, if_match="*")
    clocks = system.get(f"/dossiers/{code}/clocks").json()["items"]
    pages = [system.get(f"/dossiers/{code}/records", after=after, limit=1).json() for after in (0, 1)]
    stored = province.house.store.load(code)
    hashes = [record.leaf_hash for record in province.house.store.records(f"dossier:{stored.id}")][:2]

    assert clocks
    assert [clock["minutes"] for clock in clocks] == [
        sum(day["minutes"] for day in clock["days"]) for clock in clocks
    ]
    assert (hashes, 1) == ([row["hash"] for page in pages for row in page["items"]], pages[0]["next"])
    assert f"client:{system.client.id}" == pages[0]["items"][0]["who"]


def test_open_tasks_are_taken_and_given_back(province: Site) -> None:
    """What nobody has taken is in the list; taken, it has the system's name; a second press does it once."""
    system = program(province, [commune_of(province)])
    made = system.post("/dossiers", new_household(province)).json()
    [task] = [row for row in made["tasks"] if row["assignee"] is None]
    listed = [(row["code"], row["task"]) for row in system.get("/tasks", limit=200).json()["items"]]
    path, claim = f"/dossiers/{made['code']}/tasks", {"task": task["id"], "act": "claim"}
    taken = [system.post(path, claim, key="take") for _ in range(2)]
    back = system.post(path, {**claim, "act": "release"})

    assert (made["code"], task["id"]) in listed
    assert [(200, [f"client:{system.client.id}"])] * 2 == [
        (one.status_code, [row["assignee"] for row in one.json()["tasks"]]) for one in taken
    ]
    assert (200, [None]) == (back.status_code, [row["assignee"] for row in back.json()["tasks"]])
    assert (404, "TaskNotFound") == (
        (none := system.post(path, {"task": "none#1", "act": "claim"})).status_code,
        none.json()["code"],
    )


def test_procedures_say_what_a_dossier_is_handed_in_with(province: Site) -> None:
    """Their facts and papers; one that is not in force is 404."""
    system = program(province, [commune_of(province)])
    listed = [row["code"] for row in system.get("/procedures").json()["items"]]
    one = system.get(f"/procedures/{HOUSEHOLD}").json()
    wanted = new_household(province)

    assert (HOUSEHOLD in listed, sorted(listed)) == (True, listed)
    assert set(wanted["facts"]) <= {fact["id"] for fact in one["facts"]}
    assert set(wanted["documents"]) == {paper["id"] for paper in one["documents"]}
    assert 404 == system.get("/procedures/9.999999").status_code
