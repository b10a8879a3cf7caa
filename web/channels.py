"""The description of a channel over HTTP, in one value; `create_app` builds from a tuple of them.

A room of a channel has `declare(settings) -> HttpChannel`, and a new channel is one folder and one
line in app.py: admission, metrics, the form of its faults, what `doctor` says of it and its
name on the operator's page all come from this value, and the command that uploads what its
platform needs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, request

from conversation.service import Conversation
from restock.values import Tell
from settings import Settings
from shared.catalog import Catalog, Snapshot
from shared.dialog.values import Channel
from web.access import is_trying_out
from web.admission import AdmissionRule
from web.rate_limit import Allow

FORBIDDEN = frozenset({401, 403})
_LEAST_FAULT = 400
_REFUSED = {413: "too_large", 429: "too_many"}


@dataclass(frozen=True, slots=True)
class Service:
    """What `create_app` has built and a channel may use."""

    settings: Settings
    conversation: Conversation
    snapshot: Callable[[], Snapshot | None]
    """the one in use now; None while there is none"""
    clock: Callable[[], datetime]
    allow: Allow


@dataclass(frozen=True, slots=True)
class Upload:
    """What `flask --app app <channel> <name>` puts on the channel's platform."""

    name: str
    does: str
    """as the command's help tells it"""
    send: Callable[[Callable[[], Catalog]], str]
    """given how the pharmacies are loaded, uploads it; a line of what was done, or SettingError"""


@dataclass(frozen=True, slots=True)
class HttpChannel:
    """A channel: what it is, where it is reached, and how its routes are built."""

    channel: Channel
    """its name; whether it has keys, dials, is read, asks the NLU"""
    paths: tuple[str, ...]
    """what its paths begin with; the first channel whose path fits is the one"""
    build: Callable[[Service], Blueprint]
    """`routes` alone calls it"""
    admission: tuple[AdmissionRule, ...] = ()
    """how its requests are admitted and what is said where there is no room; none: a page is"""
    machines: tuple[str, ...] = ()
    """the paths at which no human reads a page: faults are told there as JSON"""
    tell: Callable[[], Tell] | None = None
    """makes its way to tell somebody of a restock; None: nobody can be told"""
    upload: Upload | None = None
    """what its platform is given by a command; None: nothing is"""
    title: str = ""
    """what its platform is called in every language; "" where the operator's page names it"""
    opened_by: str = ""
    """the setting by which it knows its platform, described in docs/<name>.md; "": all may ask"""
    opened: bool = False
    """whether that is set; where it is not, this machine alone is answered"""
    refusals: frozenset[int] = FORBIDDEN
    """statuses by which it turns strangers away"""

    @property
    def name(self) -> str:
        """As in logs and metrics."""
        return self.channel.name

    def routes(self, service: Service) -> Blueprint:
        """What `build` makes; where `opened_by` is not set, 403 for all but this machine."""

        def refuse_others() -> None:
            if not is_trying_out(request, service.settings.public_url):
                abort(403, f"{self.opened_by} is not set: only this machine is answered")

        routes = self.build(service)
        if self.opened_by and not self.opened:
            routes.before_request(refuse_others)
        return routes


@dataclass(frozen=True, slots=True)
class Paths:
    """Which channel a request belongs to, for those who count."""

    channels: Sequence[HttpChannel]
    pages: Sequence[str]
    """paths of the pages for those who run the line, named like them: /operator, /metrics"""

    def name_at(self, path: str) -> str:
        """The channel's name: one of a few, whatever a request asks for."""
        page = next((page for page in self.pages if path.startswith(page)), "")
        return page.strip("/") or self._at(path).name

    def why_refused(self, path: str, status: int) -> str:
        """Why a request was not answered, if `status` says that: forbidden, too_large, too_many."""
        if status < _LEAST_FAULT:
            return ""
        return "forbidden" if status in self._at(path).refusals else _REFUSED.get(status, "")

    def _at(self, path: str) -> HttpChannel:
        """The first whose path it is; the last has what is nobody's."""
        found = (one for one in self.channels if path.startswith(one.paths))
        return next(found, self.channels[-1])
