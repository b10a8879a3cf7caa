"""Settings: read once from the environment, each with a working default.

`_READERS` tells which are more than a text. An empty one counts as not set. All faults are
reported together, by name, with what to do.
"""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields

from shared.errors import SettingError
from shared.redis_link import SENTINEL, parse_sentinels
from sip.settings import TRUNK, SipSettings, parse_networks, parse_ports, parse_uris

_MOST_PROXIES = 9

PUBLIC_URL_LIMIT = 120
"""Characters. An action URL stays under 1,000 of them, and the largest state takes some 820."""

SECRET_LENGTH = 16
"""The least length of SECRET_KEY where others can reach the line: a key that signs states can be
guessed offline. `token_urlsafe(32)` makes 43 characters."""

MADE = "MASK_LINE_KEY_MADE"
"""Name in gunicorn's environment (serve.py): the SECRET_KEY that was made for this start."""

_OF_GUNICORN = ("WEB_CONCURRENCY", "BIND")
"""Read by gunicorn.conf.py; here so that serve.py reports every fault at once."""

_PLACEHOLDER = re.compile(r"make-one|change-?me|example|secret-?key|your-", re.IGNORECASE)
"""Placeholders of example files that were copied and not edited."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator may set; README.md lists them with what they do.

    A field is set by its name in capitals. Those without `repr` are secrets, or contain one: they
    are never shown in messages.
    """

    feed_url: str = ""
    """"" for the demo feed; a URL is live, a path without scheme is a recording"""
    feed_seconds: int = 30
    hours_url: str = ""
    locations_url: str = ""
    data_dir: str = "var"
    public_url: str = ""
    """as the platforms call it: https://line.example.tw"""
    secret_key: str = field(default="", repr=False)
    twilio_auth_token: str = field(default="", repr=False)
    caller_id: str = ""
    """a Taiwanese number (+886…) of the Twilio account; "" makes no transfers"""
    jambonz_secret: str = field(default="", repr=False)
    """of the jambonz account's webhooks; "" answers this machine only"""
    alexa_skill_id: str = ""
    dialogflow_token: str = field(default="", repr=False)
    line_channel_secret: str = field(default="", repr=False)
    """of the LINE channel; "" answers this machine only"""
    line_channel_token: str = field(default="", repr=False)
    """of the LINE channel, for its answers"""
    line_api_url: str = "https://api.line.me"
    """where LINE takes answers; another for trying out"""
    twilio_account_sid: str = ""
    """of the Twilio account, for calls that begin here: restock messages"""
    operator_number: str = "1922"
    nlu: str = ""
    """dialogflow: sentences that our NLU does not understand are sent to that agent"""
    dialogflow_project: str = ""
    """Google Cloud project of the agent"""
    trusted_proxies: int = 0
    """how many proxies in front of this server write X-Forwarded-For"""
    redis_url: str = field(default="", repr=False)
    """what several hosts share: the snapshot, the memory, the limits; "" for one host alone"""
    operator_password: str = field(default="", repr=False)
    """opens /operator from elsewhere; "" serves it to this machine only"""
    memory: bool = False
    """remember the last district of a telephone, for 「和上次一樣」"""
    restock: bool = False
    """restock messages by LINE or telephone, to callers who ask; needs `flask --app app restock`"""
    lasting_secret: str = field(default="", repr=False)
    """SECRET_KEY if it was given, and so outlives a restart; signs stored files"""
    insecure: bool = False
    """channels without a secret answer this machine under gunicorn too
    (docs/decisions/trying-out.md)"""
    sip: SipSettings = field(default_factory=SipSettings)
    """SIP_…, STT_URI and TTS_URI: the SIP line"""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read `environment`; SettingError names every setting that makes no sense."""
        given = {name: value for name in _NAMES if (value := environment.get(name, "").strip())}
        values: dict[str, object] = {}
        problems = []
        for name, value in given.items():
            read, wanted = _READERS.get(name, (str, ""))
            try:
                values[name.lower()] = read(value)
            except ValueError:
                hidden = name in _FIELDS and not _FIELDS[name].repr
                problems.append(f"{name}: {wanted}" if hidden else f"{name}={value!r}: {wanted}")
        for name in _OF_GUNICORN:
            values.pop(name.lower(), None)
        problems += _together(given)
        told = {name: values.pop(name.lower()) for name in _OF_SIP if name.lower() in values}
        values["sip"] = SipSettings(**{_OF_SIP[name]: told[name] for name in told})  # type: ignore[arg-type]
        if problems:
            raise SettingError("; ".join(problems))
        if environment.get(MADE) != given.get("SECRET_KEY") or MADE not in environment:
            values["lasting_secret"] = given.get("SECRET_KEY", "")
        values.setdefault("secret_key", secrets.token_urlsafe(32))
        # The table reads each as its field wants it.
        return cls(**values)  # type: ignore[arg-type]


def weakness_of(secret: str) -> str:
    """Why `secret` is weak; "" where it is not."""
    if _PLACEHOLDER.search(secret):
        return "it is the placeholder of an example"
    if len(secret) < SECRET_LENGTH or len(set(secret)) < SECRET_LENGTH // 2:
        return f"it can be guessed; give at least {SECRET_LENGTH} random characters"
    return ""


def _together(given: Mapping[str, str]) -> list[str]:
    """Faults in combinations of settings."""
    problems = []
    if given.get("NLU") and not given.get("DIALOGFLOW_PROJECT"):
        problems.append("NLU=dialogflow wants DIALOGFLOW_PROJECT, the agent's Google project")
    if given.get("LINE_CHANNEL_SECRET") and not given.get("LINE_CHANNEL_TOKEN"):
        problems.append("LINE_CHANNEL_SECRET wants LINE_CHANNEL_TOKEN, by which LINE is answered")
    if given.get("SIP_TRUNK") and not given.get("SIP_USER"):
        problems.append("SIP_TRUNK wants SIP_USER, and most providers SIP_PASSWORD")
    secret = given.get("SECRET_KEY", "")
    if given.get("MEMORY") == "on" and not secret:
        problems.append("MEMORY=on wants SECRET_KEY: with a new key at each start all is lost")
    if given.get("RESTOCK") == "on" and not secret:
        problems.append("RESTOCK=on wants SECRET_KEY: with a new key at each start all is lost")
    if given.get("REDIS_URL") and not secret:
        problems.append("REDIS_URL wants SECRET_KEY, the same on every host: it signs what is kept")
    served = [name for name in ("PUBLIC_URL", "REDIS_URL") if given.get(name)]
    if secret and served and (weak := weakness_of(secret)):
        made = "python3 -c 'import secrets; print(secrets.token_urlsafe(32))' makes one"
        problems.append(f"SECRET_KEY: {weak} (because {served[0]} is set); {made}")
    return problems


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not least <= int(value[:9]) <= most:
            raise ValueError
        return int(value)

    return read


def _begins(*starts: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if not value.startswith(starts):
            raise ValueError
        return value.rstrip("/")

    return read


def _public_url(value: str) -> str:
    if len(value) > PUBLIC_URL_LIMIT:
        raise ValueError
    return _begins("https://", "http://")(value)


def _redis(value: str) -> str:
    read = _begins("redis://", "rediss://", "unix://", SENTINEL)(value)
    if read.startswith(SENTINEL):
        parse_sentinels(read)
    return read


def _like(pattern: str | re.Pattern[str]) -> Callable[[str], str]:
    def read(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError
        return value

    return read


def _on(*words: str) -> Callable[[str], bool]:
    """`words`: first the one that means yes."""
    return lambda value: _like("|".join(words))(value) == words[0]


_WYOMING = "give Wyoming servers, tcp://host:port, parted by commas"

_READERS: dict[str, tuple[Callable[[str], object], str]] = {
    "FEED_SECONDS": (_whole(5, 86_400), "give whole seconds from 5 to 86400"),
    "PUBLIC_URL": (
        _public_url,
        f"give it with https://, at most {PUBLIC_URL_LIMIT} characters",
    ),
    "CALLER_ID": (_like(r"\+?\d+"), "give a number such as +886227653147"),
    "LINE_API_URL": (
        _begins("https://", "http://127.0.0.1:", "http://localhost:"),
        "give it with https://, or one of this machine with http://",
    ),
    "NLU": (_like("dialogflow"), "give dialogflow, or leave it out"),
    "TRUSTED_PROXIES": (_whole(0, _MOST_PROXIES), f"give a number from 0 to {_MOST_PROXIES}"),
    "REDIS_URL": (
        _redis,
        "give redis://, rediss://, unix://, or sentinel://host:port,host:port/name",
    ),
    "MEMORY": (_on("on", "off"), "give on or off"),
    "RESTOCK": (_on("on", "off"), "give on or off"),
    "INSECURE": (_on("yes", "no"), "give yes or no"),
    "WEB_CONCURRENCY": (_whole(1, 256), "give the number of workers, from 1 to 256"),
    "BIND": (
        _like(r"unix:.+|.+:[0-9]{1,5}"),
        "give an address and a port, as 127.0.0.1:8000",
    ),
    "SIP_ALLOW": (parse_networks, "give addresses and networks, parted by commas"),
    "SIP_CALLS": (_whole(1, 500), "give a whole number from 1 to 500"),
    "SIP_MINUTES": (_whole(1, 240), "give a whole number from 1 to 240"),
    "SIP_PORTS": (parse_ports, "give two ports, such as 20000-20999"),
    "SIP_TRANSFER": (
        _like(r"[A-Za-z0-9.-]+(:\d{1,5})?"),
        "give a host, or host:port",
    ),
    "SIP_TRUNK": (_like(TRUNK), "give a host, host:port or host:port;transport=tcp"),
    "STT_URI": (parse_uris, _WYOMING),
    "TTS_URI": (parse_uris, _WYOMING),
}
"""Name → (reader, which raises ValueError; the remedy). The others are taken as they stand."""

_FIELDS = {
    one.name.upper(): one for one in fields(Settings) if one.name not in ("lasting_secret", "sip")
}
_OF_SIP = {
    "SIP_ALLOW": "allow",
    "SIP_CALLS": "calls",
    "SIP_MINUTES": "minutes",
    "SIP_PORTS": "ports",
    "SIP_TRANSFER": "transfer",
    "SIP_TRUNK": "trunk",
    "SIP_USER": "user",
    "SIP_PASSWORD": "password",
    "STT_URI": "recognisers",
    "TTS_URI": "voices",
}
"""Name → field of `SipSettings`."""

_NAMES = (*_FIELDS, *_OF_SIP, *_OF_GUNICORN)
