"""The `flask` commands. They load their own snapshot and start no poller."""

from flask import Flask

from commands import asking, calling, doctor, notes, operating, probe, telephone, waiting
from settings import Settings


def register(app: Flask, settings: Settings) -> None:
    """Hang the commands on `app`."""
    asking.register(app, settings)
    calling.register(app, settings)
    operating.register(app, settings)
    doctor.register(app, settings)
    telephone.register(app, settings)
    probe.register(app, settings)
    notes.register(app, settings)
    waiting.register(app, settings)
