"""The API against its own OpenAPI document, over a real connection."""

import threading
from collections.abc import Iterator

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from werkzeug.serving import make_server

from tests.web.api.serving import api, mapped
from web.api.document import document

schema = schemathesis.openapi.from_dict(document())


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The API on the loopback address."""
    server = make_server("127.0.0.1", 0, api(mapped()), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def session() -> Iterator[requests.Session]:
    """One connection for all that is asked."""
    with requests.Session() as kept:
        yield kept


@schema.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_the_document_says(
    case: Case, address: str, session: requests.Session
) -> None:
    """Whatever is asked, well or badly: status, type, headers and body are the document's."""
    case.call_and_validate(base_url=address, session=session)
