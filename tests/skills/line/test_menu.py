"""The menu under every chat: what LINE's reference asks of it, and how it is set."""

import json
import struct

from linebot.v3.messaging import RichMenuRequest
from pytest_httpserver import HTTPServer

from skills.line.menu import HEIGHT, PICTURE, WIDTH, menu, set_menu


def test_the_menu_keeps_lines_rules() -> None:
    """The size of its picture, areas side by side that fill it, labels that LINE holds."""
    made = menu()
    assert RichMenuRequest.from_dict(made.to_dict()) == made
    assert struct.unpack(">II", PICTURE.read_bytes()[16:24]) == (WIDTH, HEIGHT)
    assert PICTURE.stat().st_size < 1_000_000
    assert 800 <= WIDTH <= 2500
    assert WIDTH / HEIGHT >= 1.45
    assert len(made.chat_bar_text) <= 14
    edges = [(area.bounds.x, area.bounds.x + area.bounds.width) for area in made.areas]
    assert [start for start, _ in edges] == [0, *(end for _, end in edges[:-1])]
    assert edges[-1][1] == WIDTH
    labels = [area.action.label for area in made.areas]
    assert labels == ["附近", "用說的", "規定", "常用"]


def test_setting_it_makes_it_paints_it_shows_it_and_removes_the_old_one(
    httpserver: HTTPServer,
) -> None:
    """In this order, so that there is a menu at every moment; another bot's menu stays."""
    kept = [
        {"richMenuId": id_, **menu().to_dict(), "name": name}
        for id_, name in (("old", "mask-line"), ("other", "somebody else's"))
    ]
    httpserver.expect_request("/v2/bot/richmenu/list").respond_with_json({"richmenus": kept})
    httpserver.expect_request("/v2/bot/richmenu", "POST").respond_with_json({"richMenuId": "new"})
    for path, method in (
        ("/v2/bot/richmenu/new/content", "POST"),
        ("/v2/bot/user/all/richmenu/new", "POST"),
        ("/v2/bot/richmenu/old", "DELETE"),
    ):
        httpserver.expect_request(path, method).respond_with_json({})
    assert set_menu("token", httpserver.url_for("").rstrip("/")) == "new"
    asked = [(request.method, request.path) for request, _ in httpserver.log]
    assert asked == [
        ("GET", "/v2/bot/richmenu/list"),
        ("POST", "/v2/bot/richmenu"),
        ("POST", "/v2/bot/richmenu/new/content"),
        ("POST", "/v2/bot/user/all/richmenu/new"),
        ("DELETE", "/v2/bot/richmenu/old"),
    ]
    assert json.loads(httpserver.log[1][0].get_data()) == menu().to_dict()
    assert httpserver.log[2][0].headers["Content-Type"] == "image/png"
    assert httpserver.log[2][0].get_data() == PICTURE.read_bytes()
    assert {request.headers["Authorization"] for request, _ in httpserver.log} == {"Bearer token"}
