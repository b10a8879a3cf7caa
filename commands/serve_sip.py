"""`flask --app app sip`: the SIP line; `sounds`: its sound pack."""

import asyncio
import logging
from pathlib import Path

import click
from flask import Flask
from prometheus_client import start_http_server

from commands.common import plainly
from settings import Settings
from shared.errors import SettingError
from shared.feed.poll import Feed
from sip import clips, service
from sip.settings import SipSettings, parse_bind
from telemetry.recorder import Recorder


def register(app: Flask, settings: Settings) -> None:
    """sip and sounds."""

    @app.cli.command("sounds")
    @click.option("--check", is_flag=True, help="hold the pack against the sentences instead")
    @plainly
    def sounds(check: bool) -> None:
        """What the sound pack says, a text a line: for `make sounds`."""
        if not check:
            for text in clips.wanted():
                click.echo(text)
            return
        if faults := clips.faults():
            raise SettingError("; ".join(faults))
        made, wanted = clips.coverage()
        click.echo(f"sound pack: {made} of {wanted} clips; what is missing is told another way")

    @app.cli.command("sip")
    @click.option("--bind", default="127.0.0.1:5060", show_default=True, help="address:port, UDP")
    @click.option("--metrics", default=0, help="port on this machine for Prometheus; 0: none")
    @plainly
    def sip(bind: str, metrics: int) -> None:
        """Take real calls: SIP and RTP, with sound; until SIGTERM."""
        logging.getLogger().setLevel(logging.INFO)
        feed: Feed = app.extensions["feed"]
        telemetry: Recorder = app.extensions["telemetry"]
        feed.ensure_started()
        telemetry.buffer.ensure_started()
        line = service.built(
            sip_settings(settings, bind),
            app.extensions["conversation"],
            feed.current,
            Path(settings.data_dir),
            telemetry.telephone,
        )
        if metrics:
            start_http_server(metrics, "127.0.0.1", registry=telemetry.metrics.own)
        try:
            asyncio.run(service.serve(line))
        except OSError as problem:
            raise SettingError(f"--bind {bind}: {problem.strerror}") from problem
        finally:
            telemetry.buffer.stop()


def sip_settings(settings: Settings, bind: str) -> SipSettings:
    """The line's settings out of all; SettingError for what makes no sense."""
    host, port = parse_bind(bind)
    return settings.sip.bound(host, port, settings.operator_number)
