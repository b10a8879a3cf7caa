"""On a whole feed: what a caller hears is what stands in the file."""

from pathlib import Path

import pytest

from conversation.service import Conversation
from samples import FEED
from shared.catalog import Snapshot
from shared.outcomes import AddressTold, Found, PhoneTold, ToPerson
from tests.conversations import Recorder
from tests.ivr.caller import Caller
from tests.ivr.conftest import client_of
from tests.real import rows_of


@pytest.fixture(scope="module")
def rows(material: Path) -> dict[str, list[str]]:
    """id → its row in the file, as the standard library reads it."""
    return {row[0]: row for row in rows_of(material / "data" / FEED)}


def _call(snapshot: Snapshot, number: str) -> tuple[Caller, Recorder]:
    recorder = Recorder()
    conversation = Conversation(lambda: snapshot, lambda: snapshot.source_time, recorder)
    caller = Caller(client_of(conversation, snapshot=snapshot), number)
    caller.call()
    return caller, recorder


def _found(recorder: Recorder, rows: dict[str, list[str]]) -> Found:
    """The pharmacy told of last, its counts checked against the file."""
    found = recorder.replies[-1].outcome
    assert isinstance(found, Found)
    row = rows[found.pharmacy.id]
    left = {count.product.id: count.left for count in found.counts}
    assert left == {"adult_mask": int(row[4]), "child_mask": int(row[5])}
    return found


@pytest.mark.parametrize(
    ("number", "county"), [("+886227653147", "台北市"), ("+886423720000", "台中市")]
)
def test_daan_is_the_callers_own(
    any_feed: Snapshot, rows: dict[str, list[str]], number: str, county: str
) -> None:
    """「大安區還有口罩嗎」 finds the caller's; then the next one, address, telephone."""
    caller, recorder = _call(any_feed, number)
    answer = caller.say("大安區還有口罩嗎")
    first = _found(recorder, rows)
    assert first.pharmacy.district.key == f"{county}大安區"
    assert first.in_stock
    assert first.pharmacy.name.replace("臺", "台") in answer.said
    assert "大安區" in answer.said
    caller.say("下一家")
    second = recorder.replies[-1].outcome
    pharmacy = first.pharmacy
    if isinstance(second, Found):  # a small district may have no second one
        assert _found(recorder, rows).pharmacy != first.pharmacy
        pharmacy = second.pharmacy
    caller.say("地址")
    assert recorder.replies[-1].outcome == AddressTold(pharmacy)
    caller.say("電話")
    assert recorder.replies[-1].outcome == PhoneTold(pharmacy)


def test_keys_alone_get_as_far(any_feed: Snapshot, rows: dict[str, list[str]]) -> None:
    """106, 1, 2, *, 0: the district, the next one, its address, again, a person."""
    caller, recorder = _call(any_feed, "anonymous")
    caller.press("106")
    first = _found(recorder, rows)
    assert first.pharmacy.district.key == "台北市大安區"
    caller.press("1")
    second = _found(recorder, rows)
    assert second.pharmacy != first.pharmacy
    told = caller.press("2").said
    assert recorder.replies[-1].outcome == AddressTold(second.pharmacy)
    again = caller.press("*").said
    assert recorder.replies[-1].outcome == AddressTold(second.pharmacy)
    assert second.pharmacy.address.road in told
    assert second.pharmacy.address.road in again
    caller.press("0")
    assert recorder.replies[-1].outcome == ToPerson("1922", connects=False)


def test_the_hints_are_the_districts_own_pharmacies(any_feed: Snapshot) -> None:
    """After an answer the recogniser is told the names of that district, within the limit."""
    caller, _ = _call(any_feed, "anonymous")
    hints = caller.press("106").hints
    names = {
        pharmacy.name
        for pharmacy in any_feed.catalog.pharmacies
        if pharmacy.district.key == "台北市大安區"
    }
    assert names <= set(hints)
    assert len(hints) <= 500
