"""What can go wrong on our side. What a caller can cause is an outcome, never an exception.

MaskLineError
├── SettingError          a setting is missing or makes no sense; names it and the mend
├── FeedError             a feed could not be taken; the last good snapshot stays
│   ├── FeedUnreachable   no answer: refused, reset, too slow, an HTTP error status
│   ├── FeedUnreadable    an answer, but not the file that was expected
│   └── FeedRefused       a readable file that must not replace the snapshot in hand
│       └── FeedResized   it has far fewer, or far more, pharmacies
├── NotCompiledError      the library in C is not there and cannot be made
└── DataError             a data file of ours (texts, sentences, places) has faults
"""


class MaskLineError(Exception):
    """Base of everything this project raises on purpose."""


class SettingError(MaskLineError):
    """A setting is missing or makes no sense; the message names it and says what to do."""


class FeedError(MaskLineError):
    """A feed could not be taken; the last good snapshot stays in use."""


class FeedUnreachable(FeedError):  # noqa: N818  says what happened
    """No answer came: refused, reset, too slow, or an HTTP error status."""


class FeedUnreadable(FeedError):  # noqa: N818  says what happened
    """An answer came, but it is not a file that `products.yaml` knows."""


class FeedRefused(FeedError):  # noqa: N818  says what happened
    """The file can be read but must not replace the snapshot in hand."""


class FeedResized(FeedRefused):
    """It has far fewer or far more pharmacies; several that agree are believed."""


class DataError(MaskLineError):
    """One of the project's own data files has faults; the message lists all of them."""


class NotCompiledError(MaskLineError):
    """The library of `shared/compiled` is not there and cannot be made; the message says why."""
