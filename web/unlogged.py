"""Keeps what callers say out of every log.

The server of `make run` writes down each request with its query, and a question to `/api` stands in
the query. gunicorn (`make serve`) writes no such log, but it quotes the line of a request that it
refuses, and the address it came from.
"""

import logging
import re
import sys

from gunicorn.glogging import Logger

from web.faults import whereabouts

_QUERY = re.compile(r"\?[^ ]*")


class _WithoutQuery(logging.Filter):
    """Cuts queries off."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every line is written, without what stands behind a question mark."""
        if isinstance(record.args, tuple):
            record.args = tuple(
                _QUERY.sub("?…", arg) if isinstance(arg, str) else arg for arg in record.args
            )
        return True


class WordlessLogger(Logger):  # type: ignore[misc,unused-ignore]
    """gunicorn's own, for which a request that is refused has no line, no address and no words."""

    def warning(self, msg: str, *args: object, **kwargs: object) -> None:
        """As it is, but for 「Invalid request from ip=…: Invalid HTTP request line: …」."""
        if msg.startswith("Invalid request"):
            msg, args = "a request that is no HTTP was refused", ()
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: str, *_args: object, **_kwargs: object) -> None:
        """The kind of a fault and where it is; a traceback may quote the request."""
        problem = sys.exc_info()[1]
        told = whereabouts(problem) if problem else ""
        super().error("%s %s", msg.partition("%s")[0].strip(), told)

    def debug(self, msg: str, *args: object, **kwargs: object) -> None:
        """Nothing: gunicorn's debugging writes down the request."""


_FILTER = _WithoutQuery()


def leave_queries_out() -> None:
    """From now on, in this process."""
    logging.getLogger("werkzeug").addFilter(_FILTER)
