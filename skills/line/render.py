"""A reply → LINE's messages: a text, a card of the pharmacy, quick replies for what may come."""

from collections.abc import Mapping, Sequence
from typing import Any

from linebot.v3.messaging import (
    FlexBox,
    FlexBubble,
    FlexButton,
    FlexMessage,
    FlexText,
    LocationAction,
    Message,
    MessageAction,
    PostbackAction,
    QuickReply,
    QuickReplyItem,
    TextMessage,
    URIAction,
)

from shared.catalog import Pharmacy
from shared.dialog.values import Reply
from shared.locales import tables
from shared.outcomes import Count, Found
from shared.speech.found import map_link
from shared.speech.options import Label, say_label
from shared.speech.telephone import write_phone
from shared.speech.wordings import wording_of
from skills.line.events import KEYS, SPEAK

_TEXTS: Mapping[str, Mapping[str, str]] = tables(__package__)
"""Locale → key → sentence."""

TEXT_CHARACTERS = 2_000
"""LINE allows 5,000; our answers have some 300."""

LABEL_CHARACTERS = 20
"""LINE's limit for the label of a quick reply or a button."""


ALT_CHARACTERS = 400
"""LINE's limit for the text shown in the list of chats."""


def render(reply: Reply) -> list[Message]:
    """`reply` as one or two messages; the quick replies stand under the last."""
    text = TextMessage(text=reply.text[:TEXT_CHARACTERS])
    pharmacy = getattr(reply.outcome, "pharmacy", None)
    messages = [text]
    if isinstance(pharmacy, Pharmacy):
        messages.append(_card(reply, pharmacy))
    messages[-1].quick_reply = _quick(reply)
    return messages


def say(key: str, locale: str, **blanks: str) -> list[Message]:
    """A sentence of text/ with the menu under it."""
    text = TextMessage(text=_TEXTS[locale][key].format(**blanks))
    text.quick_reply = QuickReply(items=_menu(locale))
    return [text]


def _quick(reply: Reply) -> QuickReply:
    """The options of the reply, then the menu."""
    options = [_item(_option(option, reply.locale)) for option in reply.options]
    return QuickReply(items=[*options, *_menu(reply.locale)])


def _option(option: Any, locale: str) -> PostbackAction:
    label = say_label(Label(option.label, option.key, option.name), locale)[:LABEL_CHARACTERS]
    return PostbackAction(label=label, data=KEYS + option.key, displayText=label)


def menu_actions(locale: str) -> list[Any]:
    """附近 · 用說的, then each label in text/ that has words to send (`<label>_words`): 規定 ·
    常用."""
    words = _TEXTS[locale]
    return [
        LocationAction(label=words["near"]),
        PostbackAction(label=words["speak"], data=SPEAK, inputOption="openKeyboard"),
        *(
            MessageAction(label=words[one], text=words[f"{one}_words"])
            for one in words
            if f"{one}_words" in words
        ),
    ]


def _menu(locale: str) -> list[QuickReplyItem]:
    return [_item(action) for action in menu_actions(locale)]


def _item(action: Any) -> QuickReplyItem:
    return QuickReplyItem(action=action)


def _card(reply: Reply, pharmacy: Pharmacy) -> FlexMessage:
    """The pharmacy that `reply` is about, with its counts where the outcome has them."""
    counts: tuple[Count, ...] = ()
    if isinstance(reply.outcome, Found) and not reply.outcome.stopped:
        counts = reply.outcome.counts
    return card(pharmacy, counts, reply.locale)


def card(pharmacy: Pharmacy, counts: Sequence[Count], locale: str) -> FlexMessage:
    """Name, counts, address; buttons for the telephone and the map."""
    voice, words = wording_of(locale, True), _TEXTS[locale]
    known = (count for count in counts if count.left is not None)
    lines = [f"{voice.product(count.product)} {count.left}" for count in known]
    address = pharmacy.address.text
    body = [
        FlexText(text=pharmacy.name, weight="bold", size="lg", wrap=True),
        *(FlexText(text=line, size="md", wrap=True) for line in lines),
        *([FlexText(text=address, size="sm", color="#666666", wrap=True)] if address else []),
    ]
    there = URIAction(label=words["map"], uri=map_link(pharmacy))
    buttons = [FlexButton(action=there, height="sm")]
    if pharmacy.phone:
        call = URIAction(label=words["call"], uri=f"tel:{pharmacy.phone}")
        buttons.insert(0, FlexButton(action=call, height="sm", style="primary"))
    told = " ".join((pharmacy.name, *lines, write_phone(pharmacy.phone))).strip()
    return FlexMessage(
        altText=told[:ALT_CHARACTERS],
        contents=FlexBubble(
            body=FlexBox(layout="vertical", spacing="sm", contents=body),
            footer=FlexBox(layout="vertical", spacing="sm", contents=buttons),
        ),
    )


def menu_title(locale: str) -> str:
    """The text of the button that opens the menu."""
    return _TEXTS[locale]["menu"]
