"""How `make serve` runs the service: a worker a core, each with its own feed thread.

One of the workers asks the feed, the others read what it kept (shared/feed/poll.py).
"""

import os
import secrets

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "0")) or os.cpu_count() or 2
threads = 4
timeout = 30
graceful_timeout = 20
wsgi_app = "app:create_app()"

# Made in the parent, so that every worker signs and opens the states of calls with the same key.
os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(32))


def post_worker_init(worker):  # type: ignore[no-untyped-def]  # gunicorn's hook
    """Have a snapshot before the first call; threads do not survive a fork, so here."""
    worker.wsgi.extensions["feed"].ensure_started()
