"""Whatever the source does, a call is answered from the last good snapshot, with its age."""

from datetime import timedelta
from pathlib import Path

import pytest

from conversation.service import Conversation
from shared.feed.poll import Feed
from shared.feed.source import Source
from tests.feed.server import Behaviour, gives, gives_if_changed, serving
from tests.feed.test_fetch import FETCH_LIMITS
from tests.feed.test_poll import FAULTS, GOOD, NOW
from tests.feed.workers import wait
from tests.ivr.caller import Caller
from tests.ivr.conftest import client_of

_FAULTS = {name: behave for name, (behave, _, _) in FAULTS.items()}
_FAULTS["304"] = gives_if_changed(GOOD)

AGES = {
    timedelta(minutes=6): ("三十片", "資料"),
    timedelta(minutes=40): ("這是早上十一點二十三分的資料", "查不到"),
    timedelta(days=2): ("打一九二二", "片"),
}
"""Clock after NOW → what is said, and what is not: no age while it is fresh, the age after half an
hour, no count after a day but where to ask."""


@pytest.mark.parametrize("behave", _FAULTS.values(), ids=_FAULTS.keys())
def test_a_call_during_a_fault(behave: Behaviour, tmp_path: Path) -> None:
    """It hears the last good count: fresh without a word on its age, then with it, then none."""
    now = [NOW]
    with serving(gives(GOOD)) as source:
        place = Source(source.url, seconds=0.05, data_dir=tmp_path, limits=FETCH_LIMITS)
        feed = Feed(place, lambda: now[0])
        wait("the first snapshot", lambda: feed.renew() or feed.current())
        well = len(source.asked)
        source.behave = behave
        feed.start()
        wait("the fault", lambda: len(source.asked) > well)
        heard = []
        for age in AGES:
            now[0] = NOW + age
            caller = Caller(client_of(Conversation(feed.current, lambda: now[0])))
            caller.call()
            heard.append(caller.press("106").said)
        assert feed.current() is not None
    feed.stop()
    for (told, untold), said in zip(AGES.values(), heard, strict=True):
        assert told in said
        assert untold not in said
    assert "三十片" in heard[1]
