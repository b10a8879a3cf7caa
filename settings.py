"""Settings: read once from the environment, each with a working default."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from shared.errors import SettingError

_MOST_PROXIES = 9


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator may set; README.md lists them with what they do."""

    feed_url: str = ""
    """"" for the demo feed; a URL is live, a path without scheme is a recording"""
    feed_seconds: int = 30
    hours_url: str = ""
    locations_url: str = ""
    data_dir: str = "var"
    public_url: str = ""
    """as the platforms call it: https://line.example.tw"""
    secret_key: str = ""
    twilio_auth_token: str = ""
    caller_id: str = ""
    """a Taiwanese number (+886…) of the Twilio account; "" makes no transfers"""
    alexa_skill_id: str = ""
    dialogflow_token: str = ""
    line_channel_secret: str = ""
    """of the LINE channel; "" answers this machine only"""
    line_channel_token: str = ""
    """of the LINE channel, for its answers"""
    operator_number: str = "1922"
    nlu: str = ""
    """dialogflow: sentences that are not understood here are put to that agent"""
    dialogflow_project: str = ""
    """Google Cloud project of the agent"""
    trusted_proxies: int = 0
    """proxies in front of this server that write X-Forwarded-For; the caller stands before them"""
    redis_url: str = ""
    """what several hosts share: the snapshot, the memory, the limits; "" for one host alone"""
    operator_password: str = ""
    """opens /operator from elsewhere; "" serves it to this machine only"""
    memory: bool = False
    """remember the last district of a telephone, for 「和上次一樣」"""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read `environment`; SettingError names every setting that makes no sense."""
        get = environment.get
        problems = []
        seconds = get("FEED_SECONDS", "30")
        if not seconds.isdigit() or not 5 <= int(seconds) <= 86_400:
            problems.append(f"FEED_SECONDS={seconds!r}: give whole seconds from 5 to 86400")
        public_url = get("PUBLIC_URL", "").rstrip("/")
        if public_url and not public_url.startswith(("https://", "http://")):
            problems.append(f"PUBLIC_URL={public_url!r}: give it with https://")
        caller_id = get("CALLER_ID", "")
        if caller_id and not caller_id.removeprefix("+").isdigit():
            problems.append("CALLER_ID: give a number such as +886227653147")
        nlu = get("NLU", "")
        if nlu not in ("", "dialogflow"):
            problems.append(f"NLU={nlu!r}: give dialogflow, or leave it out")
        if nlu and not get("DIALOGFLOW_PROJECT", ""):
            problems.append("NLU=dialogflow wants DIALOGFLOW_PROJECT, the agent's Google project")
        if get("MEMORY", "") not in ("", "on", "off"):
            problems.append("MEMORY: give on or off")
        if get("MEMORY", "") == "on" and not get("SECRET_KEY", ""):
            problems.append("MEMORY=on wants SECRET_KEY: with a new key at each start all is lost")
        if get("LINE_CHANNEL_SECRET", "") and not get("LINE_CHANNEL_TOKEN", ""):
            problems.append(
                "LINE_CHANNEL_SECRET wants LINE_CHANNEL_TOKEN, by which LINE is answered"
            )
        proxies = get("TRUSTED_PROXIES", "") or "0"
        if not proxies.isascii() or not proxies.isdigit() or int(proxies) > _MOST_PROXIES:
            problems.append(f"TRUSTED_PROXIES={proxies!r}: give a number from 0 to {_MOST_PROXIES}")
        redis_url = get("REDIS_URL", "")
        if redis_url and not redis_url.startswith(("redis://", "rediss://", "unix://")):
            problems.append("REDIS_URL: give it with redis://, rediss:// or unix://")
        if problems:
            raise SettingError("; ".join(problems))
        return cls(
            feed_url=get("FEED_URL", ""),
            feed_seconds=int(seconds),
            hours_url=get("HOURS_URL", ""),
            locations_url=get("LOCATIONS_URL", ""),
            data_dir=get("DATA_DIR", "") or "var",
            public_url=public_url,
            secret_key=get("SECRET_KEY", "") or secrets.token_urlsafe(32),
            twilio_auth_token=get("TWILIO_AUTH_TOKEN", ""),
            caller_id=caller_id,
            alexa_skill_id=get("ALEXA_SKILL_ID", ""),
            dialogflow_token=get("DIALOGFLOW_TOKEN", ""),
            line_channel_secret=get("LINE_CHANNEL_SECRET", ""),
            line_channel_token=get("LINE_CHANNEL_TOKEN", ""),
            operator_number=get("OPERATOR_NUMBER", "") or "1922",
            nlu=nlu,
            dialogflow_project=get("DIALOGFLOW_PROJECT", ""),
            trusted_proxies=int(proxies),
            redis_url=redis_url,
            operator_password=get("OPERATOR_PASSWORD", ""),
            memory=get("MEMORY", "") == "on",
        )
