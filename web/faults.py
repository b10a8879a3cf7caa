"""How a fault is logged: its type and its place."""

import traceback

_FRAMES = 4


def whereabouts(problem: BaseException) -> str:
    """Type and place of `problem`, without its message, which may quote the caller."""
    frames = traceback.extract_tb(problem.__traceback__)[-_FRAMES:]
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    return f"error={type(problem).__name__} at={places}"
