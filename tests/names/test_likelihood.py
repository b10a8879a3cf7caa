"""The sums of `shared/compiled`, held against the same by definition, one name after another."""

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np
import pytest

from shared.names import Hints, Meant, NameIndex
from shared.names.background import Around
from shared.names.likelihood import likelihoods
from shared.names.posterior import Posterior
from shared.names.prior import prior_of
from shared.names.similarity import Alignments
from shared.phonetics import read
from shared.phonetics.bulk import EXTRA, Patterns

SENTENCES = (
    "我要找台北市大安區的康熙藥局",
    "三重期康熙要局還有口罩嗎",
    "請問萬華的西門町附近",
    "好",
    "描歷線台安香那邊的衛生所",
    "請問一下那個板橋車站旁邊有沒有在賣口罩的藥局我想要買小孩子用的口罩兩片",
)


class Definition:
    """One sentence, weighed place by place as names/likelihood.py tells it."""

    def __init__(self, text: str, index: NameIndex) -> None:
        self.sounds = read(text, 40)
        self.index = index
        self.rows = [index.inventory.row(sound).tolist() for sound in self.sounds]
        self.around: Around = index.background.around(self.sounds)
        self.front = list(self.around.front)
        self.tail = list(self.around.tail)[::-1]

    def posterior(self) -> Posterior:
        """What the library makes of it."""
        heard = self.index.tables.heard(self.sounds)
        return likelihoods(heard, self.around, self.index, prior_of("", Hints(), self.index))

    def follow(self, patterns: Patterns, number: int, start: Sequence[float]) -> list[float]:
        """The best evidence of a pattern that ends at each place, from what stands before it."""
        reached = list(start)
        length = int(patterns.lengths[number])
        sounds, gaps = patterns.sounds[number].tolist(), patterns.gaps[number].tolist()
        for sound, gap in zip(sounds[:length], gaps[:length], strict=True):
            missing = [before + gap for before in reached]
            met = [b + row[sound] for b, row in zip(reached, self.rows, strict=False)]
            best = [max(both) for both in zip(missing, [-math.inf, *met], strict=True)]
            stray = [-math.inf, *(before + EXTRA for before in best[:-1])]
            reached = [max(both) for both in zip(best, stray, strict=True)]
        return reached

    def county(self, number: int) -> list[float]:
        """A county, by the place where it ends."""
        forms = self.index.counties
        ended = [
            [at + float(forms.priors[form]) for at in self.follow(forms.patterns, form, self.front)]
            for form in np.flatnonzero(forms.owners == number).tolist()
        ]
        return [max(column) for column in zip(*ended, strict=True)]

    def begun(self, number: int) -> list[float]:
        """What may stand before a place: its county, or a landmark's district, or neither."""
        half = math.log(0.5)
        in_county = self.county(int(self.index.county_of[number]))
        start = [max(f + half, c + half) for f, c in zip(self.front, in_county, strict=True)]
        start = [start[0], *(max(b, a - 0.5) for a, b in pairwise(start))]
        if number < self.index.districts_count:
            return start
        district = self.ended(int(self.index.district_of[number]))
        behind = accumulate(district, lambda before, at: max(before - 0.5, at))
        return [max(s, at + math.log(0.75)) for s, at in zip(start, behind, strict=True)]

    def ended(self, number: int) -> list[float]:
        """A place by its best form, by the place where it ends."""
        forms, start = self.index.places, self.begun(number)
        ended = [
            [at + float(forms.priors[form]) for at in self.follow(forms.patterns, form, start)]
            for form in np.flatnonzero(forms.owners == number).tolist()
        ]
        return [max(column) for column in zip(*ended, strict=True)]

    def place(self, number: int) -> float:
        """A place and everyday words behind it."""
        return max(e + t for e, t in zip(self.ended(number), self.tail, strict=True))

    def name(self, number: int) -> float:
        """A name with everyday words before and behind it."""
        self.rows = self.rows[::-1]
        begun = self.follow(self.index.spoken, number, self.tail[::-1])[::-1]
        self.rows = self.rows[::-1]
        return max(f + b for f, b in zip(self.front, begun, strict=True))


@pytest.mark.parametrize("text", SENTENCES)
def test_each_place_county_and_name_is_weighed_as_defined(text: str, index: NameIndex) -> None:
    """Their log-likelihood ratios; the likeliest places and every candidate name."""
    told = Definition(text, index)
    posterior = told.posterior()
    nothing = told.around.nothing
    *others, best = posterior.place_ratio.argsort()[-5:].tolist()
    for number in others:  # not every form of theirs is looked at
        assert posterior.place_ratio[number] < told.place(number) - nothing + 1e-3
    assert posterior.place_ratio[best] == pytest.approx(told.place(best) - nothing, abs=1e-3)
    for county, ratio in enumerate(posterior.county_ratio.tolist()):
        behind = zip(told.county(county), told.tail, strict=True)
        assert ratio == pytest.approx(max(c + t for c, t in behind) - nothing, abs=1e-3)
    for number, ratio in zip(posterior.names, posterior.name_ratio.tolist(), strict=True):
        assert ratio == pytest.approx(told.name(int(number)) - nothing, abs=1e-3)


@pytest.mark.parametrize("text", SENTENCES)
def test_all_that_may_be_meant_is_certain_together(text: str, index: NameIndex) -> None:
    """Probabilities of readings that exclude each other; candidates ascend, none twice."""
    posterior = Definition(text, index).posterior()
    parts = (posterior.place, posterior.unlisted, posterior.county, posterior.alone)
    total = sum(float(part.sum()) for part in (*parts, posterior.there)) + posterior.nothing
    assert total == pytest.approx(1, abs=1e-4)
    assert np.all(np.diff(posterior.names) > 0)
    assert np.all(np.diff(posterior.beside) >= 0)
    for posting, beside in zip(posterior.postings, posterior.beside, strict=True):
        assert posting in index.names.postings_of(int(posterior.names[beside]))


def test_no_sentence_leaves_a_trace_in_the_next(index: NameIndex) -> None:
    """What the library writes on belongs to the index; after each sentence it is as before."""
    first = Definition(SENTENCES[0], index)
    before = first.posterior()
    for text in SENTENCES[1:]:
        Definition(text, index).posterior()
    after = first.posterior()
    assert before.names.tolist() == after.names.tolist()
    assert before.alone.tolist() == after.alone.tolist()
    assert before.place.tolist() == after.place.tolist()


@pytest.mark.parametrize("text", SENTENCES)
def test_the_best_of_each_kind_are_ranked(text: str, index: NameIndex) -> None:
    """Three by their ratio, six by their share, the best first; those that there are."""
    posterior = Definition(text, index).posterior()
    for ranked, most in ((posterior.told, 3), (posterior.likeliest, 6)):
        for meant, found in ranked.items():
            assert len(found) <= most
            assert found == sorted(found, key=lambda one: -one[0])
            assert all(number >= 0 for _, number in found)
            assert len(found) == most or meant in (Meant.PHARMACY, Meant.ROAD)
    by_ratio = {Meant.COUNTY: posterior.county_ratio, Meant.DISTRICT: posterior.place_ratio}
    for meant, ratios in by_ratio.items():
        for ratio, number in posterior.told[meant]:
            assert ratio == pytest.approx(ratios[number])
    assert posterior.best(Meant.COUNTY) == posterior.county.argmax()
    landmarks = posterior.place[index.districts_count :].sum()
    assert posterior.of_kind[Meant.LANDMARK] == pytest.approx(landmarks, abs=1e-6)
    assert posterior.of_kind[Meant.COUNTY] == pytest.approx(posterior.county.sum(), abs=1e-6)
    assert posterior.unlisted_share == pytest.approx(posterior.unlisted.sum(), abs=1e-6)


@pytest.mark.parametrize("text", SENTENCES)
def test_a_name_is_aligned_where_it_lies_nearest(text: str, index: NameIndex) -> None:
    """Of all ways to lay a name into the sentence none is better; its sounds stand in order."""
    told = Definition(text, index)
    close = Alignments(index.tables.heard(told.sounds), index.tables, index.inventory)
    for number in (0, 1, len(index.names.texts) // 2, len(index.names.texts) - 1):
        found = close.of(number, index.spoken)
        length = int(index.spoken.lengths[number])
        sounds = index.spoken.sounds[number, :length].tolist()
        gaps = index.spoken.gaps[number, :length].tolist()
        full = sum(float(index.inventory.full[sound]) for sound in sounds)
        assert found.whole * full == pytest.approx(_best(told, sounds, gaps), abs=1e-3)
        places = [at for at in found.found.places[:length] if at >= 0]
        assert places == sorted(places, reverse=True)
        spanned = (min(places), max(places) + 1) if places else (found.start, found.start)
        assert (found.start, found.end) == spanned


def _best(told: Definition, sounds: Sequence[int], gaps: Sequence[float]) -> float:
    """The best of all alignments anywhere; stray sounds may follow one another."""
    rows = told.rows[::-1]
    reached = [0.0] * (len(rows) + 1)
    for sound, gap in zip(sounds, gaps, strict=True):
        line = [reached[0] + gap]
        for at, row in enumerate(rows):
            line.append(max(line[at] + EXTRA, reached[at + 1] + gap, reached[at] + row[sound]))
        reached = line
    return max(reached)
