"""How `make serve` runs the service: a worker a core, each with its own feed thread.

One of the workers asks the feed, the others read what it kept (shared/feed/poll.py). Why the
numbers are what they are: docs/decisions/load.md.
"""

import os
import resource
import secrets
import tempfile

from web.gate import LINE, PLACES

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "0")) or os.cpu_count() or 2
wsgi_app = "app:create_app()"

# The gate lets in PLACES of them; the others stand in its two lines or are being refused.
threads = PLACES + 2 * LINE + 12

# Connections of one worker, idle ones with them: Twilio opens one for nearly every turn, and each
# is kept for `keepalive` seconds, so that 800 new ones a second fit.
worker_connections = 4096
keepalive = 5
backlog = 2048

timeout = 30
graceful_timeout = 20

# Made in the parent, so that every worker signs and opens the states of calls with the same key.
os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(32))

# A connection is an open file, and many systems allow a process only 1,024 unless it asks.
_, _most = resource.getrlimit(resource.RLIMIT_NOFILE)
_enough = 2 * worker_connections
resource.setrlimit(
    resource.RLIMIT_NOFILE,
    (_enough if _most == resource.RLIM_INFINITY else min(_enough, _most), _most),
)

# Where the workers add up their metrics; a new master started by USR2 goes on with it.
os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="mask-line-metrics-"))


def post_worker_init(worker):  # type: ignore[no-untyped-def]  # gunicorn's hook
    """Have a snapshot before the first call; threads do not survive a fork, so here."""
    worker.wsgi.extensions["feed"].ensure_started()
    worker.wsgi.extensions["watch"].ledger.ensure_started()
