"""Sentences that are a command and nothing else: no name needs to be looked for in them."""

from collections.abc import Mapping
from functools import cache

from intents.contract import normal, sentences
from intents.templates import expand
from nlu.negation import clauses
from shared.dialog.acts import Intent
from shared.names.exact import has_written_district

_ANYWHERE = (
    *(Intent.NEXT, Intent.PREVIOUS, Intent.LIST, Intent.FIRST, Intent.NEARER),
    *(Intent.NAME, Intent.ADDRESS, Intent.FLOOR, Intent.PHONE, Intent.HOURS, Intent.CONNECT),
    *(Intent.CHILD, Intent.ADULT, Intent.REPEAT, Intent.SLOWER, Intent.HELP, Intent.OPERATOR),
    *(Intent.YES, Intent.NO, Intent.STOP, Intent.RESTART),
    *("topic.okay", "topic.greeting", "topic.wait", "topic.louder"),
)
"""What is said at any point of a call, and mostly in these very words: 「下一家」, 「地址」,
「好，謝謝」. Of 1,500 such sentences of all labels the resolver took two for a name, wrongly."""


def is_command(text: str, locale: str) -> bool:
    """Whether each clause of `text` is one of them, word for word."""
    parts = clauses(text, locale)
    return bool(parts) and all(normal(part) in _sentences(locale) for part in parts)


def command(text: str, locale: str) -> str:
    """The label whose sentence `text` is, word for word; "" for none.

    >>> command("Stop.", "en-US"), command("stop in Banqiao", "en-US")
    ('stop', '')
    """
    return _sentences(locale).get(normal(text), "")


@cache
def _sentences(locale: str) -> Mapping[str, str]:
    """Every sentence of these labels in which no name stands, nor a blank for one → its label.

    「後壁一間」 asks for the next one in Taiwanese words, and may ask for 後壁區.
    """
    data = sentences(locale)
    return {
        normal(sentence): str(label)
        for label in _ANYWHERE
        for template in data.templates[label]
        for sentence in expand(template, data.rules)
        if "{" not in sentence and not has_written_district(sentence)
    }
