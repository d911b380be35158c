"""The house rules that no linter knows: sizes, names, sentences, paths, and silence about the machine."""

import ast
import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
CODE = ("states", "audit", "motcua", "flows", "tests", "benchmarks")
DATA = ("config", "templates")
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 40
NAMELESS = {"utils", "util", "core", "manager", "common", "helpers", "misc"}

# Needles are put together from pieces, so that this file does not find itself.
INDEX_HOSTS = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"))]
MACHINE_PATH = re.compile(r"(?<![\w.\-<>*}])/(?:" + "|".join(("work", "root", "home", "tmp", "Users")) + ")/")
UNFINISHED = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX")) + r")\b")
EXCUSED = re.compile(
    "|".join(("mark\\.sk" + "ip", "pytest\\.sk" + "ip", "import" + "orskip", "x" + "fail\\("))
)
NAMED_PATH = re.compile(r"`([\w.<>*-]+/[\w.<>*/-]*)(?::[^`\s]*)?`")


@cache
def tree() -> tuple[Path, ...]:
    """Every file that is, or is about to be, in the repository."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(path for name in sorted(set(listed.split("\0"))) if name and (path := ROOT / name).is_file())


def below(*folders: str, suffix: str = "") -> list[Path]:
    """Files of the repository in *folders*, by their ending."""
    return [path for path in tree() if relative(path).parts[0] in folders and path.name.endswith(suffix)]


def relative(path: Path) -> Path:
    """The path from the root of the repository."""
    return path.relative_to(ROOT)


def text(path: Path) -> str:
    """The file's text; bytes that are no text are passed over."""
    return path.read_text(encoding="utf-8", errors="ignore")


@dataclass(frozen=True, slots=True)
class Function:
    """A function of a module, its length in lines, and whether it says what it does."""

    name: str
    length: int
    is_told: bool


@cache
def module(path: Path) -> tuple[bool, tuple[Function, ...]]:
    """Whether a module says what lives there, and its functions, nested ones too."""
    parsed = ast.parse(text(path))
    functions = [
        node for node in ast.walk(parsed) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return bool(ast.get_docstring(parsed)), tuple(
        Function(one.name, (one.end_lineno or 0) - one.lineno + 1, bool(ast.get_docstring(one)))
        for one in functions
    )


def found(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    """Where *pattern* occurs, as file:line."""
    return [
        f"{relative(path)}:{number}"
        for path in files
        for number, line in enumerate(text(path).splitlines(), 1)
        if pattern.search(line)
    ]


def test_files_are_short_enough_to_read_in_one_go() -> None:
    """No module is longer than the house allows."""
    lengths = {str(relative(path)): len(text(path).splitlines()) for path in below(*CODE, suffix=".py")}

    assert {} == {name: length for name, length in lengths.items() if length > MAX_FILE_LINES}


def test_functions_fit_on_a_screen() -> None:
    """No function is longer than the house allows, its docstring included."""
    lengths = {
        f"{relative(path)}:{function.name}": function.length
        for path in below(*CODE, suffix=".py")
        for function in module(path)[1]
    }

    assert {} == {name: length for name, length in lengths.items() if length > MAX_FUNCTION_LINES}


def test_every_module_says_what_lives_there() -> None:
    """Each module begins with a docstring."""
    modules = below(*CODE, suffix=".py")

    assert [] == [str(relative(path)) for path in modules if not module(path)[0]]


def test_every_test_states_its_claim() -> None:
    """Each test function carries a sentence."""
    silent = [
        f"{relative(path)}:{function.name}"
        for path in below("tests", suffix=".py")
        for function in module(path)[1]
        if function.name.startswith("test_") and not function.is_told
    ]

    assert [] == silent


def test_test_files_have_unique_names() -> None:
    """`tests` is no package, so two test modules may not share a name."""
    names = [path.name for path in below("tests", suffix=".py")]

    assert [] == sorted({name for name in names if names.count(name) > 1})


def test_every_name_says_something() -> None:
    """No module or folder is named for nothing in particular."""
    paths = [relative(path) for path in tree()]

    assert [] == [str(path) for path in paths if NAMELESS & {part.split(".")[0] for part in path.parts}]


def test_data_folders_hold_no_code() -> None:
    """What designers write and people read contains no Python."""
    assert [] == [str(relative(path)) for path in below(*DATA, suffix=".py")]


def test_nothing_is_left_unfinished_or_excused() -> None:
    """No reminder stands in for work, and no test is passed over."""
    code = [path for path in below(*CODE, *DATA) if path.suffix != ".lock"]

    assert [] == found(UNFINISHED, code)
    assert [] == found(EXCUSED, below("tests"))


def test_no_file_names_a_machine() -> None:
    """No file knows a folder of one machine, or a host that packages come from."""
    hosts = re.compile("|".join(map(re.escape, INDEX_HOSTS)))

    assert [] == found(MACHINE_PATH, list(tree()))
    assert [] == found(hosts, list(tree()))


def documents() -> list[Path]:
    """The README and everything in docs."""
    return [
        path for path in tree() if path.suffix == ".md" and relative(path).parts[0] in {"README.md", "docs"}
    ]


def test_every_path_a_document_names_exists() -> None:
    """A path of the repository in backticks leads somewhere; `<code>` and `*` stand for any name."""
    folders = {relative(path).parts[0] for path in tree()}
    named = {
        (document.name, match[1]) for document in documents() for match in NAMED_PATH.finditer(text(document))
    }
    ours = sorted(pair for pair in named if pair[1].split("/")[0] in folders)

    assert [] == [pair for pair in ours if not any(ROOT.glob(re.sub("<[^>]*>", "*", pair[1].rstrip("/"))))]
