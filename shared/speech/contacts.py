"""How a pharmacy or a person is reached: address, telephone, being connected."""

from shared import outcomes as o
from shared.catalog import Pharmacy
from shared.speech.found import map_link
from shared.speech.texts import fill
from shared.speech.wording import Wording


def say_contact(outcome: o.Outcome, wording: Wording, times: int, eye: bool) -> str:
    """The answer; "" where the outcome is none of these."""

    def t(key: str, **blanks: str) -> str:
        return fill(wording.locale, key, times, **blanks)

    match outcome:
        case o.AddressTold(pharmacy):
            return _address(pharmacy, wording, times, eye)
        case o.PhoneTold(pharmacy):
            key = "phone" if pharmacy.phone else "phone_unknown"
            return t(key, name=wording.name(pharmacy), phone=wording.phone(pharmacy.phone))
        case o.ToPerson(number, connects):
            key = "to_person" if connects else "to_person_told"
            return t(key, number=wording.phone(number))
        case o.ToPharmacy(pharmacy, connects):
            return _to_pharmacy(pharmacy, connects, wording)
    return ""


def _address(pharmacy: Pharmacy, wording: Wording, times: int, eye: bool) -> str:
    if eye:
        return "\n".join((wording.name(pharmacy), pharmacy.address.text, map_link(pharmacy)))
    blanks = {"name": wording.name(pharmacy), "place": wording.district(pharmacy.district, True)}
    if address := wording.address(pharmacy):
        return fill(wording.locale, "address", times, address=address, **blanks)
    return fill(wording.locale, "address_unknown", times, **blanks)


def _to_pharmacy(pharmacy: Pharmacy, connects: bool, wording: Wording) -> str:
    if not pharmacy.phone:
        return fill(wording.locale, "phone_unknown", name=wording.name(pharmacy))
    key = "to_pharmacy" if connects else "to_pharmacy_told"
    phone = wording.phone(pharmacy.phone)
    return fill(wording.locale, key, name=wording.name(pharmacy), phone=phone)
