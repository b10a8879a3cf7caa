"""A mere command is not searched for names; whatever may name something is."""

from dataclasses import replace

import pytest

from nlu.commands import command, is_command
from nlu.evidence import Evidence
from shared.catalog import Catalog
from shared.dialog.values import State
from shared.feed.load import Snapshot
from shared.names import Meant, index_of

COMMANDS = [
    ("zh-TW", "下一家"),
    ("zh-TW", "地址"),
    ("zh-TW", "再說一次"),
    ("zh-TW", "好，謝謝"),
    ("zh-TW", "小孩的"),
    ("zh-TW", "幫我轉接"),
    ("en-US", "What's the address?"),
    ("en-US", "Thank you, bye"),
    ("ja-JP", "次"),
]

OTHERS = [
    ("zh-TW", "板橋"),
    ("zh-TW", "下一家，板橋"),
    ("zh-TW", "板橋的地址"),
    ("zh-TW", "後壁一間"),  # the next one in Taiwanese words, and 後壁區
    ("zh-TW", "在山上哪裡"),
    ("zh-TW", ""),
    ("zh-TW", "，"),
    ("en-US", "Daan District"),
    ("ja-JP", "板橋"),
]


@pytest.mark.parametrize(("locale", "said"), COMMANDS)
def test_what_is_said_at_any_point_of_a_call_is_a_command(locale: str, said: str) -> None:
    """Word for word, whatever the punctuation, and several in a row."""
    assert is_command(said, locale)


@pytest.mark.parametrize(("locale", "said"), OTHERS)
def test_what_may_name_a_place_is_no_command(locale: str, said: str) -> None:
    """A name beside a command, or inside of it, is looked for."""
    assert not is_command(said, locale)


def test_a_pharmacy_may_be_called_like_a_command(any_feed: Snapshot) -> None:
    """「感恩」 thanks, and may be 感恩藥局 where there is one."""
    shop = replace(any_feed.catalog.pharmacies[0], id="9999999999", name="感恩藥局")
    alone, beside = (
        Evidence(State(), index_of(catalog)).names("感恩")
        for catalog in (any_feed.catalog, Catalog.of((*any_feed.catalog.pharmacies, shop)))
    )
    assert is_command("感恩", "zh-TW")
    assert alone.meant is Meant.NOTHING
    assert beside.meant is Meant.PHARMACY
    assert beside.pharmacies[0].pharmacy.name == "感恩藥局"


@pytest.mark.parametrize(
    ("locale", "said", "label"),
    [
        ("en-US", "Stop", "stop"),
        ("en-US", "stop the messages in Banqiao", ""),
        ("zh-TW", "下一家", "next"),
        ("ja-JP", "次", "next"),
    ],
)
def test_a_command_word_for_word_is_that_command(locale: str, said: str, label: str) -> None:
    """「stop」 was read as a question for something else, for it stands in many sentences."""
    assert command(said, locale) == label
