"""A conversation's state as it travels through a platform: signed, to come back as it went."""

from itsdangerous import BadData, URLSafeTimedSerializer

from shared.dialog.values import State, pack, unpack

LIFETIME_SECONDS = 3600
"""A state is taken back for an hour: longer than any call, shorter than a leaked log is useful."""


class StateSeal:
    """Signs states and opens them again; any worker with the same key can."""

    def __init__(self, secret_key: str, channel: str) -> None:
        """`channel`: a state of one channel is not taken by another."""
        self._serializer = URLSafeTimedSerializer(secret_key, salt=f"{channel}.state")

    def seal(self, state: State) -> str:
        """`state` as URL-safe text, compressed and signed: 50 to 700 characters."""
        return str(self._serializer.dumps(pack(state)))

    def open(self, sealed: str) -> State | None:
        """The state in `sealed`; None where it is missing, forged, or too old."""
        try:
            return unpack(self._serializer.loads(sealed, max_age=LIFETIME_SECONDS))
        except (BadData, ValueError):
            return None
