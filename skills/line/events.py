"""LINE's webhook events → what a person did, as far as it concerns us."""

from dataclasses import dataclass, replace
from enum import StrEnum

from linebot.v3.webhooks import (
    AudioMessageContent,
    Event,
    FileMessageContent,
    FollowEvent,
    ImageMessageContent,
    JoinEvent,
    LocationMessageContent,
    MessageEvent,
    PostbackEvent,
    StickerMessageContent,
    TextMessageContent,
    UnfollowEvent,
    VideoMessageContent,
)

from shared.catalog import Location

_SUBJECT = ("口罩", "マスク", "mask")


class EventKind(StrEnum):
    """What somebody did."""

    TEXT = "text"
    PLACE = "place"
    """shared a location"""
    BEGINS = "begins"
    """added us as a friend, or to a group"""
    LEAVES = "leaves"
    STICKER = "sticker"
    PICTURE = "picture"
    """a picture, a video, a file: not read here"""
    SOUND = "sound"
    SPEAK = "speak"
    """pressed 「用說的」"""


SPEAK = "speak"
KEYS = "keys="
"""Data of our postbacks: from the menu, and of an offered key."""


@dataclass(frozen=True, slots=True)
class Did:
    """One event."""

    kind: EventKind
    person: str
    """LINE's id of the chat: a user's, a group's; never kept, never logged"""
    event: str
    """LINE's id of the event"""
    token: str = ""
    """for the answer to this event, valid once and for a minute; "" where no answer is allowed"""
    words: str = ""
    keys: str = ""
    point: Location | None = None


def read(event: Event) -> Did | None:
    """The action in `event`; None for one that does not concern us: in a group, any not about
    masks."""
    person = _person(event)
    if not person or str(getattr(event.mode, "value", event.mode)) == "standby":
        return None
    token, name = getattr(event, "reply_token", "") or "", event.webhook_event_id or ""
    match event:
        case MessageEvent():
            return _message(event, Did(EventKind.TEXT, person, name, token))
        case PostbackEvent():
            data = event.postback.data or ""
            if data == SPEAK:
                return Did(EventKind.SPEAK, person, name, token)
            keys = data.removeprefix(KEYS) if data.startswith(KEYS) else ""
            return Did(EventKind.TEXT, person, name, token, keys=keys[:4]) if keys else None
        case FollowEvent() | JoinEvent():
            return Did(EventKind.BEGINS, person, name, token)
        case UnfollowEvent():
            return Did(EventKind.LEAVES, person, name)
    return None


def _message(event: MessageEvent, did: Did) -> Did | None:
    alone = event.source.type == "user"
    message = event.message
    match message:
        case TextMessageContent(text=text):
            words = text.strip()
            asked = alone or _is_mentioned(message) or any(s in words.lower() for s in _SUBJECT)
            return replace(did, words=words) if asked else None
        case LocationMessageContent():
            point = Location(float(message.longitude), float(message.latitude))
            words = message.address or message.title or ""
            return replace(did, kind=EventKind.PLACE, words=words, point=point)
    kind = next((kind for content, kind in _UNREAD if isinstance(message, content)), None)
    return replace(did, kind=kind) if kind and alone else None


_UNREAD = (
    (StickerMessageContent, EventKind.STICKER),
    ((ImageMessageContent, VideoMessageContent, FileMessageContent), EventKind.PICTURE),
    (AudioMessageContent, EventKind.SOUND),
)
"""Content → its kind, of what is not read here."""


def _is_mentioned(message: TextMessageContent) -> bool:
    mentioned = message.mention.mentionees if message.mention else []
    return any(getattr(one, "is_self", False) for one in mentioned)


def _person(event: Event) -> str:
    """LINE's id of the chat of the event; "" where it is missing."""
    source = event.source
    names = (getattr(source, name, None) for name in ("group_id", "room_id", "user_id"))
    return next((str(name) for name in names if name), "")
