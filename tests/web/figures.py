"""Figures as the page gets them, made up: for each minute and hour a count that can be foretold."""

from datetime import datetime, timedelta
from typing import Any

CHANNELS = ("twilio", "browser", "alexa")
CAUSE = "<img src=x onerror=document.title=1> refused: half the rows"


def figures(now: datetime, *, feed: str = "fresh", unheard: int = 0) -> dict[str, Any]:
    """Live figures at `now`; `unheard` turns of the twelve in each minute."""
    return {
        "now": now.isoformat(),
        "feed": {
            "name": "masks",
            "demo": False,
            "recorded": False,
            "source_time": (now - timedelta(seconds=95)).isoformat(),
            "age_seconds": 95,
            "pharmacies": 6588,
            "refusals": {"unreachable": 2, "refused": 1},
            "cause": CAUSE,
            "state": feed,
        },
        "workers": [
            _worker("line-1", 4711, now, asks=True),
            _worker("line-2", 4712, now, asks=False),
        ],
        "minutes": [_minute(now - timedelta(minutes=ago), unheard) for ago in range(59, -1, -1)],
        "today": _day(1200),
        "yesterday": _day(1000),
        "misheard_districts": [
            {"district": "台北市大安區", "asked": 80, "unsure": 31, "wrong": 4},
            {"district": "<b>台中市大安區</b>", "asked": 40, "unsure": 12, "wrong": 1},
        ],
        "probe": {"well": False, "age_seconds": 130, "why": CAUSE},
        "sip": {
            "calls_now": 7,
            "first_sound_median": 1.2,
            "first_sound_p90": 2.0,
            "recogniser_median": 0.8,
            "recogniser_p90": 1.5,
            "voice_median": None,
            "voice_p90": None,
            "refused": {"busy": 3},
        },
        "requests_refused": {"forbidden": 3, "too_many": 0, "too_large": 1, "busy": 2},
    }


def _worker(host: str, pid: int, now: datetime, *, asks: bool) -> dict[str, Any]:
    since = (now - timedelta(hours=5)).isoformat()
    return {"host": host, "pid": pid, "since": since, "asks": asks, "source_time": now.isoformat()}


def _minute(at: datetime, unheard: int) -> dict[str, Any]:
    wave = at.minute % 10
    each = {
        name: {"calls": wave // (place + 1), "turns": 4 * wave // (place + 1) + place}
        for place, name in enumerate(CHANNELS)
    }
    return {
        "at": at.replace(second=0, microsecond=0).isoformat(),
        "calls": sum(it["calls"] for it in each.values()),
        "turns": 12,
        "unheard": unheard,
        "unsure": 1,
        "by_channel": each,
    }


def _day(calls: int) -> dict[str, Any]:
    return {
        "calls": calls,
        "turns": calls * 4,
        "unheard": calls // 10,
        "unsure": calls // 3,
        "outcomes": {"Found": calls, "AmbiguousPlace": calls // 3, "NotHeard": calls // 10},
        "first_count_seconds": {"median": 11.0, "p90": 24.0, "count": calls},
        "by_channel": {name: {"calls": calls // 3, "turns": calls} for name in CHANNELS},
        "hours": [(calls * (13 - abs(hour - 11))) // 120 for hour in range(24)],
        "turn_ms": {"median": 2.3, "p99": 9.8},
    }
