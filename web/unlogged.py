"""Keeps what callers say out of the log of `make run`.

Its server writes down each request with its query, and a question to `/api` stands in the query.
gunicorn (`make serve`) writes no such log unless it is told to.
"""

import logging
import re

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


_FILTER = _WithoutQuery()


def leave_queries_out() -> None:
    """From now on, in this process."""
    logging.getLogger("werkzeug").addFilter(_FILTER)
