"""`flask --app app dialogflow push`: the agent, restored from the sentences."""

import click
from flask import Flask

from commands.common import feed_option, plainly, snapshot_of
from intents.export.dialogflow import agent_zip
from settings import Settings
from shared.errors import SettingError


def register(app: Flask, settings: Settings) -> None:
    """dialogflow push."""

    @app.cli.group("dialogflow")
    def dialogflow() -> None:
        """The Dialogflow agent."""

    @dialogflow.command("push")
    @click.option("--project", default=settings.dialogflow_project, help="Google Cloud project")
    @feed_option
    @plainly
    def push_agent(project: str, source: str) -> None:
        """Restore the whole agent from the sentences; wants Google credentials."""
        if not project:
            raise SettingError("give --project, or set DIALOGFLOW_PROJECT")
        from skills.dialogflow.push import push  # Google's client is large

        push(agent_zip(snapshot_of(source, settings).catalog, settings.public_url), project)
        click.echo(f"the agent of {project} was restored")
