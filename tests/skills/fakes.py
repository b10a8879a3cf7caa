"""A conversation that answers without understanding anything."""

from shared.dialog.values import Channel, Reply, State, Utterance
from shared.outcomes import AskPlace, Outcome


class FakeConversation:
    """Takes turns like `conversation.service.Conversation`, and keeps them."""

    def __init__(self, outcome: Outcome | None = None, text: str = "Which district?") -> None:
        self.turns: list[Utterance] = []
        self.states: list[State | None] = []
        self.channels: list[Channel] = []
        self.reply = Reply((outcome or AskPlace(),), text, prompt=text, locale="en-US")
        self.fails = False
        self.left: list[str] = []

    def take(self, state: State | None, turn: Utterance, channel: Channel) -> tuple[State, Reply]:
        """The same reply to everything; RuntimeError where `fails` is set."""
        if self.fails:
            raise RuntimeError("the conversation broke")
        self.turns.append(turn)
        self.states.append(state)
        self.channels.append(channel)
        return State(locale=turn.locale, seed=7, unheard=len(self.turns)), self.reply

    def leave(self, person: str, _: Channel) -> None:
        """Keeps who left."""
        self.left.append(person)
