"""`motcua account`: who may sign in to the pages."""

import sys
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from motcua.bootstrap import operating_system_user
from motcua.cli.lending import housed
from motcua.cli.output import show_found, tell, words
from motcua.cli.tables import Columns, show_rows
from motcua.services.access import account_of, add_account, change_password, disable, link, listed_accounts
from motcua.services.installation import Installation
from states.errors import DomainError


class NoPassword(DomainError):
    """There is nobody to ask for a password. Write it to a file and name that with --password-file."""

    vi = "Không có ai để hỏi mật khẩu. Hãy ghi mật khẩu vào tệp rồi chỉ tệp bằng --password-file."


app = typer.Typer(name="account", help="Who may sign in to the pages.", no_args_is_help=True)
_ACCOUNTS: Columns = (
    ("đăng nhập", "login", "login"),
    ("người", "person", "person"),
    ("tên", "name", "name"),
    ("nhiệm vụ", "duties", lambda row: ", ".join(row["duties"])),
    ("đã khóa", "disabled", lambda row: "×" if row["disabled"] else ""),
)
LoginArgument = Annotated[str, typer.Argument(metavar="LOGIN", help="Name to sign in by, in small letters.")]
ByOption = Annotated[str | None, typer.Option("--by", metavar="PERSON", help="Who does it.")]
FileOption = Annotated[
    Path | None,
    typer.Option("--password-file", metavar="FILE", help="Its first line is the password; else it is asked."),
]


@app.command()
@housed
def add(
    house: Installation,
    login: LoginArgument,
    person: Annotated[
        str, typer.Option("--person", metavar="ID", help="Id of the person, as posts name it.")
    ],
    name: Annotated[str, typer.Option("--name", help="What the pages call them.")],
    duty: Annotated[
        list[str] | None, typer.Option("--duty", help="auditor, designer or admin; as often as needed.")
    ] = None,
    password_file: FileOption = None,
    without: Annotated[
        bool, typer.Option("--no-password", help="Only an identity provider lets them in.")
    ] = False,
    by: ByOption = None,
) -> None:
    """Let a person sign in; which rooms they enter follows from the posts they hold and from the duties given.

    Example: motcua account add an --person cb.h99.41.01-6 --name "Lê Thị An"
    """
    password = None if without else _password(password_file)
    auth = operating_system_user()
    add_account(house, login, person, name, password=password, duties=tuple(duty or ()), by=by, auth=auth)
    tell(f"Đã lập tài khoản {login}.", f"Account {login} was made.")


@app.command("list")
@housed
def list_command(house: Installation) -> None:
    """List the accounts.

    Example: motcua account list --json
    """
    rows = listed_accounts(house)
    show_found(rows, show_rows, _ACCOUNTS, rows)


@app.command("disable")
@housed
def disable_command(
    house: Installation,
    login: LoginArgument,
    by: ByOption = None,
) -> None:
    """Close an account; whoever is signed in by it is out with their next click.

    Example: motcua account disable an
    """
    disable(house, login, by, operating_system_user())
    tell(f"Đã khóa tài khoản {login}.", f"Account {login} is closed.")


@app.command("password")
@housed
def password_command(
    house: Installation,
    login: LoginArgument,
    password_file: FileOption = None,
    by: ByOption = None,
) -> None:
    """Give an account another password; whoever is signed in by it is signed out.

    Example: motcua account password an --password-file new.txt
    """
    account_of(house, login)
    change_password(house, login, _password(password_file), by, operating_system_user())
    tell(f"Đã đổi mật khẩu của {login}.", f"The password of {login} was changed.")


@app.command("link")
@housed
def link_command(
    house: Installation,
    login: LoginArgument,
    issuer: Annotated[str, typer.Option("--issuer", metavar="URL", help="Exactly as it writes its name.")],
    subject: Annotated[str, typer.Option("--subject", help="What it calls the person.")],
    by: ByOption = None,
) -> None:
    """Let somebody come in by an account whom an identity provider vouches for.

    Example: motcua account link an --issuer https://sso.songlam.example --subject 5f0c
    """
    link(house, login, issuer, subject, by, operating_system_user())
    tell(f"Đã gắn {subject} với tài khoản {login}.", f"{subject} comes in by the account {login}.")


def _password(file: Path | None) -> str:
    """Read a password from a file or ask for it twice; never from the command line, which others can read."""
    if file is not None:
        return file.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    if not sys.stdin.isatty():
        raise NoPassword
    first = getpass(words("Mật khẩu: ", "Password: "))
    if first != getpass(words("Nhập lại: ", "Again: ")):
        raise typer.BadParameter(words("hai lần nhập khác nhau", "typed differently the second time"))
    return first
