"""`sip`, `assist`, `restock`: what serves beside the web server, until SIGTERM."""

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
from sip import service
from sip.settings import parse_bind
from skills.assist.server import serve
from telemetry.recorder import Recorder


def register(app: Flask, settings: Settings) -> None:
    """sip, assist, restock."""
    feed: Feed = app.extensions["feed"]
    telemetry: Recorder = app.extensions["telemetry"]

    @app.cli.command("sip")
    @click.option("--bind", default="127.0.0.1:5060", show_default=True, help="address:port, UDP")
    @click.option("--metrics", default=0, help="port on this machine for Prometheus; 0: none")
    @plainly
    def sip(bind: str, metrics: int) -> None:
        """Take real calls: SIP and RTP, with sound; until SIGTERM."""
        logging.getLogger().setLevel(logging.INFO)
        feed.ensure_started()
        telemetry.buffer.ensure_started()
        line = service.built(
            settings.sip.bound(*parse_bind(bind), settings.operator_number),
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

    @app.cli.command("assist")
    @click.option("--uri", default="tcp://127.0.0.1:10400", show_default=True)
    @click.option("--announce/--quiet", default=True, help="let the network find it (mDNS)")
    @plainly
    def assist(uri: str, announce: bool) -> None:
        """Serve Home Assistant's Assist over the Wyoming protocol."""
        feed.ensure_started()
        telemetry.buffer.ensure_started()
        conversation = app.extensions["conversation"]
        asyncio.run(serve(uri, conversation, settings.operator_number, announce=announce))

    @app.cli.command("restock")
    @plainly
    def restock() -> None:
        """Tell those who wait for a restock; until SIGTERM, beside the server."""
        if not settings.restock:
            raise SettingError("RESTOCK=on is not set: nobody can ask to be told")
        logging.getLogger().setLevel(logging.INFO)
        feed.ensure_started()
        deliver(app)


def deliver(app: Flask) -> None:
    """Deliver restock messages by the channels that can, until SIGTERM."""
    ways = {one.name: one.tell() for one in app.extensions["channels"] if one.tell}
    app.extensions["restock"].work(ways, app.extensions["feed"].current)
