"""How gunicorn runs the service (`make serve`): a worker a core, each with its own feed thread.

One of the workers asks the feed, the others read what it kept (shared/feed/renewal.py). Why the
numbers are what they are: docs/decisions/load.md. The settings were checked by serve.py.
"""

import os
import resource
import shutil
import sys
import tempfile
from pathlib import Path

from web.admission import CONCURRENCY, QUEUE, Pool
from web.worker import BufferingWorker

bind = os.environ.get("BIND", "").strip() or "127.0.0.1:8000"
workers = int(os.environ.get("WEB_CONCURRENCY", "").strip() or os.cpu_count() or 2)
wsgi_app = "app:create_app(served=True)"
worker_class = BufferingWorker
logger_class = "web.unlogged.WordlessLogger"

# Admission control works on CONCURRENCY of them; the others wait in its queues, two a pool, or are
# being refused.
threads = sum(CONCURRENCY.values()) + 2 * len(Pool) * QUEUE + 12

# Connections of one worker, idle ones with them: Twilio opens one for nearly every turn, and each
# is kept for `keepalive` seconds, so that 800 new ones a second fit. None has a thread before its
# request is whole (web/worker.py).
worker_connections = 4096
keepalive = 5
backlog = 2048

timeout = 30
graceful_timeout = 20

# Signals are all that is needed, and the user of a service has no home for it.
control_socket_disable = True

# A connection is an open file, and many systems allow a process only 1,024 unless it asks.
_, _most = resource.getrlimit(resource.RLIMIT_NOFILE)
_enough = 2 * worker_connections
resource.setrlimit(
    resource.RLIMIT_NOFILE,
    (_enough if _most == resource.RLIM_INFINITY else min(_enough, _most), _most),
)

# Where the workers add up their metrics; a new master started by USR2 goes on with it. In memory,
# because the files are mapped: on a full disk a write would end the worker (SIGBUS).
_shm = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  # mkdtemp makes its own
_METRICS = "mask-line-metrics-"
if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix=_METRICS, dir=_shm)


def on_reload(server):  # type: ignore[no-untyped-def]  # gunicorn's hook
    """HUP: the workers that there are answer until the new ones can."""
    BufferingWorker.handover.begin(server.worker_age)


def post_fork(_server, _worker):  # type: ignore[no-untyped-def]  # gunicorn's hook
    """Forget what the master imported when it started: after a reload the code may be newer."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "web"]:
        del sys.modules[name]


def post_worker_init(worker):  # type: ignore[no-untyped-def]  # gunicorn's hook
    """Have a snapshot and all tables before the first call; no thread survives a fork, so here."""
    worker.wsgi.extensions["feed"].ensure_started()
    worker.wsgi.extensions["rehearse"]()
    worker.wsgi.extensions["telemetry"].buffer.ensure_started()
    BufferingWorker.handover.ready(worker.age)


def worker_exit(_server, worker):  # type: ignore[no-untyped-def]  # gunicorn's hook
    """Hand on the figures of the last seconds; a worker that never started has none."""
    if hasattr(worker, "wsgi"):
        worker.wsgi.extensions["telemetry"].buffer.stop()


def on_exit(server):  # type: ignore[no-untyped-def]  # gunicorn's hook
    """The last master takes the metrics with it, where it made the place for them."""
    place = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
    if place.name.startswith(_METRICS) and not (server.reexec_pid or server.master_pid):
        shutil.rmtree(place, ignore_errors=True)
