"""An Alexa request → the turn it stands for."""

from collections.abc import Mapping
from dataclasses import replace

from ask_sdk_model.intent_request import IntentRequest
from ask_sdk_model.request_envelope import RequestEnvelope
from ask_sdk_model.slot import Slot
from ask_sdk_model.slu.entityresolution.status_code import StatusCode

from intents.platform_intents import (
    NAME_SLOTS,
    ends_of,
    heard_in,
    keys_in,
    label_named,
    unknown_code_in,
)
from shared.dialog.values import Hint, State, Utterance, unpack
from shared.locales import asked_by, spoken_as, tables
from shared.places.districts import by_key

STATE_KEY = "state"
"""Key of the state in the session attributes."""

NOT_UNDERSTOOD = "…"
"""The text of an utterance that fits no intent: Alexa does not pass on what was said."""

SPOKEN = tables(__package__)
"""Locale → sentences of this channel alone, for the locales that Alexa has; it has no Chinese."""

_ELSEWHERE = "en-US"


def locale_of(alexa_locale: str | None) -> str:
    """The locale we answer in: the speaker's, or English."""
    ours = spoken_as(alexa_locale or "")
    return ours if ours in SPOKEN else _ELSEWHERE


def turn_of(envelope: RequestEnvelope, opens: bool) -> Utterance:
    """The turn of a LaunchRequest or IntentRequest. `opens`: it begins a conversation."""
    request = envelope.request
    turn = Utterance(
        opens=opens,
        locale=locale_of(request.locale if request else None),
    )
    if not isinstance(request, IntentRequest) or request.intent is None:
        return turn
    given: Mapping[str, Slot] = request.intent.slots or {}
    slots = {name: heard_of(slot) for name, slot in given.items()}
    if keys := keys_in(slots):
        return replace(turn, keys=keys)
    heard = heard_in(slots)
    name = str(request.intent.name)
    label, ends = label_named(name), ends_of(name)
    if asked_by(label) not in ("", turn.locale):
        label = "topic.language"  # the speaker's own is not left: its voice reads no other
    if not label and not heard:
        heard = NOT_UNDERSTOOD
    if not label:
        return replace(turn, text=heard)
    hint = Hint(
        label,
        words=heard,
        product=slots.get("product", ""),
        unresolved=_unresolved(given) or unknown_code_in(slots),
        ends=ends,
    )
    return replace(turn, hint=hint)


def _unresolved(given: Mapping[str, Slot]) -> bool:
    """Whether a slot for a name was filled with a value that is not ours."""
    return any(slot.value and not _ids(slot) for name, slot in given.items() if name in NAME_SLOTS)


def state_of(envelope: RequestEnvelope) -> State | None:
    """The state in the session attributes; None for a new session, and for one that is no state."""
    session = envelope.session
    if session is None or session.new or not isinstance(session.attributes, dict):
        return None
    try:
        return unpack(session.attributes.get(STATE_KEY))
    except ValueError:
        return None


def user_of(envelope: RequestEnvelope) -> str:
    """The account that the speaker belongs to, as an id for this skill alone; "" without one."""
    system = envelope.context.system if envelope.context else None
    return str(system.user.user_id or "") if system and system.user else ""


def heard_of(slot: Slot) -> str:
    """The text of a slot for our resolver; "" for an empty one.

    The skill's slot values carry Chinese ids (district key, pharmacy or road name). Where several
    districts of one name match, the name alone is passed on, so that the dialogue asks which.
    """
    ids = _ids(slot)
    names = {by_key()[value_id].name for value_id in ids if value_id in by_key()}
    if len(ids) > 1 and len(names) == 1:
        return names.pop()
    return ids[0] if ids else str(slot.value or "")


def _ids(slot: Slot) -> list[str]:
    """The ids of the skill's own slot values that Alexa found in what was said, best first."""
    found = slot.resolutions and slot.resolutions.resolutions_per_authority
    return [
        str(wrapper.value.id)
        for resolution in found or []
        if resolution.status and resolution.status.code is StatusCode.ER_SUCCESS_MATCH
        for wrapper in resolution.values or []
        if wrapper.value and wrapper.value.id
    ]
