"""The menu under every chat: 附近 · 用說的 · 規定 · 常用, as the chat bots of 2020 had it."""

from pathlib import Path

from linebot.v3.messaging import (
    ApiClient,
    Configuration,
    MessagingApi,
    MessagingApiBlob,
    RichMenuArea,
    RichMenuBounds,
    RichMenuRequest,
    RichMenuSize,
    URIAction,
)

from skills.line.render import menu_actions, menu_title

PICTURE = Path(__file__).with_name("menu.png")
WIDTH, HEIGHT = 1200, 405
"""Pixels of the picture; LINE takes a width of 800 to 2,500, and at least 1.45 times the height."""

LOCALE = "zh-TW"
"""One menu for all: the picture bears its words."""

SHARES_LOCATION = "https://line.me/R/nv/location/"
"""LINE's own URL for sharing one's location: a rich menu allows no location action."""

SECONDS = 20.0

_DATA_HOST = ("api.line.me", "api-data.line.me")
"""LINE's host of the API, and the one for pictures."""


def menu() -> RichMenuRequest:
    """Four areas of one width, each doing what the quick reply of that name does."""
    near, *others = menu_actions(LOCALE)
    actions = [URIAction(label=near.label, uri=SHARES_LOCATION), *others]
    width = WIDTH // len(actions)
    return RichMenuRequest(
        size=RichMenuSize(width=WIDTH, height=HEIGHT),
        selected=True,
        name="mask-line",
        chatBarText=menu_title(LOCALE),
        areas=[
            RichMenuArea(
                bounds=RichMenuBounds(x=number * width, y=0, width=width, height=HEIGHT),
                action=action,
            )
            for number, action in enumerate(actions)
        ],
    )


def set_menu(token: str, host: str) -> str:
    """Create the menu with its picture and make it the default; its id. The SDK's ApiException.

    Our earlier menus are deleted once the new one is the default.
    """
    client = ApiClient(Configuration(access_token=token, host=host))
    api = MessagingApi(client)
    data = ApiClient(Configuration(access_token=token, host=host.replace(*_DATA_HOST)))
    wait = {"_request_timeout": SECONDS}
    old = [one.rich_menu_id for one in api.get_rich_menu_list(**wait).richmenus if ours(one.name)]
    made = api.create_rich_menu(menu(), **wait).rich_menu_id
    MessagingApiBlob(data).set_rich_menu_image(
        made, body=bytearray(PICTURE.read_bytes()), _headers={"Content-Type": "image/png"}, **wait
    )
    api.set_default_rich_menu(made, **wait)
    for one in old:
        api.delete_rich_menu(one, **wait)
    return str(made)


def ours(name: str) -> bool:
    """Whether a menu of that name is one of ours."""
    return name == "mask-line"
