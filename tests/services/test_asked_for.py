"""What an applicant was last asked for, as the page of a dossier shows it to officers."""

from paper_office import opened, owing

from motcua.services.papers import asked_for


def test_the_last_request_is_told_until_the_dossier_ends() -> None:
    """Before it nothing; then when and in which words, also once the supplement is there; after the end nothing."""
    office = owing()
    code = opened(office)
    told = [asked_for(office.house, office.store.load(code))]
    office.send(code, "ask_more", "officer", reason="Thiếu bản vẽ")
    told.append(asked_for(office.house, office.store.load(code)))
    office.pass_time(hours=1)
    office.send(code, "resubmit", None)
    told.append(asked_for(office.house, office.store.load(code)))
    office.send(code, "withdraw", None)
    told.append(asked_for(office.house, office.store.load(code)))

    request = {"at": "2026-03-02T08:30:00+07:00", "reason": "Thiếu bản vẽ"}
    assert [None, request, request, None] == told
