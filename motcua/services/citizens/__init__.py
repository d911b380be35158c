"""What people see and do without an account, of a dossier whose code and check code they hold."""

from motcua.services.citizens.admitting import LookUpRefused, admit, check_code
from motcua.services.citizens.feedback import (
    Feedback,
    FeedbackIncomplete,
    FeedbackTooLong,
    checked,
    give_feedback,
    published_answers,
)
from motcua.services.citizens.looking_up import (
    applicants_paper,
    choose_online,
    examples,
    look_up,
    rate_online,
)
from motcua.services.citizens.publishing_results import public_results

__all__ = [
    "Feedback",
    "FeedbackIncomplete",
    "FeedbackTooLong",
    "LookUpRefused",
    "admit",
    "applicants_paper",
    "check_code",
    "checked",
    "choose_online",
    "examples",
    "give_feedback",
    "look_up",
    "public_results",
    "published_answers",
    "rate_online",
]
