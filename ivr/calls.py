"""The webhooks of a telephone call, alike on Twilio and jambonz; a platform is a value."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from flask import Blueprint, Request, Response, abort, request
from werkzeug.exceptions import HTTPException

from ivr.hints import hints_for
from ivr.turns import call_of, caller_of, dialled_turn, later_turn, opening_turn
from shared.dialog.values import Channel, Reply, State, Utterance
from shared.locales import DEFAULT
from shared.outcomes import Busy, NoData
from shared.places.telephone_numbers import subscriber_of
from shared.speech.say import say_outcome
from telemetry.probe import is_probe
from web.channels import Service
from web.faults import whereabouts
from web.rate_limit import CALL, OPENED, TURN
from web.seal import StateSeal

log = logging.getLogger(__name__)

Form = Mapping[str, str]
"""What a platform posts, under the names that Twilio has for it."""


@dataclass(frozen=True, slots=True)
class Links:
    """Where the call goes next; each carries the signed state."""

    turn: str
    dialled: str


@dataclass(frozen=True, slots=True)
class Platform:
    """What Twilio and jambonz do each in their own way."""

    channel: Channel
    path: str
    """what the paths of its webhooks begin with: /ivr"""
    opening: str
    """the rest of the path to which a new call is posted; later ones: /turn, /dialled"""
    content_type: str
    is_genuine: Callable[[Request], bool] | None
    """whether the platform sent the request; None where there is no secret to tell by"""
    form_of: Callable[[Request], Form]
    render: Callable[[Reply, Links, Sequence[str], Utterance], str]
    """(reply, links, hints, what it answers) → the document"""
    render_last: Callable[[str], str]
    """a sentence, then the end of the call → the document"""
    probe_key: str = ""
    """by which a call of `flask probe` is known, which no figure counts"""


def refuse_forged(is_genuine: Callable[[Request], bool]) -> None:
    """403 and nothing else for a request that is not the platform's."""
    if not is_genuine(request):
        abort(Response(status=403))


class CallRoutes:
    """Flask routes: each takes a request of a platform and returns its document."""

    def __init__(self, platform: Platform, service: Service) -> None:
        settings = service.settings
        self._platform, self._service = platform, service
        self._uncounted = replace(platform.channel, counted=False)
        self._seal = StateSeal(settings.secret_key, platform.path.strip("/"))
        self._links_begin = settings.public_url + platform.path
        # Rendered now, so that nothing is left that could fail when it is needed.
        operator = settings.operator_number
        self._failed = platform.render_last(say_outcome(NoData(operator), DEFAULT))
        self._busy = platform.render_last(say_outcome(Busy(operator), DEFAULT))

    def blueprint(self) -> Blueprint:
        """The routes that every platform has."""
        platform = self._platform
        routes = Blueprint(platform.channel.name, __name__, url_prefix=platform.path)
        if platform.is_genuine:
            routes.before_request(partial(refuse_forged, platform.is_genuine))
        routes.post(platform.opening)(self.call)
        routes.post("/turn")(self.turn)
        routes.post("/dialled")(self.dialled)
        return routes

    def call(self) -> Response:
        """A new call."""
        return self._answer(None)

    def turn(self) -> Response:
        """What the caller said or pressed; with a state that cannot be read, the greeting."""
        return self._answer(later_turn)

    def dialled(self) -> Response:
        """A number was dialled for the caller, and that has ended."""
        return self._answer(dialled_turn)

    def fallback(self) -> Response:
        """One calm sentence and whom to call instead; looks nothing up."""
        return self._sent(self._failed)

    def _answer(self, read: Callable[[Form], Utterance] | None) -> Response:
        """`read`: form → utterance; None for a new call. Whatever goes wrong, the caller hears the
        fallback: this is the channel's one catch."""
        try:
            form = self._platform.form_of(request)
            if self._is_flood(form, opens=read is None):
                return self._sent(self._busy)
            state = self._seal.open(request.args.get("state", "")) if read else None
            turn = read(form) if read and state else opening_turn(form)
            return self._sent(self._take(state, turn, call_of(form)))
        except HTTPException:  # a body over the limit
            raise
        except Exception as problem:
            name = self._platform.channel.name
            log.error("turn failed channel=%s %s", name, whereabouts(problem))
            return self.fallback()

    def _is_flood(self, form: Form, *, opens: bool) -> bool:
        """Whether this call, or this telephone, asks more often than anybody would."""
        call = call_of(form)
        if not self._service.allow(TURN, call):
            return True
        first = opens and self._service.allow(OPENED, call)
        return first and not self._service.allow(CALL, subscriber_of(caller_of(form)))

    def _take(self, state: State | None, turn: Utterance, call: str) -> str:
        platform = self._platform
        probes = is_probe(platform.probe_key, call)
        channel = self._uncounted if probes else platform.channel
        new_state, reply = self._service.conversation.take(state, turn, channel)
        hints = hints_for(new_state, self._service.snapshot()) if reply.listens else ()
        return platform.render(reply, self._links(new_state), hints, turn)

    def _links(self, state: State) -> Links:
        begin, sealed = self._links_begin, self._seal.seal(state)
        return Links(f"{begin}/turn?state={sealed}", f"{begin}/dialled?state={sealed}")

    def _sent(self, document: str) -> Response:
        return Response(document, content_type=self._platform.content_type)
