"""Groups keys: a single one, or the three of a postal code."""

BETWEEN_S = 3.0
"""The longest time between two keys of a group; elderly callers look for each."""

_ALONE = "0*#"
"""No postal code begins with these, so they are complete at once."""


class Keypad:
    """Collects the keys of one answer."""

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
        """Add a key; A to D, which no telephone has, are ignored."""
        if key in "0123456789*#" and len(key) == 1:
            self._keys += key
            self._last = now

    def complete(self, now: float) -> str:
        """The keys, once the group is complete; "" until then.

        >>> pad = Keypad(3)
        >>> pad.press("1", 0.0); pad.complete(1.0), pad.complete(4.0)
        ('', '1')
        """
        if not self._keys:
            return ""
        full = len(self._keys) >= self._digits or self._keys[0] in _ALONE
        return self._keys if full or now - self._last > BETWEEN_S else ""
