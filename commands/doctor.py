"""`flask --app app doctor`: checks the installation; a line for each finding, with its remedy."""

import sys
from collections.abc import Iterator, Sequence

import click
from flask import Flask

from commands.common import plainly
from commands.doctor_sip import registration_of, sound_of
from commands.reach import Diagnosis, clock_by, data_dir_of, public_url_of, redis_of
from ivr.dialling import telephone_channel
from settings import Settings, weakness_of
from shared.errors import MaskLineError
from shared.feed.load import load_extras
from shared.feed.report import report_on
from shared.query.age import SAID_AFTER
from web.channels import HttpChannel


def register(app: Flask, settings: Settings) -> None:
    """doctor."""

    @app.cli.command("doctor")
    @plainly
    def doctor() -> None:
        """Check settings, feed, disk, Redis, clock and public address; exit 1 on a ✘."""
        ill = False
        for finding in examine(settings, app.extensions["channels"]):
            click.echo(str(finding))
            ill = ill or finding.well is False
        sys.exit(1 if ill else 0)


def examine(settings: Settings, channels: Sequence[HttpChannel]) -> Iterator[Diagnosis]:
    """All findings, in the order in which faults are best mended."""
    yield from secrets_of(settings, channels)
    yield from feed_of(settings)
    yield data_dir_of(settings.data_dir)
    yield redis_of(settings.redis_url)
    yield from public_url_of(settings)
    yield from transfers_of(settings)
    yield memory_of(settings.memory)
    yield from sound_of(settings.sip)
    yield from registration_of(settings.sip)


def secrets_of(settings: Settings, channels: Sequence[HttpChannel] = ()) -> Iterator[Diagnosis]:
    """The secrets of the channels, the operator's password, and SECRET_KEY."""
    for channel in (one for one in channels if one.opened_by):
        if channel.opened:
            yield Diagnosis(True, f"{channel.opened_by} is set")
        else:
            whom = "nobody" if settings.public_url else "this machine only"
            todo = f"{channel.title} is answered to {whom} (docs/{channel.name}.md)"
            yield Diagnosis(None, f"{channel.opened_by} is not set", todo)
    if settings.operator_password:
        yield Diagnosis(True, "OPERATOR_PASSWORD is set")
    else:
        yield Diagnosis(
            None, "OPERATOR_PASSWORD is not set", "/operator opens on this machine only"
        )
    if secret := settings.lasting_secret:
        weak = weakness_of(secret)
        yield Diagnosis(not weak, "SECRET_KEY is weak" if weak else "SECRET_KEY is set", weak)
        return
    served = bool(settings.public_url or settings.redis_url)
    todo = "a restart loses all calls, and hosts do not understand each other's; set a long random"
    yield Diagnosis(
        False if served else None, "SECRET_KEY is not set", f"{todo} text on every host"
    )


def feed_of(settings: Settings) -> Iterator[Diagnosis]:
    """Whether the feed can be fetched and parsed, its age, and the files of hours and
    coordinates."""
    if not settings.feed_url:
        yield Diagnosis(None, "FEED_URL is not set", "invented pharmacies are told; set the feed")
    else:
        try:
            report = report_on(settings.feed_url)
        except MaskLineError as problem:
            yield Diagnosis(False, f"FEED_URL: {problem}", "try `flask --app app feed check` on it")
        else:
            snapshot = report.parsed.snapshot
            count = len(snapshot.catalog.pharmacies)
            age = report.read - snapshot.source_time
            old = not snapshot.recorded and age > SAID_AFTER
            told = f"FEED_URL: {count:,} pharmacies, counted {snapshot.source_time:%Y-%m-%d %H:%M}"
            todo = "older than 30 minutes, which callers are told; ask the publisher" if old else ""
            yield Diagnosis(not old, told, todo)
        yield from clock_by(settings.feed_url)
    for name, hours, locations in (
        ("HOURS_URL", settings.hours_url, ""),
        ("LOCATIONS_URL", "", settings.locations_url),
    ):
        if not hours and not locations:
            yield Diagnosis(None, f"{name} is not set", "callers are told less")
            continue
        try:
            extras = load_extras(hours, locations)
        except MaskLineError as problem:
            yield Diagnosis(False, f"{name}: {problem}", "open the address in a browser")
        else:
            rows = len(extras.hours) + len(extras.locations)
            yield Diagnosis(rows > 0, f"{name}: {rows:,} rows", "" if rows else "it holds none")


def transfers_of(settings: Settings) -> Iterator[Diagnosis]:
    """Whether callers can be connected to a person."""
    caller_id, operator = settings.caller_id, settings.operator_number
    channel = telephone_channel("twilio", settings)
    if not caller_id:
        yield Diagnosis(None, "CALLER_ID is not set", "callers are told numbers, not connected")
    elif not channel.dials_pharmacies:
        yield Diagnosis(False, "CALLER_ID is not Taiwanese", "nobody is connected; give +886…")
    elif not channel.dials:
        todo = "Twilio cannot ring it, so it is told; give a full number to connect callers"
        yield Diagnosis(None, f"OPERATOR_NUMBER {operator}", todo)
    else:
        yield Diagnosis(True, f"CALLER_ID and OPERATOR_NUMBER {operator}: callers are connected")


def memory_of(on: bool) -> Diagnosis:
    """Whether districts are remembered."""
    if on:
        return Diagnosis(True, "MEMORY is on", "announce it to callers (docs/privacy.md)")
    return Diagnosis(None, "MEMORY is off", "nothing is kept of a caller")
