"""The products of the two real feeds, as the data file declares them."""

from shared.feed.known import known_feeds

_PRODUCTS = {feed.name: feed.products for feed in known_feeds()}

ADULT, CHILD = _PRODUCTS["masks"]
(TEST_KIT,) = _PRODUCTS["rapid_tests"]
