"""How a result reaches its applicant: what they chose and where to, for the pages of both sides."""

import json
from dataclasses import dataclass
from typing import Any

from motcua.services.enacting import Request, enact
from motcua.services.idempotency import once
from motcua.services.installation import Installation
from motcua.services.ports import CitizensDesk, Stored
from motcua.services.recording import Personal
from motcua.services.telephones import is_telephone
from states.commands import APPLICANT_ACTOR, ChooseDelivery
from states.delivering import BY_POST, COUNTER, DELIVERIES, DeliveryRefused, may_choose
from states.errors import DomainError

ADDRESS = "delivery.address"
"""Personal value: to whom and where the post brings the result."""

_FIELDS = ("receiver", "address", "phone")
_LONGEST = 300


class AddressMissing(DomainError):
    """The post needs {what}, of at most 300 printed characters. Fill it in, or choose the counter."""

    vi = "Gửi bưu chính cần {what_vi}, tối đa 300 ký tự. Hãy điền, hoặc chọn nhận tại quầy."


class WayNotChosen(DomainError):
    """Nothing was chosen. Choose the counter or the post."""

    vi = "Chưa chọn cách nhận kết quả. Hãy chọn nhận tại quầy hoặc qua bưu chính."


@dataclass(frozen=True, slots=True)
class Delivery:
    """What an applicant chooses; all but `way` is personal, and needed for the post only."""

    way: str
    receiver: str = ""
    address: str = ""
    phone: str = ""


def choose(
    house: Installation, desk: CitizensDesk, stored: Stored, wanted: Delivery, key: str | None = None
) -> Stored:
    """Note how the applicant wants the result; with the key once, however often it is sent.

    Whoever calls has made sure that it is the applicant who asks.

    Raises:
        WayNotChosen, AddressMissing: Something is missing; nothing was recorded.
        DeliveryRefused: The procedure's results do not go by post, or it is too late.
        Busy, MalformedKey, KeyReused: Nothing was recorded.
    """
    code = stored.dossier.code
    told = _told(wanted)
    if wanted.way == BY_POST and not allows_post(desk, stored):
        reason = "results of this procedure do not go by post", "kết quả thủ tục này không gửi qua bưu chính"
        raise DeliveryRefused(code=code, reason=reason[0], reason_vi=reason[1])
    idem = once(key, APPLICANT_ACTOR, None, [code, wanted.way, told])
    values = () if told is None else (Personal(ADDRESS, told, house.new_salt()),)
    command = ChooseDelivery(wanted.way, APPLICANT_ACTOR)
    return enact(house, code, lambda *_: Request(command, APPLICANT_ACTOR, values, idem=idem))


def allows_post(desk: CitizensDesk, stored: Stored) -> bool:
    """Tell whether results of the dossier's procedure may go by post, as the config says with its source."""
    return stored.dossier.procedure in {one.procedure for one in desk.by_post}


def chosen(house: Installation, stored: Stored) -> dict[str, Any]:
    """Return what was chosen: `way`, and `to` (receiver, address, phone) for the post, unless that was erased.

    `open` tells whether it may still be chosen otherwise.
    """
    way = stored.dossier.delivery
    return {
        "way": way or COUNTER,
        "said": way is not None,
        "to": _latest(house, stored) if way == BY_POST else None,
        "open": may_choose(stored.dossier),
    }


def _latest(house: Installation, stored: Stored) -> dict[str, str] | None:
    values = [value for value in house.store.personal(stored.id) if value.field == ADDRESS]
    if not values:
        return None
    told: dict[str, str] = json.loads(max(values, key=lambda value: value.seq).value)
    return told


def _told(wanted: Delivery) -> dict[str, str] | None:
    """Return the address as it is kept; None for the counter. Raises: WayNotChosen, AddressMissing."""
    if wanted.way not in DELIVERIES:
        raise WayNotChosen
    if wanted.way == COUNTER:
        return None
    told = {name: " ".join(getattr(wanted, name).split()) for name in _FIELDS}
    names = {
        "receiver": ("a name", "họ tên"),
        "address": ("an address", "địa chỉ"),
        "phone": ("a telephone number of 8 to 15 digits", "số điện thoại có 8 đến 15 chữ số"),
    }
    for name, text in told.items():
        fits = len(text) <= _LONGEST and text.isprintable() and (name != "phone" or is_telephone(text))
        if not text or not fits:
            raise AddressMissing(what=names[name][0], what_vi=names[name][1])
    return told
