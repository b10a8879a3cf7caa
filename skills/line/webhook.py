"""POST /line: LINE's Messaging API, without an agent between."""

import logging
from functools import cache
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, jsonify, request

from restock.values import Tell
from settings import Settings
from shared.dialog.values import Channel
from shared.errors import SettingError
from web.admission import AdmissionRule, Refusal
from web.channels import HttpChannel, Service, Upload

if TYPE_CHECKING:
    from skills.line.chat import Chat, Events
    from skills.line.send import Send

_BUSY = Refusal(b"busy\n", "text/plain", "503 Service Unavailable")
"""LINE sends the events again where redelivery is switched on."""

log = logging.getLogger(__name__)


def declare(settings: Settings) -> HttpChannel:
    """LINE: answers are read, and typed keys work as on the telephone."""

    def tell() -> Tell:
        from skills.line.restock import teller

        return teller(settings.line_channel_token, settings.line_api_url)

    def show_menu(_: object) -> str:
        if not settings.line_channel_token:
            raise SettingError("set LINE_CHANNEL_TOKEN")
        from skills.line.menu import set_menu  # LINE's SDK is large

        return set_menu(settings.line_channel_token, settings.line_api_url)

    return HttpChannel(
        channel_of(settings),
        ("/line",),
        blueprint,
        admission=(AdmissionRule("/line", _BUSY, in_conversation=True),),
        machines=("/line",),
        tell=tell if channel_of(settings).notifies else None,
        upload=Upload(
            "menu", "Show the menu (附近 · 用說的 · 規定 · 常用) under every chat.", show_menu
        ),
        title="LINE",
        opened_by="LINE_CHANNEL_SECRET",
        opened=bool(settings.line_channel_secret),
        refusals=frozenset({400, 401, 403}),
    )


def _sender(settings: Settings) -> "Send | None":
    if not settings.line_channel_token:
        return None
    from skills.line.send import Sender

    return Sender(settings.line_channel_token, settings.line_api_url).reply


def channel_of(settings: Settings) -> Channel:
    """What LINE can do."""
    pushes = settings.restock and settings.line_channel_token
    return Channel(
        "line",
        operator=settings.operator_number,
        for_the_eye=True,
        notifies="message" if pushes else "",
    )


def blueprint(service: Service, send: "Send | None" = None) -> Blueprint:
    """The webhook. Requests that LINE_CHANNEL_SECRET did not sign get 400. `send` None: as
    LINE_CHANNEL_TOKEN allows; without it the answers are in the response, for trying out.
    """
    line, settings = Blueprint("line", __name__), service.settings
    secret, send = settings.line_channel_secret, send or _sender(settings)

    @cache
    def handlers() -> "tuple[Events, Chat]":
        from skills.line import chat

        return chat.Events(secret), chat.Chat(service, channel_of(settings))

    if secret:
        handlers()

    @line.post("/line")
    def answer() -> Response:
        events, chat = handlers()
        try:
            asked = events.read(request.get_data(), request.headers.get("X-Line-Signature", ""))
        except ValueError as problem:
            log.info("refused a request to LINE's webhook: %s", problem)
            abort(400, "these are no events that LINE signed for this channel")
        answers = [one for event in asked if (one := chat.answer(event))]
        if send:
            for token, told in answers:
                send(token, told)
        shown = [message.to_dict() for _, told in answers for message in told]
        return jsonify({} if secret else {"messages": shown})

    return line
