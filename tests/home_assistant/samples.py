"""Home Assistant's own sentences in zh-TW, as a house with lamps and rooms would say them."""

from collections.abc import Iterator

from hassil.intents import Intents, TextSlotList
from hassil.sample import sample_expression

MOST = 6
"""Of one template: 「打開{name}」 with all its ways of asking kindly has thousands."""

HOUSE = {
    "name": ("客廳燈", "臥室燈", "電風扇", "窗簾", "前門"),
    "area": ("客廳", "臥室", "廚房"),
    "floor": ("一樓", "二樓"),
}


def samples(builtin: dict[str, object]) -> Iterator[str]:
    """Each template of `builtin` (a file of home-assistant-intents), up to MOST ways."""
    intents = Intents.from_dict(builtin)
    lists = {name: TextSlotList.from_strings(values) for name, values in HOUSE.items()}
    for intent in intents.intents.values():
        for data in intent.data:
            for sentence in data.sentences:
                rules = {**intents.expansion_rules, **data.expansion_rules}
                said = sample_expression(sentence, {**intents.slot_lists, **lists}, rules)
                for _, text in zip(range(MOST), said, strict=False):
                    yield text.strip()
