"""What is read of a feed's notes, as `flask notes` and `doctor` tell it."""

from dataclasses import replace
from datetime import date

from shared.catalog import Hours
from shared.hours.coverage import Coverage, coverage_of
from tests.small_world import SNAPSHOT

TUESDAY = date(2020, 3, 3)
SHOP = SNAPSHOT.catalog.pharmacies[0]


def test_the_commonest_unread_words_are_told_with_how_many_wrote_them() -> None:
    """A note that two pharmacies wrote counts twice, a word that stands twice in it once."""
    notes = ["口罩9:00販售"] + ["西藥房旁邊，西藥房旁邊"] * 2 + ["孔廟對面"] + [" "]
    shops = [replace(SHOP, hours=Hours("N" * 21, note)) for note in notes]
    told = coverage_of([*shops, replace(SHOP, hours=None)], TUESDAY)
    assert told == Coverage(4, 1, 1, (("西藥房旁邊", 2), ("孔廟對面", 1)))


def test_no_more_words_are_told_than_are_asked_for() -> None:
    """The commonest first."""
    notes = ["西藥房旁邊", "西藥房旁邊", "孔廟對面"]
    shops = [replace(SHOP, hours=Hours("N" * 21, note)) for note in notes]
    assert coverage_of(shops, TUESDAY, most=1).unread == (("西藥房旁邊", 2),)
