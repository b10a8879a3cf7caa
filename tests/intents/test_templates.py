"""Templates expand as hassil expands them, and their faults are named."""

import pytest
from hassil import parse_sentence, sample_expression

from intents.contract import LOCALES, sentences
from intents.templates import expand, split
from shared.errors import DataError

EXPANSIONS = [
    ("再說一次", {"再說一次"}),
    ("(下|上)一家", {"下一家", "上一家"}),
    ("[請]說", {"說", "請說"}),
    ("[請|你]說", {"說", "請說", "你說"}),
    ("[you] say [it] again", {"say again", "you say again", "say it again", "you say it again"}),
    ("(a|(b|c) d)", {"a", "b d", "c d"}),
    ("{district}的[{pharmacy}]", {"{district}的", "{district}的{pharmacy}"}),
    ("<it>呢", {"這家呢", "那家呢"}),
]


@pytest.mark.parametrize(("template", "texts"), EXPANSIONS)
def test_a_template_stands_for_these_sentences(template: str, texts: set[str]) -> None:
    """Alternatives, optional parts, slots and rules are all written out, each sentence once."""
    expanded = expand(template, {"it": "(這家|那家)"})
    assert set(expanded) == texts
    assert len(expanded) == len(texts)


@pytest.mark.parametrize("locale", LOCALES)
def test_hassil_reads_our_templates_in_the_same_way(locale: str) -> None:
    """For every template without slots or rules, hassil's own sampler gives the same sentences."""
    for templates in sentences(locale).templates.values():
        for template in (text for text in templates if "{" not in text and "<" not in text):
            theirs = sample_expression(parse_sentence(template).expression)
            assert {" ".join(text.split()) for text in theirs} == set(expand(template, {}))


@pytest.mark.parametrize("template", ["(a|b", "a)", "[a", "a]", "<nobody>", "{a", "a}", "<a"])
def test_a_fault_is_named(template: str) -> None:
    """A template that cannot be read raises one DataError that shows it."""
    with pytest.raises(DataError):
        expand(template, {})


def test_a_sentence_splits_into_words_and_slots() -> None:
    """Exporters see what is said and what is filled in, in order, and nothing empty."""
    assert split("去{district}的{pharmacy}") == (
        ("去", ""),
        ("", "district"),
        ("的", ""),
        ("", "pharmacy"),
    )
