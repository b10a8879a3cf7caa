"""Asking Dialogflow: a gRPC server on this machine that is asked, is slow, and fails."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import grpc
import pytest
from google.cloud.dialogflow_v2 import SessionsClient
from google.cloud.dialogflow_v2.services.sessions.transports import SessionsGrpcTransport
from google.cloud.dialogflow_v2.types import DetectIntentRequest, DetectIntentResponse
from google.protobuf import json_format

from shared.dialog.values import Hint
from skills.dialogflow.agent import SECONDS, DialogflowNlu, connect

METHOD = "/google.cloud.dialogflow.v2.Sessions/DetectIntent"


@dataclass
class Agent(grpc.GenericRpcHandler):
    """Implements Sessions.DetectIntent: keeps what it was asked, answers what it is told."""

    answer: Callable[[grpc.ServicerContext], dict[str, Any]] = lambda _: {}
    asked: list[Any] = field(default_factory=list)

    def service(self, call: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler | None:
        if call.method != METHOD:
            return None
        return grpc.unary_unary_rpc_method_handler(
            self._detect,
            request_deserializer=DetectIntentRequest.deserialize,
            response_serializer=lambda answer: answer.SerializeToString(),
        )

    def _detect(self, request: DetectIntentRequest, context: grpc.ServicerContext) -> Any:
        self.asked.append(request)
        result = {"queryResult": self.answer(context)}
        return json_format.ParseDict(result, DetectIntentResponse.pb()())


@pytest.fixture
def agent() -> Agent:
    return Agent()


@pytest.fixture
def nlu(agent: Agent) -> Iterator[DialogflowNlu]:
    server = grpc.server(ThreadPoolExecutor(max_workers=2))
    server.add_generic_rpc_handlers([agent])
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield nlu_at(port)
    server.stop(None)


def nlu_at(port: int) -> DialogflowNlu:
    """A client of the server on this machine, without TLS and credentials."""
    transport = SessionsGrpcTransport(channel=grpc.insecure_channel(f"127.0.0.1:{port}"))
    return DialogflowNlu("mask-line", SessionsClient(transport=transport))


def result(name: str, **parameters: Any) -> dict[str, Any]:
    return {"intent": {"displayName": name}, "parameters": parameters}


def test_the_agent_is_asked(agent: Agent, nlu: DialogflowNlu) -> None:
    """The sentence and its language reach the agent; its intent comes back."""
    agent.answer = lambda _: result(
        "ask", county="台北市", district="台北市大安區", product="child_mask"
    )
    detected = nlu.detect("大安那裡小朋友戴的還有嗎", "zh-TW")
    assert detected == Hint("ask", "台北市大安區", product="child_mask")
    (asked,) = agent.asked
    assert asked.session.startswith("projects/mask-line/agent/sessions/")
    assert asked.query_input.text.text == "大安那裡小朋友戴的還有嗎"
    assert asked.query_input.text.language_code == "zh-TW"


def test_a_command_keeps_its_words(agent: Agent, nlu: DialogflowNlu) -> None:
    """Without places among the parameters only the intent is told."""
    agent.answer = lambda _: result("next", county="", district=["大安區"], road=None)
    assert nlu.detect("換一間看看", "zh-TW") == Hint("next")


@pytest.mark.parametrize(("locale", "language"), [("zh-TW", "zh-TW"), ("en-US", "en")])
def test_the_agent_is_asked_in_its_own_languages(
    agent: Agent, nlu: DialogflowNlu, locale: str, language: str
) -> None:
    """The agent has zh-TW and en."""
    nlu.detect("hello", locale)
    assert agent.asked[0].query_input.text.language_code == language


def test_a_postal_code_comes_as_keys(agent: Agent, nlu: DialogflowNlu) -> None:
    """The agent's number, which protobuf makes a fraction, is three keys again."""
    agent.answer = lambda _: result("ask", number=106)
    detected = nlu.detect("郵遞區號一零六", "zh-TW")
    assert detected == Hint("ask", keys="106")


UNKNOWN = {
    "nothing": {},
    "its fallback": {"intent": {"displayName": "Default Fallback Intent", "isFallback": True}},
    "ours as a fallback": {"intent": {"displayName": "next", "isFallback": True}},
    "somebody else's": result("order_tea"),
}


@pytest.mark.parametrize("answer", UNKNOWN.values(), ids=UNKNOWN)
def test_what_the_agent_does_not_know_is_none(
    agent: Agent, nlu: DialogflowNlu, answer: dict[str, Any]
) -> None:
    """No intent of ours: the call goes on as if nobody had been asked."""
    agent.answer = lambda _: answer
    assert nlu.detect("恰恰恰", "zh-TW") is None


def test_a_slow_agent_is_not_waited_for(agent: Agent, nlu: DialogflowNlu) -> None:
    """After 1.5 s the call goes on without it."""

    over = threading.Event()

    def slowly(_: grpc.ServicerContext) -> dict[str, Any]:
        over.wait(60)
        return result("next")

    agent.answer = slowly
    started = time.monotonic()
    assert nlu.detect("下一家", "zh-TW") is None
    assert time.monotonic() - started < 10 * SECONDS
    over.set()


@pytest.mark.parametrize(
    "code",
    [
        grpc.StatusCode.PERMISSION_DENIED,
        grpc.StatusCode.RESOURCE_EXHAUSTED,
        grpc.StatusCode.UNAVAILABLE,
        grpc.StatusCode.INTERNAL,
    ],
)
def test_a_failing_agent_is_none(agent: Agent, nlu: DialogflowNlu, code: grpc.StatusCode) -> None:
    """Whatever it fails with, nothing is raised, and it is asked once."""
    agent.answer = lambda context: context.abort(code, "no")
    assert nlu.detect("下一家", "zh-TW") is None
    assert len(agent.asked) == 1


def test_an_absent_agent_is_none() -> None:
    """Nobody listens there: none."""
    assert nlu_at(9).detect("下一家", "zh-TW") is None


def test_sentences_without_a_conversation_stand_alone(agent: Agent, nlu: DialogflowNlu) -> None:
    """No two of them share a session, so no caller's contexts meet another's."""
    nlu.detect("下一家", "zh-TW")
    nlu.detect("下一家", "zh-TW")
    first, second = (asked.session for asked in agent.asked)
    assert first != second


def test_silence_is_not_asked_about(agent: Agent, nlu: DialogflowNlu) -> None:
    """Nothing heard costs no request; a long sentence is cut to what Dialogflow takes."""
    assert nlu.detect(" ", "zh-TW") is None
    nlu.detect("口" * 1_000, "zh-TW")
    (asked,) = agent.asked
    assert len(asked.query_input.text.text) == 256


def test_without_credentials_there_is_no_way(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """A missing key file is told in the log, and the line runs without Dialogflow."""
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "no-such-key.json"))
    assert connect("mask-line") is None
    assert "NLU=dialogflow" in caplog.text
