"""The watches of persons, as a conversation asks for them."""

import base64
import hashlib
import hmac
import logging
from collections.abc import Callable
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken

from conversation.history import DELIVERY
from restock.values import Watch
from restock.watch_store import WatchStore

log = logging.getLogger(__name__)


class Seal:
    """Hashes persons with a key, and encrypts their addresses."""

    def __init__(self, secret: str) -> None:
        """`secret`: the service's SECRET_KEY."""
        if not secret:
            raise ValueError("restock messages need a secret: they keep where somebody is reached")
        self._secret = secret.encode()
        self._box = Fernet(base64.urlsafe_b64encode(self._keyed(b"restock:address")))

    def who(self, channel: str, person: str) -> str:
        """A keyed hash of a person, in hex."""
        return self._keyed(f"restock:{channel}:{person}".encode()).hex()

    def close(self, person: str) -> str:
        """`person`, encrypted."""
        return self._box.encrypt(person.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """The person; "" where the secret has changed."""
        try:
            return self._box.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return ""

    def _keyed(self, text: bytes) -> bytes:
        return hmac.digest(self._secret, text, hashlib.sha256)


class Watches:
    """The watches of each person. Never raises: the result says whether the store failed."""

    def __init__(self, store: WatchStore, seal: Seal, clock: Callable[[], datetime]) -> None:
        self._store, self._seal, self._clock = store, seal, clock

    def of(self, channel: str, person: str) -> tuple[str, ...] | None:
        """Ids of the pharmacies that `person` watches; None where the store fails."""
        try:
            found = self._store.of(self._seal.who(channel, person), self._now())
        except OSError as problem:
            log.warning("restock: %s", problem)
            return None
        return tuple(dict.fromkeys(one.pharmacy for one in found))

    def add(
        self, channel: str, person: str, pharmacy: str, product: str, left: int, locale: str
    ) -> bool:
        """Watch a pharmacy for seven days from now. `left`: its count now.

        False where that cannot be stored.
        """
        who = self._seal.who(channel, person)
        id_ = hashlib.sha256(f"{who}:{pharmacy}:{product}".encode()).hexdigest()[:32]
        watch = Watch(
            id=id_,
            who=who,
            channel=channel,
            address=self._seal.close(person),
            pharmacy=pharmacy,
            product=product,
            locale=locale,
            since=self._now(),
            low=left < DELIVERY,
        )
        try:
            self._store.put(watch)
        except OSError as problem:
            log.warning("restock: %s", problem)
            return False
        return True

    def delete(self, channel: str, person: str) -> bool:
        """Delete all watches of a person; False where that failed."""
        try:
            self._store.delete(self._seal.who(channel, person))
        except OSError as problem:
            log.warning("restock: %s", problem)
            return False
        return True

    def _now(self) -> int:
        return int(self._clock().timestamp())
