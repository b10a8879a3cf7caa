"""The only place where real things are built: settings, feed, conversation, channels."""

import logging
import os
import secrets
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response, request

import commands
from conversation.history import StockHistory
from conversation.memory import Memory, memory_texts
from conversation.rehearsal import rehearse
from conversation.service import Conversation
from ivr import jambonz, twilio
from restock.service import Restock
from settings import Settings
from shared.catalog import Snapshot
from shared.clock import taipei_now
from shared.dialog.values import Channel
from shared.feed.fetch import is_recording
from shared.feed.poll import Feed
from shared.feed.source import Source
from shared.names.index import index_of
from shared.redis_link import connect
from skills.alexa import webhook as alexa
from skills.dialogflow import webhook as dialogflow
from skills.line import webhook as line
from telemetry.count_buffer import CountBuffer
from telemetry.figures import Figures
from telemetry.metrics import Metrics
from telemetry.recorder import Recorder
from telemetry.redis_store import RedisCountStore
from telemetry.sound_calls import Telephone
from telemetry.store import FileCountStore
from web import monitoring, operator, phone
from web.access import TRYING_OUT
from web.admission import AdmissionControl
from web.api import routes as api
from web.channels import HttpChannel, Paths, Service
from web.middleware import wrap
from web.operator_login import Login
from web.rate_limit import Allow, LimitKind, Limits, WorkLimit
from web.unlogged import leave_queries_out

if TYPE_CHECKING:
    from skills.dialogflow.agent import DialogflowNlu

CHANNELS = (
    twilio.declare,
    jambonz.declare,
    alexa.declare,
    dialogflow.declare,
    line.declare,
    api.declare,
    phone.declare,  # last: what no other channel has is a browser's
)
"""Settings → what each channel says of itself. A new channel is its folder and a line here."""

Channels = Sequence[HttpChannel]

_PAGES = ("/operator", "/metrics")

FIGURES_SECONDS = 0.5
"""What the thread that hands on the figures waits for Redis; no call waits for it."""


def create_app(settings: Settings | None = None, *, served: bool = False) -> Flask:
    """The whole service. `settings` None reads the environment; `served`: not only to try it out.

    The feed is not asked before the first request or `feed.start()`: commands need no poller.
    """
    _log_turns()
    leave_queries_out()
    settings = settings or Settings.from_environment(os.environ)
    app = Flask(__name__, static_folder=None)
    app.config[TRYING_OUT] = settings.insecure or not served
    data_dir = Path(settings.data_dir)
    live = bool(settings.feed_url) and not is_recording(settings.feed_url)
    history = StockHistory(data_dir / "history.sqlite") if live else None
    memory = None
    if settings.memory:
        store = memory_texts(settings.redis_url, data_dir / "memory.sqlite")
        memory = Memory(store, settings.secret_key)
    restock = Restock(settings, taipei_now) if settings.restock else None
    feed = Feed(_source(settings), taipei_now, index_of, _accepted(history, restock))
    app.extensions["feed"] = feed
    app.before_request(feed.ensure_started)
    channels = tuple(declare(settings) for declare in CHANNELS)
    app.extensions["channels"] = channels
    telemetry = _telemetry(app, feed, data_dir, settings.redis_url, channels)
    conversation = Conversation(
        feed.current,
        taipei_now,
        telemetry.turn,
        nlu=_nlu(settings),
        history=history,
        memory=memory,
        watches=restock.watches if restock else None,
        seeds=count(secrets.randbits(32)),  # each process from a number of its own
    )
    app.extensions["conversation"] = conversation
    app.extensions["rehearse"] = partial(rehearse, feed.current, Channel("rehearsal", keys=True))
    allow = _counting(Limits(settings.redis_url, settings.secret_key).allow, telemetry)
    service = Service(settings, conversation, feed.current, taipei_now, allow)
    for channel in channels:
        app.register_blueprint(channel.routes(service))
    app.extensions["restock"] = restock
    _add_pages(app, settings, feed, telemetry, channels)
    commands.register(app, settings)
    _add_middleware(app, settings, telemetry, channels)
    return app


def _log_turns() -> None:
    """A line a turn, without what no line of ours tells: which thread, and where in the code
    (docs.python.org/3/howto/logging.html, Optimization). gunicorn's lines tell the process."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.logThreads = logging.logMultiprocessing = False
    logging._srcfile = None


def _source(settings: Settings) -> Source:
    return Source(
        feed=settings.feed_url,
        hours=settings.hours_url,
        locations=settings.locations_url,
        seconds=settings.feed_seconds,
        data_dir=Path(settings.data_dir),
        redis_url=settings.redis_url,
        secret=settings.lasting_secret,
    )


def _add_pages(
    app: Flask, settings: Settings, feed: Feed, telemetry: Recorder, channels: Channels
) -> None:
    """What those who run the line look at: health, metrics, the operator's page."""
    path = Path(settings.data_dir) / "login.sqlite"
    tries = Limits(settings.redis_url, settings.secret_key, path)
    login = Login(settings.operator_password, settings.secret_key, settings.public_url, tries)
    figures, metrics = telemetry.figures.at, telemetry.metrics.page
    titles = {channel.name: channel.title for channel in channels if channel.title}
    app.register_blueprint(monitoring.blueprint(feed.current, taipei_now, metrics, login))
    app.register_blueprint(operator.blueprint(figures, feed.current, taipei_now, login, titles))


def _add_middleware(
    app: Flask, settings: Settings, telemetry: Recorder, channels: Channels
) -> None:
    """What stands before every route: how many at a time, sizes, headers, calm errors."""
    rules = tuple(rule for channel in channels for rule in channel.admission)
    admission = AdmissionControl(
        app.wsgi_app,
        (*rules, *monitoring.ADMISSION, *operator.ADMISSION),
        refused=lambda path: telemetry.refused(path, "busy"),
        work=WorkLimit(settings.secret_key, public=bool(settings.public_url)),
    )
    app.extensions["admission"] = admission
    app.wsgi_app = admission  # type: ignore[method-assign]  # as Flask's documentation has it
    machines = tuple(path for channel in channels for path in channel.machines)
    wrap(
        app,
        settings.operator_number,
        settings.public_url,
        settings.trusted_proxies,
        (*machines, *operator.MACHINES),
    )


def _accepted(
    history: StockHistory | None, restock: Restock | None
) -> Callable[[Snapshot | None, Snapshot], None]:
    """What is done with each new snapshot, in the one process of a host that keeps them."""

    def accepted(before: Snapshot | None, now: Snapshot) -> None:
        if history:
            history.record(before, now)
        if restock:
            restock.planner.look(now)

    return accepted


def _nlu(settings: Settings) -> "DialogflowNlu | None":
    if settings.nlu != "dialogflow":
        return None
    from skills.dialogflow.agent import connect as connect_dialogflow

    return connect_dialogflow(settings.dialogflow_project)


def _counting(allow: Allow, telemetry: Recorder) -> Allow:
    """`allow`, with the refusals that no status tells counted."""

    def counting(kind: LimitKind, who: str) -> bool:
        allowed = allow(kind, who)
        if not allowed and kind.spoken:
            telemetry.refused(request.path, "too_many")
        return allowed

    return counting


def _telemetry(
    app: Flask, feed: Feed, data_dir: Path, redis_url: str, channels: Channels
) -> Recorder:
    """Counts each turn and each request that was refused."""
    store = (
        RedisCountStore(connect(redis_url, FIGURES_SECONDS, text=True))
        if redis_url
        else FileCountStore(data_dir / "figures.sqlite")
    )
    buffer = CountBuffer(store, taipei_now, feed.current, lambda: feed.status)
    metrics = Metrics(buffer, taipei_now, feed.current, data_dir, [one.name for one in channels])
    paths = Paths(channels, _PAGES)
    telemetry = Recorder(
        buffer,
        metrics,
        Figures(store, feed.current, data_dir),
        paths.name_at,
        Telephone(buffer, metrics.own),
    )
    app.extensions["telemetry"] = telemetry
    app.before_request(telemetry.buffer.ensure_started)

    @app.after_request
    def count(response: Response) -> Response:
        if why := paths.why_refused(request.path, response.status_code):
            telemetry.refused(request.path, why)
        return response

    return telemetry
