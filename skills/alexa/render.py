"""A reply → Alexa's response: speech, reprompt, card, within its limits."""

from html import escape

from ask_sdk_core.response_helper import ResponseFactory
from ask_sdk_model.response import Response
from ask_sdk_model.ui.card import Card
from ask_sdk_model.ui.simple_card import SimpleCard

from shared.catalog import Pharmacy
from shared.dialog.values import Reply
from shared.speech.say import say_outcome
from shared.speech.telephone import write_phone

SPEECH_CHARACTERS = 1_200
"""Alexa allows 8,000, but 24 KB in all: speech and reprompt of so many characters, at six bytes
each (\\u53e3, &amp;), leave 9 KB for card and state. Our longest replies have some 300."""

CARD_CHARACTERS = 600

_LINK = "https://"
"""Links cannot be followed on Alexa's cards, so lines with one are left out."""


def render_reply(reply: Reply, card: Card | None = None, before: str = "") -> Response:
    """`reply` as speech. The session stays open only where an answer is awaited.

    `before` is said first; `card` None shows the pharmacy that the reply is about, if any.
    """
    factory = ResponseFactory()
    factory.speak(_ssml(f"{before} {reply.text}".strip(), reply.slow))
    if reply.listens:
        factory.ask(_ssml(reply.prompt or reply.text, reply.slow))
    if card or (card := _card(reply)):
        factory.set_card(card)
    factory.set_should_end_session(not reply.listens)
    return factory.response


def render_text(text: str) -> Response:
    """A sentence after which the session ends."""
    return ResponseFactory().speak(_ssml(text, False)).set_should_end_session(True).response


def _ssml(text: str, slow: bool) -> str:
    spoken = escape(text[:SPEECH_CHARACTERS], quote=False)
    return f'<prosody rate="slow">{spoken}</prosody>' if slow else spoken


def _card(reply: Reply) -> Card | None:
    """The pharmacy of the reply, to be read in the Alexa app and shown to a taxi driver."""
    pharmacy = getattr(reply.outcome, "pharmacy", None)
    if not isinstance(pharmacy, Pharmacy):
        return None
    told = say_outcome(reply.outcome, reply.locale, keys=False, for_the_eye=True)
    lines = [line for line in told.splitlines() if not line.startswith(_LINK)]
    exact = (pharmacy.address.text, write_phone(pharmacy.phone))
    lines += [line for line in exact if line and line not in told]
    return SimpleCard(title=pharmacy.name, content="\n".join(lines)[:CARD_CHARACTERS])
