"""A restock message by telephone: a call that says it once and ends."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from requests import RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http import HttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from ivr.twiml import RING_SECONDS, render_last
from restock.values import NotTold, Tell, Telling
from settings import Settings
from shared.speech.say import say_outcome

SECONDS = 5.0
"""Timeout of a request to Twilio."""

_NEVER = 400
"""Twilio's status for a number that cannot be called."""


def teller(settings: Settings, http: HttpClient | None = None) -> Tell:
    """A function that calls somebody. `http`: another HTTP client, for tests.

    Twilio has no idempotency key for calls, so before a second try it is asked whether it called
    that number meanwhile: nobody is called twice, whether or not they answered.
    """
    client = Client(
        settings.twilio_account_sid,
        settings.twilio_auth_token,
        http_client=http or TwilioHttpClient(timeout=SECONDS),
    )

    def tell(telling: Telling) -> None:
        try:
            if telling.again and _was_rung(client, settings.caller_id, telling):
                return
            outcome = replace(telling.outcome, line=telling.outcome.product)
            words = say_outcome(outcome, telling.locale)
            client.calls.create(
                to=telling.address,
                from_=settings.caller_id,
                twiml=render_last(words, telling.locale, pause=True),
                timeout=RING_SECONDS,
            )
        except TwilioRestException as problem:
            raise NotTold(f"HTTP {problem.status}", gone=problem.status == _NEVER) from problem
        except (TwilioException, RequestException, OSError) as problem:
            raise NotTold(type(problem).__name__) from problem

    return tell


def _was_rung(client: Client, caller_id: str, telling: Telling) -> bool:
    since = datetime.fromtimestamp(telling.made, UTC)
    found: list[Any] = client.calls.list(
        to=telling.address, from_=caller_id, start_time_after=since, limit=1
    )
    return bool(found)
