"""The `flask` commands. They load their own snapshot and start no poller."""

from flask import Flask

from commands import asking, calling, doctor, notes, operating, probing, serve_sip, waiting
from settings import Settings


def register(app: Flask, settings: Settings) -> None:
    """Hang the commands on `app`."""
    asking.register(app, settings)
    calling.register(app, settings)
    operating.register(app, settings)
    doctor.register(app, settings)
    serve_sip.register(app, settings)
    probing.register(app, settings)
    notes.register(app, settings)
    waiting.register(app, settings)
