"""Replies → TwiML, within Twilio's limits."""

import re
from dataclasses import replace
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.twiml import Links, render, render_last
from ivr.voices import all_voices
from shared.dialog.values import Reply
from shared.outcomes import Goodbye, Help, ToPerson
from tests.ivr.caller import Answer

LINKS = Links("/ivr/turn?state=s", "/ivr/dialled?state=s")

QUESTION = Reply(Help(), "請問您要找哪一區？", digits=3)
ANSWER = Reply(Help(), "台北市大安區，信義藥局，成人口罩兩百零五片。", digits=1)
RINGING = Reply(ToPerson("0289781234", True), "馬上為您轉接。", listens=False, rings="0289781234")
GOODBYE = Reply(Goodbye(), "謝謝您，再見。", listens=False)


def _rendered(reply: Reply, hints: str = "大安區,信義區", after_code: bool = False) -> Answer:
    return Answer(render(reply, LINKS, "+886277777777", hints, after_code=after_code))


def _gather(reply: Reply, after_code: bool = False) -> dict[str, str]:
    gather = _rendered(reply, after_code=after_code).gather
    assert gather is not None
    return gather.attrib


def test_a_question_is_said_inside_the_gather_that_waits_for_its_answer() -> None:
    """The caller may speak or press at once, while the voice still speaks."""
    answer = _rendered(QUESTION)
    assert answer.verbs == ["Gather", "Redirect"]
    assert answer.gather is not None
    assert [verb.tag for verb in answer.gather] == ["Say"]
    assert answer.said == QUESTION.text


def test_speech_and_keys_are_both_listened_for() -> None:
    """In Taiwan's Mandarin, with no model named that might not know it, and nothing starred out."""
    attributes = _gather(QUESTION)
    assert attributes["input"] == "speech dtmf"
    assert attributes["language"] == "cmn-Hant-TW"
    assert "speechModel" not in attributes
    assert "enhanced" not in attributes
    assert attributes["speechTimeout"].isdigit()
    assert attributes["profanityFilter"] == "false"
    assert attributes["hints"] == "大安區,信義區"


def test_silence_comes_back_too() -> None:
    """Silence is posted like an answer; where a platform does not, the redirect does."""
    answer = _rendered(QUESTION)
    assert answer.gather is not None
    assert answer.gather.attrib["actionOnEmptyResult"] == "true"
    redirect = answer.root.find("Redirect")
    assert redirect is not None
    assert redirect.text == answer.gather.attrib["action"] == LINKS.turn
    assert redirect.attrib["method"] == answer.gather.attrib["method"] == "POST"


@pytest.mark.parametrize(("reply", "digits"), [(ANSWER, "1"), (QUESTION, "3")])
def test_one_key_acts_at_once_and_a_postal_code_with_its_third(reply: Reply, digits: str) -> None:
    """As many keys as the reply waits for; * and # are keys like the others."""
    assert _gather(reply)["numDigits"] == digits
    assert _gather(reply)["finishOnKey"] == ""


def test_a_hash_after_a_postal_code_does_not_end_the_call() -> None:
    """「106#」, as many systems want it: the late # ends the entry once more, and nothing else."""
    assert _gather(ANSWER, after_code=True)["finishOnKey"] == "#"


def test_where_a_postal_code_may_come_a_single_key_waits_less() -> None:
    """The silence after which 0 or * is taken alone is at most Twilio's own default of 5 s."""
    assert int(_gather(QUESTION)["timeout"]) <= 5 <= int(_gather(ANSWER)["timeout"])


@pytest.mark.parametrize(
    ("locale", "voice", "say", "listen"),
    [
        ("zh-TW", "Google.cmn-TW-Wavenet-A", "cmn-TW", "cmn-Hant-TW"),
        ("en-US", "Google.en-US-Wavenet-F", "en-US", "en-US"),
        ("ja-JP", "Google.ja-JP-Wavenet-A", "ja-JP", "ja-JP"),
        ("xx-XX", "Google.cmn-TW-Wavenet-A", "cmn-TW", "cmn-Hant-TW"),
    ],
)
def test_each_locale_has_its_voice_and_its_recogniser(
    locale: str, voice: str, say: str, listen: str
) -> None:
    """A voice always stands with the language it belongs to: a wrong pair fails the <Say>."""
    answer = _rendered(replace(QUESTION, locale=locale))
    assert answer.gather is not None
    assert answer.gather.attrib["language"] == listen
    assert answer.gather[0].attrib == {"voice": voice, "language": say}


def test_slowly_is_slow_by_ssml() -> None:
    """「慢一點」: the same words at a slower rate; who knows no SSML still has the words."""
    answer = _rendered(replace(ANSWER, slow=True))
    prosody = answer.root.find("Gather/Say/prosody")
    assert prosody is not None
    assert prosody.attrib == {"rate": "slow"}
    assert answer.said == ANSWER.text


def test_a_person_is_rung_after_the_words() -> None:
    """With the account's Taiwanese number, not for ever, and with a way back."""
    answer = _rendered(RINGING)
    assert answer.verbs == ["Say", "Dial"]
    dial = answer.root.find("Dial")
    assert dial is not None
    assert dial.attrib == {
        "action": LINKS.dialled,
        "method": "POST",
        "callerId": "+886277777777",
        "timeout": "20",
        "answerOnBridge": "true",
    }
    assert dial.findtext("Number") == "+886289781234"


def test_a_number_that_cannot_be_rung_goes_on_as_if_nobody_had_answered() -> None:
    """A pharmacy whose area code the feed does not tell: no dead end, no failed <Dial>."""
    answer = _rendered(replace(RINGING, rings="8358141"))
    assert answer.verbs == ["Say", "Redirect"]
    assert answer.next_url == LINKS.dialled


def test_a_goodbye_hangs_up() -> None:
    """The end is said and then done."""
    answer = _rendered(GOODBYE)
    assert answer.verbs == ["Say", "Hangup"]
    assert answer.said == GOODBYE.text


def test_the_fallback_says_its_sentence_and_ends() -> None:
    """In the voice of the line."""
    answer = Answer(render_last("請撥一九二二。"))
    assert answer.verbs == ["Say", "Hangup"]
    assert answer.root[0].attrib["voice"] == "Google.cmn-TW-Wavenet-A"
    assert answer.said == "請撥一九二二。"


@given(
    st.text(min_size=1),
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn"))),
    st.booleans(),
    st.booleans(),
)
def test_any_words_make_valid_xml(text: str, hints: str, slow: bool, listens: bool) -> None:
    """Whatever a feed puts into a name: markup is quoted, what XML cannot hold is left out."""
    reply = replace(QUESTION, text=text, slow=slow, listens=listens)
    said = _rendered(reply, hints=hints).said
    allowed = re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+", " ", text)
    # XML turns the ends of lines of other systems into its own.
    assert said == allowed.replace("\r\n", "\n").replace("\r", "\n") or "\r" in text


def test_the_longest_reply_fits_into_one_say() -> None:
    """500 Chinese characters are 4,500 URL-encoded, Twilio's limit."""
    said = _rendered(replace(ANSWER, text="藥" * 499)).said
    assert len(quote(said)) < 4_500


@pytest.mark.parametrize("locale", list(all_voices()))
def test_every_voice_is_complete(locale: str) -> None:
    """Each locale of voices.yaml has its languages and its commands."""
    voice = all_voices()[locale]
    assert voice.voice.startswith(f"Google.{voice.say}-")
    assert voice.listen
    assert len(voice.commands) == len(set(voice.commands)) >= 15
