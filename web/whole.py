"""What comes and goes in one piece: a form that was received whole, an answer that is all there.

Flask's own are ready for streams, files and parts, and look at all of that at each request.
"""

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from flask import Request, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_FORM = "application/x-www-form-urlencoded"


class FormRequest(Request):
    """Reads a form that admission control received whole at once; any other as Flask does."""

    def _load_form_data(self) -> None:
        body = self._received()
        if body is None:
            super()._load_form_data()
            return
        try:  # as werkzeug: escapes that are no UTF-8 stay as they are, other bytes make no form
            items = parse_qsl(body.decode(), keep_blank_values=True, errors="werkzeug.url_quote")
        except ValueError:
            items = []
        none = self.parameter_storage_class()
        form = self.parameter_storage_class(items)
        self.__dict__.update(stream=BytesIO(), form=form, files=none)

    def _received(self) -> bytes | None:
        """The body of a form, where it is here, whole and within the limit."""
        told, body = self.environ.get("CONTENT_TYPE", ""), self.environ["wsgi.input"]
        if "form" in self.__dict__ or type(body) is not BytesIO:
            return None
        if told != _FORM and told.partition(";")[0].strip().lower() != _FORM:
            return None
        length, most = body.getbuffer().nbytes, self.max_content_length
        if body.tell() or str(length) != self.environ.get("CONTENT_LENGTH"):
            return None
        if most is not None and length > most:
            return None
        return body.getvalue()


class WholeResponse(Response):
    """A text that is all there, with every header it needs: handed on as it stands."""

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """The answer of WSGI."""
        if environ["REQUEST_METHOD"] == "HEAD":
            return super().__call__(environ, start_response)
        start_response(self.status, self.headers.to_wsgi_list())
        return self.iter_encoded()
