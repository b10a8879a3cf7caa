"""The only place where real things are built: settings, feed, conversation, channels."""

import logging
import os
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Flask

import commands
from settings import Settings

TAIPEI = ZoneInfo("Asia/Taipei")


def create_app(settings: Settings | None = None) -> Flask:
    """The whole service. `settings` None reads the environment."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    settings = settings or Settings.from_environment(os.environ)
    app = Flask(__name__, static_folder=None)
    commands.register(app, settings)
    return app


def taipei_now() -> datetime:
    """The time in Taiwan, aware."""
    return datetime.now(TAIPEI)
