"""A restock message on LINE: a push message with an idempotency key."""

from linebot.v3.messaging import TextMessage
from linebot.v3.messaging.exceptions import ApiException
from urllib3.exceptions import HTTPError

from restock.values import NotTold, Tell, Telling
from shared.outcomes import Count
from shared.speech.say import say_outcome
from skills.line.render import card
from skills.line.send import Sender

_HAS_IT = 409
"""LINE's status for a key that was used: the message was sent by a process that was killed then."""


def teller(token: str, host: str) -> Tell:
    """A function that sends restock messages. `token`: of the channel; `host`: of its API."""
    sender = Sender(token, host)

    def tell(telling: Telling) -> None:
        outcome = telling.outcome
        words = say_outcome(outcome, telling.locale, keys=False, for_the_eye=True)
        counts = (Count(outcome.product, outcome.left),)
        messages = [TextMessage(text=words), card(outcome.pharmacy, counts, telling.locale)]
        try:
            sender.push(telling.address, messages, telling.key)
        except ApiException as problem:
            if problem.status != _HAS_IT:
                raise NotTold(f"HTTP {problem.status}") from problem
        except (HTTPError, OSError) as problem:
            raise NotTold(type(problem).__name__) from problem

    return tell
