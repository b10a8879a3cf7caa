"""What the notes speak of: the topics of `products.yaml` and their words."""

from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml

from shared.hours.note_text import plain


@cache
def topic_words() -> Mapping[str, str]:
    """Word of a note → the topic: 口罩 → mask. The table of the feeds declares them."""
    table = resources.files("shared").joinpath("feed/products.yaml").read_text(encoding="utf-8")
    topics = yaml.safe_load(table)["topics"]
    return {plain(word): topic for topic, words in topics.items() for word in words}
