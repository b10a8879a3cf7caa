"""A restock message by telephone: one call, which says it once and ends."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from requests import RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http import HttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from ivr.twiml import RING_SECONDS, render_telling
from restock.values import NotTold, Tell, Telling
from settings import Settings
from shared.speech.say import say_outcome

SECONDS = 5.0
"""What is waited for Twilio to take a call."""

_NEVER = 400
"""A number that cannot be rung."""


def teller(settings: Settings, http: HttpClient | None = None) -> Tell:
    """How the telephone tells somebody. `http`: what carries requests to Twilio, for tests.

    Twilio knows no key for a call that is asked for twice, so before a second try it is asked
    whether it rang that number meanwhile: who was rung is not rung again, answered or not.
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
                twiml=render_telling(words, telling.locale),
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
