"""What a recogniser writes for silence, and pieces of it."""

import random

import pytest
from rapidfuzz import fuzz

from intents.contract import LOCALES, normal, sentences
from nlu.noise import ALIKE, LEAST_CHARACTERS, is_noise
from nlu.understand import understand
from shared.dialog.acts import Intent
from shared.dialog.values import State, Utterance
from shared.names.index import index_of
from tests.small_world import CATALOG


@pytest.mark.parametrize("locale", LOCALES)
def test_noise_is_what_is_nearly_a_piece_of_a_phrase(locale: str) -> None:
    """The phrases are not asked one by one, and none is missed by that: pieces with a letter more,
    less or another are noise just where the ratio to a phrase that is long enough says so."""
    phrases = [normal(one).replace(" ", "") for one in sentences(locale).noise]
    chance = random.Random(7)  # noqa: S311  no secret
    for _ in range(2000):
        text = _misheard(chance.choice(phrases), chance)
        long_enough = [one for one in phrases if len(text) <= len(one) + 2]
        alike = any(fuzz.partial_ratio(text, one, score_cutoff=ALIKE) for one in long_enough)
        assert is_noise(text, locale) == (alike and len(text) >= LEAST_CHARACTERS), text


def _misheard(phrase: str, chance: random.Random) -> str:
    first = chance.randrange(len(phrase) - 2)
    letters = list(phrase[first : chance.randint(first + 3, len(phrase))])
    for _ in range(chance.randint(0, 3)):
        at = chance.randrange(len(letters))
        letters[at : at + chance.randint(0, 1)] = chance.choice(["", "某", chance.choice(phrase)])
    return "".join(letters) or "某"


@pytest.mark.parametrize("text", ["謝謝你齁", "謝謝你吼。", "好 謝謝你齁"])
def test_a_particle_that_is_rarely_written_ends_a_sentence_as_others_do(text: str) -> None:
    """Whoever thanks so ends the call, as with 「謝謝你喔」."""
    acts = understand(Utterance(text=text), State(), index_of(CATALOG)).acts
    assert [act.intent for act in acts] == [Intent.STOP]
