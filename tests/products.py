"""The products of the two real feeds, as the data file declares them."""

from shared.feed.formats import feed_formats

_PRODUCTS = {feed.name: feed.products for feed in feed_formats()}

ADULT, CHILD = _PRODUCTS["masks"]
(TEST_KIT,) = _PRODUCTS["rapid_tests"]
