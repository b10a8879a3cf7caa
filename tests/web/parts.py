"""What `create_app` would have built, of the parts that a test has."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from settings import Settings
from shared.catalog import Snapshot
from tests.small_feed import NOW
from web.channels import Service
from web.rate_limit import Allow

SETTINGS = Settings(secret_key="key")


def service(
    conversation: Any,
    snapshot: Callable[[], Snapshot | None] = lambda: None,
    clock: Callable[[], datetime] = lambda: NOW,
    allow: Allow = lambda *_: True,
    settings: Settings = SETTINGS,
) -> Service:
    """A service for the blueprint of a channel."""
    return Service(settings, conversation, snapshot, clock, allow)
