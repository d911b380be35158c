"""Refusals speak in words: acts, roles and agencies by their names; programs still read the ids."""

import pytest
from desk import Desk

from states import called
from states.commands import APPLICANT_ACTOR, ClaimTask
from states.errors import NotAuthorised, Spoken
from states.tasking import UnfitOfficer


def test_a_fact_that_is_spoken_reads_as_words_and_equals_its_id() -> None:
    """In each language its own; `facts` keep what programs compare."""
    refused = NotAuthorised(
        code="c",
        actor="p",
        action=Spoken("sign", "Ký giấy chứng nhận", "Sign the certificate"),
        reason="r",
        reason_vi="l",
        roles=Spoken("deputy_head", "Cấp phó", "Deputy"),
    )

    assert "sign" == refused.facts["action"]
    assert (
        "Hồ sơ c: p không được thực hiện «Ký giấy chứng nhận»: l. Hãy nhờ người có thẩm quyền: Cấp phó."
        == (refused.message("vi"))
    )
    assert "Sign the certificate" in refused.message("en")
    assert "deputy_head" not in refused.message("vi") + refused.message("en")


def test_whoever_may_is_named_by_the_roles_of_the_procedure() -> None:
    """A role by its label, a position by that of its role; what the procedure has no role for is said in general."""
    procedure = Desk().world.procedure
    role = procedure.roles[0]

    assert role.label.vi == called.holders(procedure, [role.id]).vi
    assert role.label.en == called.holders(procedure, [role.position, role.id]).en
    assert "người giữ chức vụ được giao việc này" == called.holders(procedure, ["janitor", "porter"]).vi
    assert ("-", "người nộp hồ sơ") == (
        called.holders(procedure, ()).vi,
        called.holders(procedure, ["applicant"]).vi,
    )


def test_a_refused_claim_says_the_act_and_who_may() -> None:
    """Neither the command nor the kind of the actor comes through as an id."""
    desk = Desk().open()
    with pytest.raises(NotAuthorised) as refused:
        desk.do(ClaimTask(desk.dossier.tasks[0].id, APPLICANT_ACTOR, desk.dossier.version))
    said = refused.value.message("vi")

    assert (True, True) == ("«Nhận việc»" in said, "người nộp hồ sơ" in said)
    assert ("claim", "applicant") == (refused.value.facts["action"], refused.value.facts["actor"])


def test_somebody_without_the_position_is_told_it_by_its_name_and_the_agencys() -> None:
    """`officer` and the code of the agency stay for programs."""
    desk = Desk().open()
    with pytest.raises(UnfitOfficer) as refused:
        desk.reassign("firefighter")
    facts, day = refused.value.facts, desk.now.date()
    task = desk.dossier.tasks[0]
    role = desk.world.procedure.role[task.role]

    assert (role.position, task.agency) == (facts["position"], facts["agency"])
    name = desk.world.directory.name_of(task.agency, day)
    assert f"Cán bộ firefighter không giữ vị trí {role.label.vi} tại {name}." in refused.value.message("vi")
