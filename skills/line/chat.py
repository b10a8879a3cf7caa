"""A chat on LINE: signed events in, reply tokens with their messages out.

LINE's SDK takes a second to import, so this module is imported only where LINE is used.
"""

import logging
from dataclasses import replace

from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.messaging import Message
from linebot.v3.webhook import WebhookParser
from linebot.v3.webhooks import Event

from conversation.sanitizing import typed_keys
from shared.dialog.values import Channel, Hint, Reply, State, Utterance
from shared.outcomes import NoData
from shared.speech.say import say_outcome
from skills.line.chat_states import CHAT, Chats
from skills.line.events import Did, EventKind, read
from skills.line.render import render, say
from skills.typed import locale_of_letters, other_language
from web.channels import Service
from web.faults import whereabouts

_SAID = {
    EventKind.STICKER: "sticker",
    EventKind.PICTURE: "picture",
    EventKind.SOUND: "sound",
    EventKind.SPEAK: "spoken",
}

Answer = tuple[str, list[Message]]
"""A reply token and the messages that answer it."""

log = logging.getLogger(__name__)


class NoEventsError(ValueError):
    """The request is not signed for this channel, or holds no events."""


class Events:
    """Parses LINE's requests."""

    def __init__(self, secret: str) -> None:
        """`secret`: of the channel; "" accepts any request, for trying out."""
        self._parser = WebhookParser(
            secret or "trying out", skip_signature_verification=lambda: not secret
        )

    def read(self, body: bytes, signature: str) -> list[Event]:
        """The events in `body`. NoEventsError."""
        try:
            return list(self._parser.parse(body.decode("utf-8"), signature))
        except InvalidSignatureError as problem:
            raise NoEventsError("not signed for this channel") from problem
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
            raise NoEventsError("no events of LINE's") from problem


class Chat:
    """Answers events, each independently of the others."""

    def __init__(self, service: Service, channel: Channel) -> None:
        self._service, self._channel = service, channel
        self._chats = Chats(service.settings)

    def answer(self, event: Event) -> Answer | None:
        """The reply token and the messages; None where there is no answer."""
        did = read(event)
        if did is None:
            return None
        if did.kind is EventKind.LEAVES:
            self._chats.forget(did.person)
            self._service.conversation.leave(did.person, self._channel)
            return None
        state, again = self._chats.get(did.person, did.event)
        if again or not did.token:
            return None
        return did.token, self._messages(did, state)

    def _messages(self, did: Did, state: State | None) -> list[Message]:
        locale = state.locale if state else locale_of_letters(did.words)
        if not self._service.allow(CHAT, did.person):
            return say("busy", locale, operator=self._channel.operator)
        if did.kind in _SAID:
            self._chats.put(did.person, did.event, state)
            return say(_SAID[did.kind], locale)
        if did.kind is EventKind.BEGINS:
            state = None
        try:
            return self._turn(did, state, locale)
        except Exception as problem:
            log.error("turn failed channel=line %s", whereabouts(problem))
            calm = NoData(self._channel.operator)
            told = say_outcome(calm, locale, keys=False, for_the_eye=True)
            return render(Reply((calm,), told, locale=locale, listens=False))

    def _turn(self, did: Did, state: State | None, locale: str) -> list[Message]:
        keys = did.keys or typed_keys(did.words)
        turn = Utterance(
            text="" if keys else did.words,
            keys=keys,
            opens=state is None,
            locale=locale,
            person=did.person,
        )
        if did.kind is EventKind.PLACE:  # the point; its address where nothing is known around it
            turn = replace(turn, hint=Hint("ask", words=turn.text), point=did.point)
        elif state and (spoken := other_language(did.words, state.locale)):
            state = replace(state, locale=spoken)
        state, reply = self._service.conversation.take(state, turn, self._channel)
        self._chats.put(did.person, did.event, state if reply.listens else None)
        return render(reply)
