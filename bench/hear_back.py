"""The line's answers, as the caller heard them, written down by the same recogniser."""

import re
from collections.abc import Sequence

from bench.hear_call import Asked, KeepingEar
from shared import outcomes as o
from shared.phonetics.pronunciations import fold_all, read
from shared.speech.numbers import say_number
from shared.speech.voices import voice_of

LOCALE = "zh-TW"


async def came_back(done: Sequence[Asked], ear: KeepingEar) -> None:
    """Print how many places, pharmacies and counts came back. Only answers that name all three."""
    counted = {"place": [0, 0], "pharmacy": [0, 0], "number": [0, 0]}
    answers = 0
    for one in done:
        told = one.reply.outcomes[0] if one.reply else None
        if not isinstance(told, o.Found) or not one.answer or one.reply is None:
            continue
        answers += 1
        text = await ear.write_down(one.answer, LOCALE)
        print(f"   {one.question.number:2} {one.reply.text[:60]}… → {text}")
        district = told.pharmacy.district.name
        for kind, is_there in (
            ("place", _alike(district, text)),
            ("pharmacy", any(_alike(name, text) for name in _names(told))),
            ("number", _has_number(told.counts[0].left, text)),
        ):
            counted[kind][0] += is_there
    for kind, (right, _) in counted.items():
        print(f"came back by sound: {kind:10} {right:3} of {answers}")


def _names(told: o.Found) -> tuple[str, ...]:
    return voice_of(LOCALE).names(told.pharmacy.name, told.pharmacy.district.name)


def _alike(name: str, text: str) -> bool:
    """Whether the syllables of `name` stand in `text`, tones and what accents confuse aside."""
    wanted, heard = fold_all(read(name)), fold_all(read(text, 400))
    size = len(wanted)
    return any(heard[at : at + size] == wanted for at in range(len(heard) - size + 1))


def _has_number(left: int | None, text: str) -> bool:
    if left is None:
        return True
    digits = re.findall(r"\d+", text.replace(",", ""))
    return str(left) in digits or _alike(say_number(left), text)
