"""The look-up as a citizen meets it: in a browser, and at its edges."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from browsing import CLEAN, look_at
from on_the_way import on_the_way
from people import window
from playwright.sync_api import Browser
from web_province import client_of

from motcua.services import papers
from motcua.services.citizens import check_code, look_up
from motcua.services.identity import officer, today
from motcua.web.limits import Limits, Shared
from motcua.web.site import Site

LAND, CENTRE = "1.012756", "H99.01"
"""A procedure whose result lies at the centre, whoever decides."""

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def counted_at(province: Site, second: int) -> Site:
    """The site as another process serves it some seconds after noon: with the same counts, and no other memory."""
    shared = Shared(province.house.store.count_try, lambda: NOON + timedelta(seconds=second))
    return replace(province, limits=Limits(shared))


def known(province: Site, *, public: int = 10) -> tuple[str, str]:
    """Code and check code of a dossier of the province with a national status."""
    found = next(stored for stored in province.house.store.iterate() if stored.dossier.public == public)
    return found.dossier.code, check_code(province.house, found.id)


def with_receipt(province: Site) -> tuple[str, str, str]:
    """Codes of a dossier that got its receipt, signed, and the number of the receipt."""
    house = province.house
    stored = next(found for found in house.store.iterate() if found.dossier.accepted_at is not None)
    person = next(iter(stored.dossier.officers.values()))
    actor = officer(house, person)
    number = papers.draft(house, province.press, stored.dossier.code, "receipt", actor)
    papers.sign(house, province.press, stored.dossier.code, number, actor)
    return stored.dossier.code, check_code(house, stored.id), number


def test_a_citizen_types_both_codes_and_reads_where_the_dossier_is(
    browser: Browser, address: str, province: Site
) -> None:
    """With the keyboard alone and without scripts: first a typing mistake, then the page of the dossier."""
    code, check = known(province, public=5)
    with window(browser, address, scripts=False) as page:
        page.goto(f"{address}/tra-cuu")
        page.get_by_label("Mã hồ sơ").fill(code)
        page.get_by_label("Mã kiểm tra").fill("AAAA-AAAA")
        page.keyboard.press("Enter")
        told_off = page.get_by_role("alert").inner_text()
        kept = page.get_by_label("Mã hồ sơ").input_value()
        page.get_by_label("Mã kiểm tra").fill(check)
        page.keyboard.press("Enter")
        page.get_by_role("heading", name=code).wait_for()
        shown = page.locator("main").inner_text()
        page.get_by_role("link", name="English").click()
        page.get_by_role("heading", name="What to do").wait_for()
        english = page.locator("main").inner_text()

    assert (True, code) == ("Không có hồ sơ nào với" in told_off, kept)
    assert (True, True) == (code in shown, "Hãy bổ sung hồ sơ" in shown)
    assert (True, True) == (code in english, "Complete the dossier" in english)


def test_the_pages_of_the_look_up_are_clean_in_both_themes_and_widths(
    browser: Browser, address: str, province: Site
) -> None:
    """The form, a dossier that waits for its applicant, one of parts, and one that has ended."""
    code, check = known(province, public=5)
    paths = ["/tra-cuu", f"/tra-cuu?ma={code}&kt={check}"]
    paths += [f"/tra-cuu?ma={code}&kt={check}" for code, check in (known(province), _group(province))]

    assert [CLEAN] * 4 == [look_at(browser, address + path) for path in paths]


def _group(province: Site) -> tuple[str, str]:
    found = next(stored for stored in province.house.store.iterate() if stored.dossier.children)
    return found.dossier.code, check_code(province.house, found.id)


def test_a_signed_paper_is_read_in_its_own_looks_and_as_pdf(
    browser: Browser, address: str, province: Site
) -> None:
    """Its one style block is allowed by digest, so that the policy stays without exceptions."""
    code, check, number = with_receipt(province)
    client = client_of(province)
    query = {"ma": code, "kt": check, "so": number}

    page = client.get("/tra-cuu", params=query)
    paper, pdf = (client.get("/tra-cuu/giay-to", params={**query, "dang": kind}) for kind in ("html", "pdf"))
    [link] = [
        line for line in page.text.split('"') if line.startswith("/tra-cuu/giay-to") and "pdf" not in line
    ]
    looked = look_at(browser, address + link.replace("&amp;", "&"))

    assert (200, 200, "application/pdf", b"%PDF") == (
        paper.status_code, pdf.status_code, pdf.headers["content-type"], pdf.content[:4],
    )  # fmt: skip
    assert ("unsafe" in paper.headers["content-security-policy"], []) == (False, looked.complaints)
    assert 404 == client.get("/tra-cuu/giay-to", params={**query, "so": "99/GTN-2026"}).status_code


def test_a_step_whose_time_has_passed_is_said_to_be_overdue(province: Site) -> None:
    """A day that is past is no day by which something will be done."""
    house, now = province.house, province.house.now()
    late = next(
        stored
        for stored in house.store.iterate()
        for task in stored.dossier.tasks
        if (clock := stored.dossier.clocks.get(f"step:{task.state}")) and clock.running and clock.due
        if clock.due < now and not stored.dossier.ended
    )
    query = {"ma": late.dossier.code, "kt": check_code(house, late.id)}

    assert "Bước này đã quá hạn từ" in client_of(province).get("/tra-cuu", params=query).text


def test_wrong_codes_get_one_answer(province: Site) -> None:
    """An unknown code and a wrong check code: the same status and, what was typed apart, the same bytes."""
    code, check = known(province)
    unknown = "H99.41.01-990101-0001"
    tried = [(code, "AAAA-AAAA"), (unknown, check), (unknown, "AAAA-AAAA"), ("x", check)]
    client = client_of(province)

    answers = [client.get("/tra-cuu", params={"ma": ma, "kt": kt}) for ma, kt in tried]
    pages = [
        answer.text.replace(f'value="{ma}"', "").replace(f'value="{kt}"', "")
        for answer, (ma, kt) in zip(answers, tried, strict=True)
    ]

    assert ([404] * 4, 1) == ([answer.status_code for answer in answers], len(set(map(_asked, pages))))


def _asked(page: str) -> str:
    """Leave out the links to the other language, which repeat the query."""
    return "".join(line for line in page.splitlines() if "lang=" not in line)


def test_what_a_reader_made_of_the_square_code_is_enough(province: Site) -> None:
    """Code, number and check code of a paper in one field."""
    code, check = known(province)

    assert (
        200 == client_of(province).get("/tra-cuu", params={"ma": f"{code} 12/GTN-2026 {check}"}).status_code
    )


def test_who_tries_too_often_must_wait_a_minute(province: Site) -> None:
    """Twenty tries at one code, sixty from one address; the right codes too, or the answer would tell.

    All processes count together.
    """
    code, check = known(province)
    right = {"ma": code, "kt": check}
    one, other = (client_of(counted_at(province, second)) for second in (0, 9))

    tries = [one.get("/tra-cuu", params={"ma": code, "kt": f"AAAA-{n:04d}"}) for n in range(20)]
    stopped = other.get("/tra-cuu", params=right)
    others = [other.get("/tra-cuu", params={"ma": f"H99-990101-{n:04d}", "kt": "x"}) for n in range(40)]
    soon, again = (
        client_of(counted_at(province, second)).get("/tra-cuu", params=right) for second in (59, 61)
    )

    assert ([404] * 20, 429, "60") == (
        [answer.status_code for answer in tries], stopped.status_code, stopped.headers["retry-after"],
    )  # fmt: skip
    assert ([404] * 39 + [429], 429, 200) == (
        [answer.status_code for answer in others], soon.status_code, again.status_code,
    )  # fmt: skip


def test_every_address_that_takes_a_check_code_counts_as_the_same_try(province: Site) -> None:
    """S95: the look-up, its papers, its rating and its way of delivery share one allowance of twenty for a code."""
    client = client_of(counted_at(province, 0))
    given = {"ma": known(province)[0], "kt": "AAAA-AAAA"}
    turns = [
        lambda: client.get("/tra-cuu", params=given),
        lambda: client.get("/tra-cuu/giay-to", params={**given, "so": "1/GTN-2026"}),
        lambda: client.post("/tra-cuu/danh-gia", data={**given, "diem": "5"}),
        lambda: client.post("/tra-cuu/nhan-ket-qua", data={**given, "cach": "counter"}),
    ]

    assert [404] * 20 + [429] * 4 == [turns[n % 4]().status_code for n in range(24)]


def test_a_header_makes_nobody_somebody_else(province: Site) -> None:
    """A60, S95: sixty tries from one address are sixty, whatever each says of where it comes from."""
    client = client_of(counted_at(province, 0))
    tries = [
        client.get(
            "/tra-cuu",
            params={"ma": f"H99-990101-{n:04d}", "kt": "x"},
            headers={
                "x-forwarded-for": f"10.0.0.{n}",
                "forwarded": f"for=10.0.1.{n}",
                "x-real-ip": f"10.0.2.{n}",
            },
        ).status_code
        for n in range(61)
    ]

    assert [404] * 60 + [429] == tries


def test_bad_input_is_answered_cleanly(province: Site) -> None:
    """Bytes that are no text, very long codes, and marks of other alphabets change nothing and break nothing."""
    client = client_of(province)
    bad = ["%00", "a" * 201, "Ｈ９９", "' OR 1=1 --", "<script>", "%F0%9F%92%A9", "%FF"]

    statuses = {client.get(f"/tra-cuu?ma={text}&kt={text}").status_code for text in bad}

    assert statuses <= {400, 404, 422}


def test_a_citizen_is_sent_to_the_counter_where_the_result_lies(province: Site) -> None:
    """Where no counter was agreed, it is that of whoever has the task to give it out, not of the lead agency."""
    house, press = province.house, province.press
    ready = [each for each in house.store.iterate() if each.dossier.public == 9 and each.dossier.tasks]
    agencies = [(each, each.dossier.tasks[0].agency) for each in ready]
    agencies += [(on_the_way(province, LAND), CENTRE)]
    names = [house.worlds.directory.name_of(agency, today(house)) for _, agency in agencies]

    assert names == [
        look_up(house, press, each.dossier.code, check_code(house, each.id))["returns"]
        for each, _ in agencies
    ]
    assert CENTRE != agencies[-1][0].dossier.agency
