"""Who signs each paper, as data: every form of the house has a signer, and the linter misses none that has not."""

from pathlib import Path
from shutil import copytree

import pytest

from motcua.adapters.procedure_files import validate_paths
from motcua.adapters.signer_files import NAME, read_signers, signed_forms
from motcua.adapters.yaml_files import read_yaml_file

ROOT = Path(__file__).parents[2]
CONFIG, TEMPLATES = ROOT / "config", ROOT / "templates"
LINE = "positions: [head], source: s, verified: false"


def found(folder: Path, papers: str, templates: Path | None = None) -> list[str]:
    """What the linter says of a list of papers, by rule."""
    file = folder / NAME
    file.parent.mkdir(exist_ok=True)
    file.with_name("positions.yaml").write_bytes((CONFIG / "roles" / "positions.yaml").read_bytes())
    head = 'sources: [{id: s, title: {vi: "Thông tư", en: "Circular"}}]\n'
    file.write_text(f"{head}papers:\n{papers}", encoding="utf-8")
    return [located.problem.rule for located in validate_paths([file], None, templates)]


@pytest.mark.parametrize(
    ("papers", "rules"),
    [
        (f"  - {{form: refusal, signers: [{{{LINE}}}]}}\n", []),
        ("  - {form: refusal, signers: []}\n", ["E-PAPER-001"]),
        (f"  - {{form: refusal, signers: [{{stage: intake, {LINE}}}]}}\n", ["E-PAPER-001"]),
        (f"  - {{form: refusal, signers: [{{{LINE}}}]}}\n" * 2, ["E-PAPER-002"]),
        (f"  - {{form: refusal, signers: [{{{LINE.replace('head', 'mailbox')}}}]}}\n", ["E-PAPER-003"]),
        (f"  - {{form: refusal, signers: [{{{LINE.replace(': s,', ': other,')}}}]}}\n", ["E-PAPER-004"]),
    ],
)
def test_a_form_that_names_no_person_who_signs_it_is_reported(
    tmp_path: Path, papers: str, rules: list[str]
) -> None:
    """Without a signer, for one stage only, twice, by a mailbox, by a source that is none."""
    assert rules == found(tmp_path, papers)


def test_a_form_of_the_templates_that_is_not_listed_is_reported(tmp_path: Path) -> None:
    """Every form under which an officer's name stands must be there; the house's own list has them all."""
    refusal = f"  - {{form: refusal, signers: [{{{LINE}}}]}}\n"
    assert [[], ["E-PAPER-001"]] == [found(tmp_path, refusal, folder) for folder in (None, TEMPLATES)]
    assert {"apology", "receipt", "refusal", "stop_notice", "supplement_request"} <= signed_forms(TEMPLATES)
    assert [] == validate_paths([CONFIG / NAME], CONFIG, TEMPLATES)


def test_a_config_folder_without_the_list_is_reported(tmp_path: Path) -> None:
    """Nothing could be signed and nothing would say so; without templates, or of a part of the folder, no fault."""
    copytree(CONFIG, tmp_path / "config")
    root = tmp_path / "config"
    (root / NAME).unlink()
    [missing] = validate_paths([root], None, TEMPLATES)
    others = [validate_paths(*given) for given in (([root],), ([root / "procedures"], None, TEMPLATES))]

    assert ("E-PAPER-005", (root / NAME).as_posix()) == (missing.problem.rule, missing.file)
    assert "refusal" in str(missing.problem.facts["forms"])
    assert [[], []] == others


def test_the_house_names_signers_with_their_source() -> None:
    """The appraisal's refusal is no desk officer's, the intake's is; nothing is called verified that nobody read."""
    refusal = read_signers(CONFIG)["refusal"]
    by_stage = {line.accepted: line.positions for line in refusal}
    raw = (CONFIG / NAME).read_text(encoding="utf-8")

    assert (False, True) == tuple("one_stop_officer" in by_stage[accepted] for accepted in (True, False))
    assert raw.count("{positions:") + raw.count("{stage:") == raw.count("verified: false")
    assert read_yaml_file(CONFIG / NAME).value
