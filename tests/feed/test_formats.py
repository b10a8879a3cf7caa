"""products.yaml: what is declared there needs no programming."""

import pytest

from shared.errors import FeedUnreadable
from shared.feed.formats import feed_formats, parse_formats, recognise_format

NEW = """
products:
  sanitiser:
    zh-TW: {name: 酒精, unit: 瓶}
feeds:
  sanitisers:
    columns: {id: [代碼], name: [名稱], address: [地址], time: [時間]}
    counts: {sanitiser: [酒精剩餘數]}
    most: 1000
"""


def test_every_product_has_its_words_in_every_locale() -> None:
    """A caller may speak Chinese, English or Japanese."""
    for feed in feed_formats():
        for product in feed.products:
            assert set(product.names) == {"zh-TW", "en-US", "ja-JP"}
            assert all(words.name and words.unit for words in product.names.values())


def test_masks_and_rapid_tests_are_known() -> None:
    """What each counts, the product first that a caller means who names none."""
    counted = {feed.name: [product.id for product in feed.products] for feed in feed_formats()}
    assert counted == {"masks": ["adult_mask", "child_mask"], "rapid_tests": ["rapid_test"]}


def test_a_feed_is_added_by_data_alone() -> None:
    """Columns, a product and its words are all it takes."""
    (feed,) = parse_formats(NEW)

    assert feed.products[0].names["zh-TW"].unit == "瓶"
    assert feed.counts == {"sanitiser": ("酒精剩餘數",)}


def test_a_long_line_of_titles_is_cut() -> None:
    """A file of one line is told by its first eighty characters."""
    with pytest.raises(FeedUnreadable, match=f"such as {'x' * 80}$"):
        recognise_format(["x" * 81])


def test_a_title_counts_whatever_spaces_stand_around_it() -> None:
    """And the first of its spellings that is there."""
    feed = next(one for one in feed_formats() if one.name == "rapid_tests")
    titles = [f" {names[0]} " for names in (*feed.columns.values(), *feed.counts.values())]
    layout = recognise_format(titles)
    assert layout.feed is feed
    assert [*layout.places.values(), *layout.counts.values()] == list(range(len(titles)))
    assert layout.width == len(titles)


def test_a_product_is_for_children_where_its_data_say_so() -> None:
    """Of those that there are only the child's mask."""
    products = [product for feed in feed_formats() for product in feed.products]
    assert [product.id for product in products if product.for_children] == ["child_mask"]


ENGLISH = "Code,Name,Address,Phone,Adult masks,Child masks,Updated"
MASKS = "醫事機構代碼,醫事機構名稱,醫事機構地址,醫事機構電話,成人口罩剩餘數"


@pytest.mark.parametrize(
    ("titles", "told"),
    [
        (ENGLISH, "no feed has columns such as Code、Name"),
        (MASKS, "as masks it lacks the columns 來源資料時間、兒童口罩剩餘數"),
        ("醫事機構代碼,快篩試劑截至目前結餘存貨數量", "as rapid_tests it lacks"),
    ],
)
def test_the_feed_that_is_named_is_the_nearest(titles: str, told: str) -> None:
    """By the columns that are known; where none is, no feed is named."""
    with pytest.raises(FeedUnreadable, match=told):
        recognise_format(titles.split(","))
