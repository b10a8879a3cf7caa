"""Whatever is said, in whatever order, a turn ends in a sentence: names and words thrown together.

A call of a place with 「附近有沒有藥局」 once ended in a fault where none of the written calls did.
"""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest

from conversation.service import Conversation
from intents.contract import everyday
from shared.dialog.values import Channel, Utterance
from shared.names.chains import chains
from shared.places.districts import all_counties, all_districts
from shared.places.landmarks import landmarks
from tests import small_feed

CALLS, TURNS = 120, 4
CHANNEL = Channel("test", operator="1922", keys=True, dials=True, dials_pharmacies=True)
FEED = small_feed.snapshot()

_ROADS = ["中山路", "民生路二段", "和平東路"]
_DISTRICTS = [one.name for one in all_districts()]
_COUNTIES = [one.name for one in all_counties()]
NAMES = {
    "zh-TW": (
        _DISTRICTS + [name[:-1] for name in _DISTRICTS if len(name) > 2],
        _COUNTIES + [name[:-1] for name in _COUNTIES],
        [name for one in landmarks() for name in one.spoken],
        [one.name for one in FEED.catalog.pharmacies],
        [name for one in chains().values() for name in one.said],
        _ROADS,
    ),
    "en-US": ([one.english for one in all_districts()], [one.english for one in all_counties()]),
    "ja-JP": (_DISTRICTS, _COUNTIES, [one.key for one in landmarks()]),
}
JOINTS = {
    "zh-TW": ["", " ", "的", "那個", "跟", "不是", "還是", "，"],
    "en-US": [" ", " in ", " not ", " and ", ", "],
    "ja-JP": ["", "の", "と", "じゃなくて", "、"],
}
BEHIND = {
    "zh-TW": ["", "還有口罩嗎", "附近有沒有藥局", "哪邊比較多", "以外的", "的電話", "衛生所", "呢"],
    "en-US": ["", " masks", " nearby", " or which has more", " phone number", " except"],
    "ja-JP": ["", "にありますか", "の近く", "以外", "の電話番号", "どっちが多い"],
}
KEYS = ["1", "2", "3", "9", "0", "*", "#", "106", "999"]


def _sayings(locale: str, chance: random.Random) -> Callable[[], Utterance]:
    """What a caller might do next."""
    words = [text for _, text in everyday(locale)]

    def next_one() -> Utterance:
        if chance.random() < 0.1:
            return Utterance(keys=chance.choice(KEYS))
        said = [chance.choice(words)] if chance.random() < 0.5 else []
        names = range(chance.randrange(0 if said else 1, 3))
        said += [chance.choice(chance.choice(NAMES[locale])) for _ in names]
        text = chance.choice(JOINTS[locale]).join(said)
        return Utterance(text=text + chance.choice(BEHIND[locale]))

    return next_one


@pytest.mark.parametrize("locale", NAMES)
def test_no_turn_ends_in_a_fault(locale: str) -> None:
    """Nothing raised, nothing unfilled, always words."""
    chance = random.Random(locale)  # noqa: S311  the same calls each time, no secret
    now = FEED.source_time + timedelta(minutes=2)
    conversation = Conversation(lambda: FEED, lambda: now, lambda _seen, _reply: None)
    next_one = _sayings(locale, chance)
    for _ in range(CALLS):
        area = chance.choice(["", "02", "04", "089"])
        state, _ = conversation.take(
            None, Utterance(opens=True, area_code=area, locale=locale), CHANNEL
        )
        done: list[Utterance] = []
        for _ in range(TURNS):
            done.append(next_one())
            try:
                state, reply = conversation.take(state, done[-1], CHANNEL)
            except Exception as fault:
                raise AssertionError([one.keys or one.text for one in done]) from fault
            assert reply.text
            assert "{" not in reply.text
