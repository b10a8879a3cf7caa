"""The `flask` commands. They load their own snapshot and start no poller."""

from flask import Flask

from commands import asking, calling, doctor, operating, probing, serving
from settings import Settings


def register(app: Flask, settings: Settings) -> None:
    """Hang the commands on `app`."""
    for module in (asking, calling, operating, doctor, serving, probing):
        module.register(app, settings)
