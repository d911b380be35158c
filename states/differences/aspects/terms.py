"""What may change in what a procedure says of time: terms, suspensions, extensions, ladders, stages."""

from states.differences import wording as say
from states.differences.aspects.aspect import (
    EVERYBODY,
    INSIDE,
    LABEL,
    LEADER,
    OFFICER,
    VERIFIED,
    Aspect,
    family,
    unordered,
)
from states.procedure import Label

CLOCK = (
    LABEL,
    Aspect("term", Label("thời hạn", "term"), say.term, EVERYBODY, brief=True),
    Aspect("starts", Label("bắt đầu tính khi", "starts with"), say.transition, EVERYBODY, brief=True),
    Aspect("stops", Label("thôi tính khi đến", "stops at"), say.states, INSIDE, key=unordered),
    Aspect("ladder", Label("thang cảnh báo", "ladder"), say.text, INSIDE, key=family),
    *VERIFIED,
)

SUSPENSION = (
    Aspect("cause", Label("lý do", "cause"), say.label, EVERYBODY),
    Aspect("effect", Label("thời hạn", "the term"), say.named, EVERYBODY, brief=True),
    Aspect("max_times", Label("số lần tối đa", "at most so many times"), say.known, EVERYBODY, brief=True),
    *VERIFIED,
)

EXTENSION = (
    Aspect("label", Label("tên gọi", "name"), say.label, (OFFICER, LEADER)),
    Aspect("role", Label("người ký", "signed by"), say.actor, INSIDE, brief=True),
    Aspect("clocks", Label("dời các thời hạn", "moves"), say.texts, INSIDE, key=unordered),
    Aspect("max_times", Label("số lần tối đa", "at most so many times"), say.known, EVERYBODY, brief=True),
    Aspect("max_each", Label("mỗi lần tối đa", "at most each time"), say.term, EVERYBODY, brief=True),
    Aspect(
        "letter_before",
        Label("thư xin lỗi gửi trước hạn", "apology before the due day"),
        say.offset,
        EVERYBODY,
    ),
    *VERIFIED,
)

LADDER = (
    Aspect("id", Label("phiên bản", "version"), say.text, INSIDE),
    Aspect("label", Label("tên gọi", "name"), say.label, INSIDE),
)

RUNG = (
    Aspect("side", Label("thời điểm", "when"), say.named, INSIDE, brief=True),
    Aspect("offset", Label("cách hạn", "away from the due instant"), say.offset, INSIDE, brief=True),
    Aspect("actions", Label("việc làm", "does"), say.texts, INSIDE, brief=True, key=unordered),
    Aspect("to", Label("báo cho", "reaches"), say.recipients, INSIDE, brief=True),
    Aspect("acknowledge", Label("phải xác nhận trong", "acknowledged within"), say.offset, INSIDE),
    Aspect(
        "unacknowledged", Label("không xác nhận thì báo", "unanswered, it goes to"), say.recipients, INSIDE
    ),
)

STAGE = (
    LABEL,
    Aspect("party", Label("của", "of"), say.party, INSIDE, brief=True),
    Aspect("budget", Label("thời gian của cơ quan", "time of the agency"), say.offset, INSIDE, brief=True),
    Aspect("ladder", Label("thang cảnh báo", "ladder"), say.text, INSIDE, key=family),
    *VERIFIED,
)
