"""A conversation that answers as it is told and remembers what it was asked."""

from dataclasses import dataclass, field

from shared.dialog.values import Channel, Reply, State, Utterance
from shared.outcomes import Help


@dataclass
class FakeConversation:
    """Stands where `conversation.service.Conversation` stands."""

    reply: Reply = field(default_factory=lambda: Reply((Help(),), "請問您要找哪一區？", digits=3))
    state: State = field(default_factory=lambda: State(place="台北市大安區"))
    fault: Exception | None = None
    asked: list[tuple[State | None, Utterance, Channel]] = field(default_factory=list)

    def take(self, state: State | None, turn: Utterance, channel: Channel) -> tuple[State, Reply]:
        self.asked.append((state, turn, channel))
        if self.fault:
            raise self.fault
        return self.state, self.reply

    @property
    def last_state(self) -> State | None:
        return self.asked[-1][0]

    @property
    def last_turn(self) -> Utterance:
        return self.asked[-1][1]
