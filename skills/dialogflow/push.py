"""Restores the exported agent in a Google Cloud project, as its console would from the zip file."""

from collections.abc import Callable

import grpc
from google.api_core.exceptions import GoogleAPIError
from google.auth.exceptions import GoogleAuthError
from google.cloud.dialogflow_v2 import AgentsClient

from shared.errors import SettingError

SECONDS = 120
"""Restoring an agent of this size takes Dialogflow up to a minute; training goes on after that."""


def push(
    zip_bytes: bytes, project: str, connect: Callable[[], AgentsClient] = AgentsClient
) -> None:
    """Replace the whole agent of `project` by `zip_bytes` (see `intents.export.dialogflow`).

    Raises SettingError, naming what to mend, where there are no credentials or the agent is not
    restored.
    """
    try:
        request = {"parent": f"projects/{project}", "agent_content": zip_bytes}
        restoring = connect().restore_agent(request=request, timeout=SECONDS)
        restoring.result(timeout=SECONDS)  # type: ignore[no-untyped-call]  # Google's has no types
    except GoogleAuthError as problem:
        raise SettingError(
            f"no credentials for Google Cloud: set GOOGLE_APPLICATION_CREDENTIALS ({problem})"
        ) from problem
    except (GoogleAPIError, grpc.RpcError, TimeoutError) as problem:
        raise SettingError(
            f"Dialogflow did not restore the agent of project {project!r}: {problem}"
        ) from problem
