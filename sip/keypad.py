"""Keys that belong together: one, or the three of a postal code."""

BETWEEN_S = 3.0
"""From one key to the next; an old finger looks for each."""

_ALONE = "0*#"
"""No postal code begins with these: they count at once."""


class Keypad:
    """Collects what is pressed."""

    def __init__(self, digits: int) -> None:
        """`digits`: how many may come."""
        self._digits = digits
        self._keys = ""
        self._last = 0.0

    @property
    def pressed(self) -> bool:
        """Whether a key was pressed."""
        return bool(self._keys)

    def press(self, key: str, now: float) -> None:
        """Take a key; A to D, which no telephone has, are let go."""
        if key in "0123456789*#" and len(key) == 1:
            self._keys += key
            self._last = now

    def complete(self, now: float) -> str:
        """The keys, once no more can be meant; "" until then.

        >>> pad = Keypad(3)
        >>> pad.press("1", 0.0); pad.complete(1.0), pad.complete(4.0)
        ('', '1')
        """
        if not self._keys:
            return ""
        full = len(self._keys) >= self._digits or self._keys[0] in _ALONE
        return self._keys if full or now - self._last > BETWEEN_S else ""
