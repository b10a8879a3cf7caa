"""What comparing commands by sound and by letter has in common."""

from collections.abc import Iterator
from dataclasses import dataclass

from intents.contract import Sentences, normal
from intents.templates import slots_of
from shared.dialog.values import Intent

# Names of a product that are tried inside sentences; the others are near enough to these.
_PRODUCT_NAMES = 3


@dataclass(frozen=True, slots=True)
class Command:
    """A command that may have been meant."""

    intent: Intent | None
    """None: words were heard, but none that mean anything (喂, 你好)"""
    sentence: str
    """the sentence it is like"""
    score: float
    """1 the same, 0 nothing of it; see `nlu.understand` for what is believed"""
    cost: float = 0.0
    """what was not explained, in syllables"""
    lead: float = 1.0
    """how much less that is than for any other intent; at most 1"""


NOTHING = Command(None, "", 1.0)


def close(text: str) -> str:
    """`text` in its normal form without spaces."""
    return normal(text).replace(" ", "")


def plain_sentences(data: Sentences) -> dict[str, Intent]:
    """Every sentence that names no place → its intent.

    Products are filled in, but what a command says in the same words (「小孩口罩」) stays with it.
    """
    expanded = {Intent(name): texts for name, texts in data.expanded().items()}
    found = {
        text: intent for intent, texts in expanded.items() for text in texts if not slots_of(text)
    }
    for intent, texts in expanded.items():
        for text in texts:
            if set(slots_of(text)) == {"product"}:
                for names in data.products.values():
                    for name in names[:_PRODUCT_NAMES]:
                        found.setdefault(text.replace("{product}", name), intent)
    return found


def stripped(text: str, ignored: tuple[str, ...], gap: str) -> Iterator[str]:
    """`text`, and after each step what is left without one more of the ignored words around it.

    `gap` stands between words. The last may be "".
    """
    yield text
    changed = True
    while changed and text:
        changed = False
        if not gap and not text.startswith(ignored) and not text.endswith(ignored):
            return  # as nearly always; quicker than to try each word
        for word in ignored:
            if text == word:
                text = ""
            elif text.startswith(word + gap):
                text = text[len(word + gap) :]
            elif text.endswith(gap + word):
                text = text[: -len(gap + word)]
            else:
                continue
            changed = True
            yield text
