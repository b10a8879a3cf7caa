"""The `flask` commands. They load their own snapshot and start no poller."""

from flask import Flask

from commands import (
    asking,
    calling,
    doctor,
    notes,
    operating,
    probing,
    serve_sip,
    uploading,
    waiting,
)
from settings import Settings

_MODULES = (asking, calling, operating, doctor, serve_sip, probing, notes, waiting, uploading)


def register(app: Flask, settings: Settings) -> None:
    """Hang the commands on `app`."""
    for module in _MODULES:
        module.register(app, settings)
