"""Answers on their way to LINE, against a server that answers like LINE's."""

import json
import logging
from contextlib import closing

import pytest
from linebot.v3.messaging import TextMessage
from pytest_httpserver import HTTPServer

from skills.line.send import Sender

TAKEN = {"sentMessages": [{"id": "461230966842064897"}]}


def test_an_answer_reaches_lines_api(httpserver: HTTPServer) -> None:
    """With the channel's token, the event's token and the messages."""
    httpserver.expect_request("/v2/bot/message/reply").respond_with_json(
        {"sentMessages": [{"id": "461230966842064897"}]}
    )
    with closing(Sender("token", httpserver.url_for(""))) as sender:
        sender.reply("t1", [TextMessage(text="大安區")])
    asked = httpserver.log[0][0]
    assert asked.headers["Authorization"] == "Bearer token"
    sent = json.loads(asked.get_data())
    assert sent["replyToken"] == "t1"
    assert sent["messages"][0]["text"] == "大安區"


def test_a_refusal_of_lines_is_logged_without_the_words(
    httpserver: HTTPServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither text nor token stands in the log, and nothing is raised."""
    caplog.set_level(logging.INFO)
    httpserver.expect_request("/v2/bot/message/reply").respond_with_json(
        {"message": "Invalid reply token"}, status=400
    )
    with closing(Sender("token", httpserver.url_for(""))) as sender:
        sender.reply("t1", [TextMessage(text="秘密")])
    assert "LINE took no answer" in caplog.text
    assert "秘密" not in caplog.text


def test_a_push_bears_a_key_by_which_line_sends_it_once(httpserver: HTTPServer) -> None:
    """LINE's X-Line-Retry-Key."""
    httpserver.expect_request("/v2/bot/message/push").respond_with_json(
        {"sentMessages": [{"id": "461230966842064897"}]}
    )
    key = "123e4567-e89b-12d3-a456-426614174000"
    with closing(Sender("token", httpserver.url_for(""))) as sender:
        sender.push("U1", [TextMessage(text="有貨了")], key)
    assert httpserver.log[0][0].headers["X-Line-Retry-Key"] == key
