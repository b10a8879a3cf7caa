"""Restoring the agent: a gRPC server on this machine that takes it, and one that refuses."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import grpc
import pytest
from google.cloud.dialogflow_v2 import AgentsClient
from google.cloud.dialogflow_v2.services.agents.transports import AgentsGrpcTransport
from google.cloud.dialogflow_v2.types import RestoreAgentRequest
from google.longrunning.operations_pb2 import Operation
from google.protobuf.empty_pb2 import Empty

from shared.errors import SettingError
from skills.dialogflow.push import push

METHOD = "/google.cloud.dialogflow.v2.Agents/RestoreAgent"


@dataclass
class Agents(grpc.GenericRpcHandler):
    """Implements Agents.RestoreAgent: keeps what it was given."""

    refuses: bool = False
    given: list[RestoreAgentRequest] = field(default_factory=list)

    def service(self, call: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler | None:
        if call.method != METHOD:
            return None
        return grpc.unary_unary_rpc_method_handler(
            self._restore,
            request_deserializer=RestoreAgentRequest.deserialize,
            response_serializer=Operation.SerializeToString,
        )

    def _restore(self, request: RestoreAgentRequest, context: grpc.ServicerContext) -> Any:
        if self.refuses:
            context.abort(grpc.StatusCode.PERMISSION_DENIED, "dialogflow.agents.restore")
        self.given.append(request)
        operation = Operation(name="restore", done=True)
        operation.response.Pack(Empty())
        return operation


@pytest.fixture
def agents() -> Agents:
    return Agents()


@pytest.fixture
def client(agents: Agents) -> Iterator[AgentsClient]:
    server = grpc.server(ThreadPoolExecutor(max_workers=1))
    server.add_generic_rpc_handlers([agents])
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    channel = grpc.insecure_channel(f"127.0.0.1:{port}")
    yield AgentsClient(transport=AgentsGrpcTransport(channel=channel))
    server.stop(None)


def test_the_zip_arrives_whole_at_the_project(agents: Agents, client: AgentsClient) -> None:
    """The agent of the named project is restored from exactly the bytes that were exported."""
    push(b"PK\x03\x04 the agent", "mask-line-test", lambda: client)
    assert [(g.parent, g.agent_content) for g in agents.given] == [
        ("projects/mask-line-test", b"PK\x03\x04 the agent")
    ]


def test_a_refusal_names_the_project_and_the_reason(agents: Agents, client: AgentsClient) -> None:
    """An operator who may not restore reads which project refused, and why."""
    agents.refuses = True
    with pytest.raises(SettingError, match=r"mask-line-test.*dialogflow\.agents\.restore"):
        push(b"zip", "mask-line-test", lambda: client)


def test_without_credentials_the_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    """Where Google's credentials are missing, the message says which setting gives them."""
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "none.json"))
    with pytest.raises(SettingError, match="GOOGLE_APPLICATION_CREDENTIALS"):
        push(b"zip", "mask-line-test")
