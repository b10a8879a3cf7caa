"""Restores the exported agent in a Google Cloud project, as its console would from the zip file."""

import grpc
from google.api_core.client_options import ClientOptions
from google.api_core.exceptions import GoogleAPIError
from google.auth.exceptions import GoogleAuthError
from google.cloud.dialogflow_v2 import AgentsClient
from google.cloud.dialogflow_v2.services.agents.transports import AgentsGrpcTransport

from shared.errors import SettingError

SECONDS = 120
"""Restoring an agent of this size takes Dialogflow up to a minute; training goes on after that."""


def push(zip_bytes: bytes, project: str, endpoint: str = "", insecure: bool = False) -> None:
    """Replace the whole agent of `project` by `zip_bytes` (see `intents.export.dialogflow`).

    `endpoint`: another than Google's global one: asia-northeast1-dialogflow.googleapis.com.
    `insecure`: without TLS and credentials, for a server on this machine. Raises SettingError,
    naming what to mend, where there are no credentials or the agent is not restored.
    """
    try:
        client = _client(endpoint, insecure)
        request = {"parent": f"projects/{project}", "agent_content": zip_bytes}
        restoring = client.restore_agent(request=request, timeout=SECONDS)
        restoring.result(timeout=SECONDS)  # type: ignore[no-untyped-call]  # Google's has no types
    except GoogleAuthError as problem:
        raise SettingError(
            f"no credentials for Google Cloud: set GOOGLE_APPLICATION_CREDENTIALS ({problem})"
        ) from problem
    except (GoogleAPIError, grpc.RpcError, TimeoutError) as problem:
        raise SettingError(
            f"Dialogflow did not restore the agent of project {project!r}: {problem}"
        ) from problem


def _client(endpoint: str, insecure: bool) -> AgentsClient:
    if insecure:
        return AgentsClient(transport=AgentsGrpcTransport(channel=grpc.insecure_channel(endpoint)))
    options = ClientOptions(api_endpoint=endpoint) if endpoint else None
    return AgentsClient(client_options=options)
