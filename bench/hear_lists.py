"""The same recordings written down with each list of likely names, side by side."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from math import inf
from statistics import median
from unittest.mock import Mock

from bench.hear_asked import Question, asks_back, not_heard
from bench.hear_call import Asked, KeepingEar
from conversation.service import Conversation
from shared.catalog import Catalog, Snapshot
from shared.dialog.values import Channel, State, Utterance
from shared.places.telephone_numbers import area_code_of, counties_of
from sip.bias import districts_around, names_in, surer
from sip.hearing import Hearing
from sip.observer import SipObserver
from sip.recogniser import NAMES_LIMIT

HOWS = ("at once", "asked back", "nothing", "wrong")
LOCALE = "zh-TW"
MOST_OF_A_NAME = 40

WritesDown = Callable[[bytes, Question], Awaitable[str]]


async def compare(
    done: Sequence[Asked], ear: KeepingEar, snapshot: Snapshot, now: datetime
) -> None:
    """Print what each list makes of what reached the recogniser in the calls."""
    heard = [one for one in done if one.pcm]
    for name, write_down in _lists(ear, snapshot).items():
        ear.seconds.clear()
        counted: Counter[str] = Counter()
        for one in heard:
            text = await write_down(one.pcm, one.question)
            how = _answered(text, one.question, snapshot, now)
            counted[how] += 1
            print(f"   {name:26} {one.question.number:2} {how:10} {text}")
        shown = "".join(f"{how} {counted[how]:3}  " for how in HOWS)
        print(
            f"{name:28} of {len(heard)}: {shown} {sum(ear.seconds) / len(heard):.2f} s a question"
        )
        if ear.seconds:
            print(f"{'':28} median of a pass {median(ear.seconds):.2f} s")


def _lists(ear: KeepingEar, snapshot: Snapshot) -> dict[str, WritesDown]:
    async def none(pcm: bytes, _question: Question) -> str:
        return await ear.write_down(pcm, LOCALE)

    async def districts(pcm: bytes, question: Question) -> str:
        return await ear.write_down(pcm, LOCALE, _districts(question))

    async def both(pcm: bytes, question: Question) -> str:
        common = _common(snapshot.catalog, question)[:MOST_OF_A_NAME]
        return await ear.write_down(pcm, LOCALE, [*common, *_districts(question)][:NAMES_LIMIT])

    async def twice(pcm: bytes, _question: Question) -> str:
        """Without any; then with the names of what that may have meant, where it was not sure."""
        first = await ear.write_down(pcm, LOCALE)
        names = names_in(first, snapshot)
        second = await ear.write_down(pcm, LOCALE, names) if names else ""
        return surer(first, second, snapshot) if second else first

    seen = Mock(SipObserver)  # KeepingEar counts

    async def then(pcm: bytes, question: Question) -> str:
        """As the line does: with the districts first, and then as `twice`."""
        state = State(area_code=area_code_of(question.caller))
        return await Hearing(ear, lambda: snapshot, seen, again_within_s=inf).write_down(pcm, state)

    return {
        "no list": none,
        "districts": districts,
        "districts and common names": both,
        "twice": twice,
        "districts, then names": then,
    }


def _districts(question: Question) -> list[str]:
    return districts_around(None, area_code_of(question.caller))


def _common(catalog: Catalog, question: Question) -> list[str]:
    """The names that most pharmacies around her bear."""
    counties = set(counties_of(area_code_of(question.caller)))
    names = [one.name for one in catalog.pharmacies if one.district.county in counties]
    return [name for name, _ in Counter(names).most_common(MOST_OF_A_NAME)]


def _answered(text: str, question: Question, snapshot: Snapshot, now: datetime) -> str:
    conversation = Conversation(lambda: snapshot, lambda: now, lambda _seen, _reply: None)
    channel = Channel("sip", keys=True)
    state: State | None = None
    state, _ = conversation.take(
        state, Utterance(opens=True, area_code=area_code_of(question.caller)), channel
    )
    _, reply = conversation.take(state, Utterance(text=text, caller=question.caller), channel)
    if any(question.is_answered(one) for one in reply.outcomes):
        return "at once"
    if asks_back(reply.outcome):
        return "asked back" if question.key_among(reply.outcome) else "nothing"
    return "nothing" if not_heard(reply.outcome) or not text else "wrong"
