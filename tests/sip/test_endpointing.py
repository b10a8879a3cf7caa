"""Where speech begins and ends."""

import numpy as np

from sip.endpointing import END_S, LONGEST_S, Began, Said, SpeechEndpointer
from sip.pack import shipped
from sip.sound import from_pcm, levelled, resampled, slower, to_pcm, trimmed
from tests.sip.signals import RATE, Samples, alike, quiet, speech

SOFT_DB = -20.0
"""Against the level at which the line speaks, whatever voice its pack is by."""


def events(samples: Samples, *, over_us: bool = False) -> list[tuple[float, Began | Said]]:
    """When (seconds) each came."""
    ear = SpeechEndpointer()
    ear.over_us = over_us
    pcm = to_pcm(samples.astype(np.float32))
    heard = ((at / 2 / RATE, ear.hear(pcm[at : at + 320])) for at in range(0, len(pcm) - 319, 320))
    return [(at, event) for at, event in heard if event]


def test_an_utterance_is_taken_from_its_beginning_to_its_end() -> None:
    """It ends END_S after the last sound, and nothing of it is cut off."""
    said = speech(1.5, seed=2)
    (began, _), (ended, utterance) = events(np.concatenate([quiet(1), said, quiet(2)]))
    assert 1.0 < began < 1.3
    assert abs(ended - 2.5 - END_S) < 0.2
    assert isinstance(utterance, Said)
    assert alike(from_pcm(utterance.pcm).astype(float), said)[0] > 0.99


def test_a_pause_inside_a_sentence_does_not_end_it() -> None:
    """Elderly callers stop for more than half a second before the name."""
    found = events(np.concatenate([quiet(1), speech(0.8), quiet(0.7), speech(0.9, 8), quiet(2)]))
    assert [type(event) for _, event in found] == [Began, Said]


def test_clicks_hiss_and_silence_are_no_speech() -> None:
    """Nobody is asked to say again what nobody said."""
    clicks = quiet(4)
    clicks[8_000:8_040] = clicks[20_000:20_040] = 0.8
    assert events(clicks) == []


def test_the_faint_echo_of_the_line_does_not_interrupt_it() -> None:
    """An old telephone gives back some of what it plays, 25 dB below it; a caller is louder."""
    echo = speech(2.0) * 0.01
    assert events(np.concatenate([quiet(1), echo, quiet(1)]), over_us=True) == []
    loud = events(np.concatenate([quiet(1), speech(2.0), quiet(2)]), over_us=True)
    assert [type(event) for _, event in loud] == [Began, Said]


def test_a_question_into_our_own_voice_is_kept_from_its_first_syllable() -> None:
    """A soft 「我」, then the rest after a breath: believed late, and heard whole all the same."""
    said = np.concatenate([0.3 * speech(0.3, 4), quiet(0.15), speech(1.4, seed=7)])
    (_, _), (_, utterance) = events(np.concatenate([quiet(1), said, quiet(2)]), over_us=True)
    assert isinstance(utterance, Said)
    assert alike(from_pcm(utterance.pcm).astype(float), said)[0] > 0.98


def test_who_speaks_too_softly_to_stop_the_line_is_heard_when_she_has_ended() -> None:
    """Nothing interrupts, and what she said is taken: the next prompt would ask in vain."""
    spoken = from_pcm(shipped().pcm("大安區，還有口罩。"))
    soft = 10 ** (SOFT_DB / 20) * levelled(spoken).astype(float)
    found = events(np.concatenate([quiet(1), soft, quiet(2)]), over_us=True)
    assert [type(event) for _, event in found] == [Said]


def test_a_television_that_speaks_on_is_taken_in_pieces() -> None:
    """After LONGEST_S what was said is taken as it is."""
    found = events(np.concatenate([quiet(0.5), np.tile(speech(5, 3), 6)]))
    assert found[1][0] < LONGEST_S + 1.5
    assert isinstance(found[1][1], Said)


def test_another_rate_keeps_the_sound() -> None:
    """24,000 samples a second and back: what a telephone can carry is unchanged."""
    tone = np.sin(2 * np.pi * 700 * np.arange(RATE) / RATE).astype(np.float32)
    back = resampled(resampled(tone, 8_000, 24_000), 24_000, 8_000)
    assert len(back) == len(tone)
    assert np.abs(back - tone)[100:-100].max() < 0.02


def test_slower_is_longer_and_not_lower() -> None:
    """A quarter longer, with the same pitch."""
    time = np.arange(2 * RATE) / RATE
    tone = np.sin(2 * np.pi * 300 * time).astype(np.float32)
    drawn = slower(tone, 1.25)
    assert abs(len(drawn) / len(tone) - 1.25) < 0.01
    spectrum = np.abs(np.fft.rfft(drawn))
    assert abs(np.argmax(spectrum) * RATE / len(drawn) - 300) < 5


def test_a_clip_has_its_level_and_no_silence_around_it() -> None:
    """A voice that whispers is as loud as one that shouts, and neither is clipped."""
    for gain in (0.01, 3.0):
        made = levelled(
            trimmed(np.concatenate([quiet(1) * 0, gain * speech(1), quiet(1) * 0]), RATE)
        )
        assert len(made) < 1.2 * RATE
        assert np.abs(made).max() < 0.9
        loud = made[np.abs(made) > 0.1 * np.abs(made).max()]
        assert -24 < 20 * np.log10(np.sqrt(np.mean(loud**2))) < -18
