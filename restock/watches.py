"""Who is told of which pharmacy: what a conversation asks for."""

import base64
import hashlib
import hmac
import logging
from collections.abc import Callable
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken

from conversation.history import DELIVERY
from restock.values import Watch, WatchStore

log = logging.getLogger(__name__)


class Seal:
    """Makes keyed hashes of persons, and seals where they are told something."""

    def __init__(self, secret: str) -> None:
        """`secret`: the service's SECRET_KEY."""
        if not secret:
            raise ValueError("restock messages need a secret: they keep where somebody is reached")
        self._secret = secret.encode()
        self._box = Fernet(base64.urlsafe_b64encode(self._keyed(b"restock:address")))

    def who(self, channel: str, person: str) -> str:
        """The same for the same person; nobody finds the person by it without the secret."""
        return self._keyed(f"restock:{channel}:{person}".encode()).hex()

    def close(self, person: str) -> str:
        """`person`, unreadable for whoever has no secret."""
        return self._box.encrypt(person.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """The person; "" where the secret is another now."""
        try:
            return self._box.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return ""

    def _keyed(self, text: bytes) -> bytes:
        return hmac.digest(self._secret, text, hashlib.sha256)


class Watches:
    """The watches of each person. Never raises: what its store cannot do is told by the result."""

    def __init__(self, store: WatchStore, seal: Seal, clock: Callable[[], datetime]) -> None:
        self._store, self._seal, self._clock = store, seal, clock

    def of(self, channel: str, person: str) -> tuple[str, ...] | None:
        """Ids of the pharmacies of whose restock that person is told; None: nobody knows now."""
        try:
            found = self._store.of(self._seal.who(channel, person), self._now())
        except OSError as problem:
            log.warning("restock: %s", problem)
            return None
        return tuple(dict.fromkeys(one.pharmacy for one in found))

    def add(
        self, channel: str, person: str, pharmacy: str, product: str, left: int, locale: str
    ) -> bool:
        """Tell that person, for seven days from now. `left`: so many are there now.

        False where that cannot be kept.
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
        """Keep nothing of that person any more; False where that failed."""
        try:
            self._store.delete(self._seal.who(channel, person))
        except OSError as problem:
            log.warning("restock: %s", problem)
            return False
        return True

    def _now(self) -> int:
        return int(self._clock().timestamp())
