"""What the log says of a fault: its kind and its place."""

import traceback

_FRAMES = 4


def whereabouts(problem: BaseException) -> str:
    """Kind and place of `problem`. Not its message: that may quote the caller."""
    frames = traceback.extract_tb(problem.__traceback__)[-_FRAMES:]
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    return f"error={type(problem).__name__} at={places}"
