"""Sends answers to LINE in threads of its own: LINE wants its webhook answered at once."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore

from linebot.v3.messaging import (
    ApiClient,
    Configuration,
    Message,
    MessagingApi,
    PushMessageRequest,
    ReplyMessageRequest,
)

SECONDS = 5.0
"""Timeout of a request to LINE; a reply token is valid for a minute."""

THREADS = 4
WAITING = 200
"""Answers that may wait while LINE is slow; further ones are dropped, with a line in the log."""

Send = Callable[[str, Sequence[Message]], None]
"""(reply token, messages) → sent, now or soon. Never raises."""

log = logging.getLogger(__name__)


class Sender:
    """A client of LINE's Messaging API."""

    def __init__(self, access_token: str, host: str) -> None:
        """`access_token`: of the channel; `host`: LINE's, or another for trying out."""
        self._client = ApiClient(Configuration(access_token=access_token, host=host))
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="line")
        self._room = BoundedSemaphore(WAITING)

    def reply(self, token: str, messages: Sequence[Message]) -> None:
        """Answer the event that brought `token`, soon."""
        if not self._room.acquire(blocking=False):
            log.warning("LINE is too slow: an answer was dropped")
            return
        self._threads.submit(self._reply, token, list(messages))

    def _reply(self, token: str, messages: list[Message]) -> None:
        try:
            request = ReplyMessageRequest(replyToken=token, messages=messages)
            MessagingApi(self._client).reply_message(request, _request_timeout=SECONDS)
        except Exception as problem:  # the SDK's, urllib3's: the chat goes on without this answer
            status = getattr(problem, "status", "")
            log.warning("LINE took no answer: %s %s", type(problem).__name__, status)
        finally:
            self._room.release()

    def push(self, person: str, messages: Sequence[Message], key: str) -> None:
        """Send a push message now. `key`: a UUID, for which LINE sends no message twice. Raises the
        SDK's ApiException, or urllib3's HTTPError."""
        request = PushMessageRequest(to=person, messages=list(messages))
        MessagingApi(self._client).push_message(
            request, x_line_retry_key=key, _request_timeout=SECONDS
        )

    def close(self) -> None:
        """Send waiting answers, and close the connections."""
        self._threads.shutdown(wait=True)
        self._client.rest_client.pool_manager.clear()
