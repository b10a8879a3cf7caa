"""Keeps what callers say out of every log.

The server of `make run` logs each request with its query, and a question to `/api` is in the query.
gunicorn (`make serve`) keeps no such log, but quotes the request line of a request that it refuses,
and the address of its sender.
"""

import logging
import re
import sys

from gunicorn.glogging import Logger

from web.faults import whereabouts

_QUERY = re.compile(r"\?[^ ]*")


class _WithoutQuery(logging.Filter):
    """Cuts off the queries of URLs."""

    def filter(self, record: logging.LogRecord) -> bool:
        """True for every record, after what follows a question mark was cut."""
        if isinstance(record.args, tuple):
            record.args = tuple(
                _QUERY.sub("?…", arg) if isinstance(arg, str) else arg for arg in record.args
            )
        return True


class WordlessLogger(Logger):  # type: ignore[misc,unused-ignore]
    """gunicorn's logger, without quotations of refused requests and without their addresses."""

    def warning(self, msg: str, *args: object, **kwargs: object) -> None:
        """As gunicorn's, except for "Invalid request from ip=…: Invalid HTTP request line: …"."""
        if msg.startswith("Invalid request"):
            msg, args = "a request that is no HTTP was refused", ()
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: str, *_args: object, **_kwargs: object) -> None:
        """Type and place of a fault; a traceback may quote the request."""
        problem = sys.exc_info()[1]
        told = whereabouts(problem) if problem else ""
        super().error("%s %s", msg.partition("%s")[0].strip(), told)

    def debug(self, msg: str, *args: object, **kwargs: object) -> None:
        """Nothing: gunicorn's debug lines quote the request."""


_FILTER = _WithoutQuery()


def leave_queries_out() -> None:
    """Install the filter in this process."""
    logging.getLogger("werkzeug").addFilter(_FILTER)
