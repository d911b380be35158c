"""What people see and do without an account, of a dossier whose code and check code they hold."""

from motcua.services.citizens.admitting import LookUpRefused, admit, check_code
from motcua.services.citizens.looking_up import applicants_paper, examples, look_up, rate_online

__all__ = ["LookUpRefused", "admit", "applicants_paper", "check_code", "examples", "look_up", "rate_online"]
