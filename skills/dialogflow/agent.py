"""A Dialogflow ES agent as second NLU (`NLU=dialogflow`).

For sentences that our own does not understand. The caller waits for it, so it has 1.5 s; where it
is slow or fails, the call goes on without it.
"""

import logging
from typing import Any
from uuid import uuid4

import grpc
from google.api_core.exceptions import GoogleAPIError
from google.auth.exceptions import GoogleAuthError
from google.cloud.dialogflow_v2 import SessionsClient
from google.cloud.dialogflow_v2.types import QueryInput, TextInput

from intents.platform_intents import heard_in, keys_in, label_named
from shared.dialog.values import Hint
from shared.locales import locale_of

SECONDS = 1.5
"""Twilio waits 15 s, but silence of more than two seconds sounds like a dead line."""

QUERY_CHARACTERS = 256
"""Dialogflow's own limit for a text query."""

log = logging.getLogger(__name__)


class DialogflowNlu:
    """Asks an agent. Holds a connection and no state of any conversation."""

    def __init__(self, project: str, client: SessionsClient) -> None:
        """`project`: the id of the Google Cloud project that the agent belongs to."""
        self._project = project
        self._client = client

    def detect(self, text: str, locale: str) -> Hint | None:
        """What `text` means; None where the agent does not know or does not answer in time.

        Never raises. Each sentence is a session of its own, so that no caller's contexts meet
        another's.
        """
        if not text.strip():
            return None
        query = QueryInput(
            text=TextInput(text=text[:QUERY_CHARACTERS], language_code=locale_of(locale).tag)
        )
        path = self._client.session_path(self._project, uuid4().hex)
        try:
            answer = self._client.detect_intent(
                request={"session": path, "query_input": query}, retry=None, timeout=SECONDS
            )
        except (GoogleAPIError, GoogleAuthError, grpc.RpcError) as problem:
            log.warning("Dialogflow does not answer: %s", type(problem).__name__)
            return None
        return _detected(answer.query_result)


def connect(project: str) -> DialogflowNlu | None:
    """A client of `project`'s agent; None, with the reason in the log, where there is none."""
    try:
        return DialogflowNlu(project, SessionsClient())
    except (GoogleAPIError, GoogleAuthError, OSError) as problem:
        log.warning("NLU=dialogflow, but there is no way to it, so it is not asked: %s", problem)
        return None


def _detected(result: Any) -> Hint | None:
    label = label_named(result.intent.display_name)
    if not label or result.intent.is_fallback:
        return None
    slots = dict(result.parameters or {})
    product = slots.get("product")
    return Hint(
        label,
        heard_in(slots),
        keys=keys_in(slots),
        product=product if isinstance(product, str) else "",
    )
