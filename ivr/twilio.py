"""The hotline on Twilio (and, by keypad, on Somleng): POST /ivr/call and what follows it."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint

from ivr.calls import CallRoutes, Links, Platform
from ivr.dialling import telephone_channel
from ivr.twiml import CODE_KEYS, render, render_last
from ivr.verify import Verifier
from restock.values import Tell
from settings import Settings
from shared.dialog.values import Channel, Reply, Utterance
from shared.locales import DEFAULT
from shared.outcomes import Busy
from shared.speech.say import say_outcome
from web.admission import AdmissionRule, Pool, Refusal
from web.channels import HttpChannel, Service

XML = "text/xml; charset=utf-8"


def declare(settings: Settings) -> HttpChannel:
    """The hotline: it has keys, and dials where its number is Taiwanese."""
    channel = channel_of(settings)

    def tell() -> Tell:
        from ivr.restock import teller  # Twilio's REST client takes half a second to load

        return teller(settings)

    return HttpChannel(
        channel,
        ("/ivr",),
        blueprint,
        admission=admission_rules(settings.operator_number),
        machines=("/ivr/",),
        tell=tell if channel.notifies else None,
        title="Twilio",
        opened_by="TWILIO_AUTH_TOKEN",
        opened=bool(settings.twilio_auth_token),
    )


def channel_of(settings: Settings) -> Channel:
    """What a call over Twilio can do; restock messages need an account to call from."""
    channel = telephone_channel("twilio", settings)
    account = settings.twilio_account_sid and settings.twilio_auth_token
    rings = channel.dials_pharmacies and settings.restock and account
    return replace(channel, notifies="ring" if rings else "", asks_nlu=True)


def blueprint(service: Service) -> Blueprint:
    """The routes of the hotline. What TWILIO_AUTH_TOKEN did not sign gets 403."""
    settings = service.settings
    token = settings.twilio_auth_token

    def document(reply: Reply, links: Links, hints: Sequence[str], turn: Utterance) -> str:
        after_code = len(turn.keys) == CODE_KEYS
        names = ",".join(hints)
        return render(reply, links, settings.caller_id, names, after_code=after_code)

    platform = Platform(
        channel_of(settings),
        path="/ivr",
        opening="/call",
        content_type=XML,
        is_genuine=Verifier(token, settings.public_url).is_genuine if token else None,
        form_of=lambda request: request.form,
        render=document,
        render_last=render_last,
        probe_key=token,
    )
    calls = CallRoutes(platform, service)
    routes = calls.blueprint()
    routes.post("/fallback")(calls.fallback)
    return routes


def admission_rules(operator: str) -> tuple[AdmissionRule, ...]:
    """How calls are admitted, and what a caller hears where too many call."""
    told = render_last(say_outcome(Busy(operator), DEFAULT))
    busy = Refusal(told.encode(), XML)
    return (
        AdmissionRule("/ivr/fallback", None),
        AdmissionRule("/ivr/call", busy, pool=Pool.TELEPHONE),
        AdmissionRule("/ivr/", busy, in_conversation=True, pool=Pool.TELEPHONE),
    )
