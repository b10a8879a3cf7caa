"""Our own sound, given back by the other end, is told from a caller who speaks into it."""

import numpy as np
import pytest

from sip.codecs import PCMU, codec_of
from sip.echo import EXPLAINED, explained, is_echo
from sip.endpointing import COMPARED, Began, Said, SpeechEndpointer
from sip.media import FRAME, REMEMBERED
from sip.pack import shipped
from sip.sound import from_pcm, to_pcm
from tests.sip.signals import RATE, Samples, alike, quiet, speech

WINDOW, BACK = COMPARED * FRAME, REMEMBERED * FRAME


def over_the_line(samples: Samples) -> Samples:
    """G.711 and back, in the hiss of a line."""
    hiss = np.random.default_rng(1).normal(0, 0.0008, len(samples))
    codec = codec_of(PCMU)
    pcm = codec.encode(to_pcm((samples + hiss).astype(np.float32)))
    return from_pcm(codec.decode(pcm)).astype(float)


def hybrid(samples: Samples, delay_s: float, decibels: float) -> Samples:
    """What an old telephone gives back: later, softer, and smeared over 5 ms."""
    chance = np.random.default_rng(5)
    shape = chance.normal(size=40) * np.exp(-np.arange(40) / 8)
    shape *= 10 ** (decibels / 20) / np.sqrt(np.sum(shape**2))
    late = np.concatenate([quiet(delay_s) * 0, np.convolve(samples, shape)])
    return late[: len(samples)]


def prompt() -> Samples:
    texts = ("請用電話上的按鍵。", "按郵遞區號三個數字，就能找到那一區。")
    return np.concatenate([from_pcm(shipped().pcm(text)) for text in texts]).astype(float)


def windows(heard: Samples, sent: Samples) -> list[float]:
    """How much of each loud 400 ms is explained by what was sent until then."""
    sent = np.concatenate([np.zeros(BACK), sent])
    return [
        explained(
            heard[at : at + WINDOW].astype(np.float32),
            sent[at + WINDOW : at + WINDOW + BACK].astype(np.float32),
        )
        for at in range(RATE, len(heard) - WINDOW, RATE // 5)
        if np.mean(heard[at : at + WINDOW] ** 2) > 1e-5
    ]


@pytest.mark.parametrize("decibels", [-8, -15, -25])
@pytest.mark.parametrize("delay_s", [0.02, 0.15, 0.5])
def test_an_echo_is_known_whatever_way_it_took(delay_s: float, decibels: float) -> None:
    """From the telephone itself or from the far end of a network; loud or faint."""
    sent = prompt()
    found = windows(over_the_line(hybrid(sent, delay_s, decibels)), sent)
    assert len(found) > 5
    assert min(found) > EXPLAINED + 0.2


def test_a_caller_is_no_echo_of_ours() -> None:
    """Another voice, and even the same voice with other words."""
    sent = prompt()
    other = from_pcm(shipped().pcm("大安區，還有口罩。")).astype(float)
    for caller in (np.resize(other, len(sent)), np.resize(speech(5), len(sent))):
        found = windows(over_the_line(caller), sent)
        assert len(found) > 10
        assert max(found) < EXPLAINED - 0.1


@pytest.mark.parametrize("decibels", [-8, -15])
@pytest.mark.parametrize("speaks", [False, True], ids=["echo alone", "a caller over it"])
def test_the_line_is_not_stopped_by_itself_and_a_caller_is_heard_whole(
    decibels: float, speaks: bool
) -> None:
    """An echo as loud as speech: it starts nothing, and she is kept from her first syllable."""
    sent, said = prompt(), speech(1.5, seed=6)
    incoming = hybrid(sent, 0.12, decibels)
    if speaks:
        incoming[2 * RATE : 2 * RATE + len(said)] += said
        sent[int(2.4 * RATE) :] = 0  # she is believed by then, and the line falls silent
        incoming[int(2.6 * RATE) + len(said) :] = 0
    incoming = np.concatenate([over_the_line(incoming), quiet(1.5)])
    before = np.concatenate([np.zeros(BACK), sent, np.zeros(2 * RATE)]).astype(np.float32)
    at = 0
    ear = SpeechEndpointer(
        lambda heard: is_echo(from_pcm(heard), before[at + FRAME : at + FRAME + BACK])
    )
    pcm, found = to_pcm(incoming.astype(np.float32)), []
    for at in range(0, len(incoming) - FRAME + 1, FRAME):
        ear.over_us = at < (2.4 * RATE if speaks else len(sent))
        if event := ear.hear(pcm[2 * at : 2 * (at + FRAME)]):
            found.append((at / RATE, event))
    assert [type(event) for _, event in found] == ([Began, Said] if speaks else [])
    if speaks:
        assert found[0][0] < 2.4
        utterance = found[1][1]
        assert isinstance(utterance, Said)
        assert len(utterance.pcm) / 2 / RATE < 1.5 + 2.2  # not the whole of our own prompt as well
        assert alike(from_pcm(utterance.pcm).astype(float), said)[0] > 0.9
