"""The check of the sentences finds each kind of fault."""

import pytest

from checks.sentences import check_locale, check_texts, wordless
from shared.speech.texts import texts


def test_the_sentences_have_no_fault() -> None:
    """In any locale."""
    assert check_texts() == []


def test_every_outcome_has_words() -> None:
    """An outcome without a sentence would leave the caller with silence."""
    assert wordless() == []


@pytest.mark.parametrize(
    ("locale", "key", "sentences", "fault"),
    [
        ("zh-TW", "help", None, "help is missing"),
        ("zh-TW", "hlep", ("您好",), "hlep is never said"),
        ("en-US", "phone", ("{name}: {fone}.",), "unknown blank {fone}"),
        ("zh-TW", "phone", ("電話，{phone}。",), "blank {name} is not used"),
        ("zh-TW", "phone", ("{name}的電話，{phone。",), "bracket"),
        ("zh-TW", "help", ("請按1。",), "digits"),
        ("zh-TW", "help", ("請說help。",), "in Chinese"),
        ("zh-TW", "help", ("我給您發短信。",), "say not 短信"),
        ("zh-TW", "help", ("查詢結果如下。",), "say not 查詢結果"),
        ("zh-TW", "help", ("請" * 61,), "longer than 60"),
        ("zh-TW", "again", ("再說一次。",), "needs 2 sentences"),
        ("zh-TW", "again", ("再說一次。", "再說一次。"), "says the same twice"),
        ("en-US", "help", (" ",), "is empty"),
        ("en-US", "help", None, "help is missing"),
        ("ja-JP", "phone", ("{nmae}",), "unknown blank {nmae}"),
    ],
)
def test_each_fault_is_named(
    locale: str, key: str, sentences: tuple[str, ...] | None, fault: str
) -> None:
    """With its file, key and sentence, so that a translator can mend it."""
    lines = dict(texts(locale))
    if sentences is None:
        del lines[key]
    else:
        lines[key] = sentences
    (found,) = check_locale(locale, lines)
    assert found.startswith(f"{locale}.yaml: {key}")
    assert fault in found


def test_all_faults_are_listed_at_once() -> None:
    """Not only the first."""
    lines = {key: value for key, value in texts("en-US").items() if key not in ("help", "phone")}
    assert len(check_locale("en-US", lines | {"odd": ("x",)})) == 3
