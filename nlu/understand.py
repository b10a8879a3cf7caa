"""Utterance → understanding: which dialogue acts, of what, under which conditions.

keys ──────────────────────────────→ acts
hint of a platform ─→ label, words ─┐
text ─┬→ classifier ─→ labels ──────┼─→ acts
      ├→ shared.names ─→ what is named
      └→ slots, negation ─→ conditions
"""

from collections.abc import Sequence
from dataclasses import replace

from intents.contract import sentences
from nlu.act_labels import (
    HEARD,
    MOST_ACTS,
    PART,
    PLAIN,
    SURE,
    asks_for_another_language,
    chances_beside,
    likely_labels,
    said_behind,
    threshold,
)
from nlu.commands import is_command
from nlu.comparison import OF_SEVERAL, many_sided
from nlu.completion import Read, acts_of
from nlu.context import BESIDE_IT, its_district, its_landmark, near_unknown, unknown_place
from nlu.dtmf import understand_keys
from nlu.evidence import Evidence
from nlu.grammar import grammar
from nlu.in_answer import city_or_county, section_of_road, town_of_county
from nlu.model import place_of
from nlu.naming import (
    QUESTIONS,
    Doubt,
    denied,
    doubtful,
    may_name,
    named,
    was_told,
    worth_asking,
)
from nlu.negation import denied_behind, taken_back, without_denied
from nlu.noise import as_usual, is_filler, is_noise, spelled_out, without_fillers
from nlu.offered_words import offered_in
from nlu.platform_hints import with_hint
from nlu.roads import at_crossing, not_far_away
from nlu.slots import Slots, slots_in
from shared.dialog.acts import (
    ABOUT_A_PHARMACY,
    CHOICES,
    OF_A_PLACE,
    WAYS_ON,
    Act,
    Intent,
    TellRules,
    Understanding,
    read_label,
)
from shared.dialog.questions import UNCLEAR
from shared.dialog.values import State, Utterance
from shared.locales import locale_of
from shared.names.exact import is_written_place
from shared.names.index import NameIndex
from shared.names.resolution import Meant, Resolution

NOT_HEARD = 0.7
"""From here on the words around it tell that something was named, though it could not be heard."""

KNOWN = 0.5
"""Of noise fewer features than this share were ever seen: 「喵喵喵喵」 has 0.3."""

PLAIN_LANGUAGE = 0.7
"""An utterance of which so much is everyday language was heard well: what it asks is not our
subject, and that is said, rather than that it was not understood."""

_BESIDE_A_PLACE = ("topic.accurate", "topic.other")
"""What beside a place must be plain: 「你說的板橋，對不對」 asks for the place, and by its letters
alone 「水上鄉水上村」 is everyday language."""


def understand(utterance: Utterance, state: State, index: NameIndex) -> Understanding:
    """What `utterance` asks for in `state`; no acts where nothing was understood."""
    if utterance.hung_up:
        return Understanding((Act(Intent.STOP),))
    if utterance.keys:
        return understand_keys(utterance.keys, state)
    text = as_usual(spelled_out(utterance.text.strip()), state.locale)
    if hint := utterance.hint:
        told = text and not hint.keys
        own = _of_text(text, state, index) if told else Understanding()
        return with_hint(own, hint, Evidence(state, index))
    if chosen := city_or_county(text, state):
        return Understanding((chosen,))
    if not text or (is_noise(text, state.locale) and not is_command(text, state.locale)):
        return Understanding()
    meant = town_of_county(text, state) or section_of_road(text, state, index.catalog)
    return _of_text(meant or text, state, index)


def _of_text(text: str, state: State, index: NameIndex) -> Understanding:
    """What `text` asks for; where it corrects itself, of what it names in the end."""
    text = _without_denied_condition(text, state.locale)
    for refused, meant in taken_back(text, state.locale):
        instead = _as_said(meant, state, index)
        if instead.names and instead.names.meant is not Meant.NOTHING:
            other = _as_said(refused, state, index)
            if not _same_place(instead.names, other.names):
                return _of_the_other(other, instead)
    for refused, meant in denied_behind(text, state.locale):
        names = _as_said(refused, state, index).names
        if names and names.sure:  # 「興豐路，不是新豐鄉」, and 興豐路 is not known
            return _without_place(names, _as_said(meant, state, index))
    return _as_said(text, state, index)


def _same_place(one: Resolution | None, other: Resolution | None) -> bool:
    """Whether both mean one district, and that by its sound alone where it is meant instead."""
    if not (one and other) or one.sure or {one.meant, other.meant} != {Meant.DISTRICT}:
        return False
    return one.district == other.district


def _without_place(denied_: Resolution, understood: Understanding) -> Understanding:
    """`understood`, of no place where it names by its sound the one that is denied."""
    if not _same_place(understood.names, denied_):
        return understood
    return Understanding(tuple(replace(act, names=None) for act in understood.acts))


def _nth(text: str, locale: str) -> list[int]:
    """Which of the pharmacies that were told of `text` names: 0 「第一家」, 1, 2."""
    which = enumerate(grammar(locale).nth)
    return [place for place, pattern in which if pattern.search(text)]


_LEADING = (Intent.MOST, Intent.NEARBY, *CHOICES, *WAYS_ON)
"""What leads to a pharmacy, of which something is asked behind it: 「第二個的電話」."""

_STAYS = QUESTIONS | {Intent.RULES, Intent.OPERATOR, Intent.EMERGENCY}
"""What was asked before a name was taken back, and is still asked."""


def _of_the_other(refused: Understanding, instead: Understanding) -> Understanding:
    """What was asked of what is taken back is asked of what is meant: 「士林小孩的不對，樹林」."""
    names = instead.names
    product = next((act.product for act in refused.acts if act.product), "")
    acts = [replace(act, product=act.product or product) for act in instead.acts]
    labels = {act.label for act in acts}
    kept = (a for a in refused.acts if a.intent in _STAYS and a.label not in labels)
    still = (a for a in kept if a.part != UNCLEAR)  # the place that was not heard is taken back
    acts += [replace(act, names=names if act.names else None) for act in still]
    return Understanding(tuple(acts[:MOST_ACTS]), names)


def _as_said(text: str, state: State, index: NameIndex) -> Understanding:
    evidence = Evidence(state, index)
    slots = slots_in(text, state.locale, bare_digit=_asked_of_rules(state))
    left, refused = without_denied(slots.text, state.locale) or (slots.text, "")
    names = named(grammar(state.locale).which_place.sub(" ", left), evidence)
    away = denied(refused, evidence)
    names = not_far_away(at_crossing(left, names, evidence), state)
    names = its_district(left, names or evidence.names(left), state.locale) or names
    names = its_landmark(left, names, state.locale) or names
    unknown = unknown_place(left, names, state)
    names = None if unknown else names
    if away and not names and not left and _is_no_and_a_name(text, away, evidence):
        names, away = away, None
    chances = chances_beside(names, text, evidence)
    doubt = may_name(left, evidence) if not names and not state.place else Doubt.NONE
    labels = _labels_beside(names, text, slots, chances, doubt, evidence)
    told, not_told = _nth(left, state.locale), _nth(refused, state.locale)
    if len(told) == 1 and not names:
        labels = _beside_nth(labels, grammar(state.locale).nth[told[0]].sub("", text), evidence)
    if len(told) > 1 and chances[place_of(Intent.COMPARE, state.locale)] > HEARD:
        labels = [Intent.COMPARE]  # 「第一家跟第二家哪家多」 chooses neither
    read = Read(text, names, away, slots, next(iter(told), None), next(iter(not_told), None))
    acts = acts_of(labels, read, state)
    if unknown:
        of_it = state.told and grammar(state.locale).this_one.search(text)
        acts = acts if of_it and BESIDE_IT in labels else near_unknown(acts, unknown, slots.product)
    if not acts and doubt is Doubt.STRONG:  # 「大爺要求」 for 大元藥局
        acts = [read.act("ask")]
    if not acts:
        acts = _beside_fillers(read, evidence)
    if not acts and _is_plain(text, evidence):
        acts = [Act(Intent.TOPIC, "other")]
    if not names and not unknown:
        acts = _unclear(acts, doubt, chances)
    if any(act.intent in OF_SEVERAL for act in acts):
        acts = many_sided(acts, left, evidence)
    unsure = None if names or unknown or state.place else doubtful(left, evidence)
    likely = unsure is not None and worth_asking(left, evidence)
    kept = sorted(acts, key=lambda act: act.intent is Intent.TOPIC)[:MOST_ACTS]
    kept = [act for act in acts if act in kept]  # of a long story what is asked at its end
    return Understanding(tuple(kept), names, unsure, likely)


def _without_denied_condition(text: str, locale: str) -> str:
    """`text` without the day or product that it denies, where another is meant: 「不是星期六，
    是星期天」, "for kids, not for adults"."""
    parts = without_denied(text, locale)
    if parts is None:
        return text
    left, refused = parts
    denied_, meant = (slots_in(one, locale) for one in (refused, left))
    other = (denied_.when and meant.when) or (denied_.product and meant.product)
    return left if other else text


def _labels_beside(
    names: Resolution | None,
    text: str,
    slots: Slots,
    chances: list[float],
    doubt: Doubt,
    evidence: Evidence,
) -> list[str]:
    """The labels of what is asked beside `names`; what is only likely where nothing is named."""
    state = evidence.state
    if asks_for_another_language(chances, state.locale):
        chances[place_of(locale_of(state.locale).intent, state.locale)] = 0.0
    if not state.asks_yes_or_no and chances[place_of(Intent.STOP, state.locale)] > SURE:
        chances[place_of(Intent.YES, state.locale)] = 0.0  # 「好，謝謝你」 agrees to nothing
    if not names and (option := _option(text, chances, state)):
        return [option]
    guessed = not names and not slots.ends and doubt is not Doubt.STRONG
    guessed = guessed and evidence.reading(text).known > KNOWN
    labels = [] if is_written_place(text) else likely_labels(chances, guessed, state.locale)
    if names:
        aside = [one for one in _BESIDE_A_PLACE if chances[place_of(one, state.locale)] < PLAIN]
        labels = [label for label in labels if label not in aside]
    if names or any(read_label(label)[0] in _LEADING for label in labels):
        behind = said_behind(text, state.locale)
        told = (*labels, Intent.NAME)  # its name is told with it
        labels = [*labels, *(label for label in behind if label not in told)]
    if not state.asks_yes_or_no:  # 「好，再一次」
        labels = [label for label in labels if label != Intent.YES] or labels
    return labels


def _beside_nth(labels: list[str], text: str, evidence: Evidence) -> list[str]:
    """`labels` with what `text`, all beside 「第一家」, asks of it: 「第一家地址再一次」."""
    p, label = evidence.reading(text).wish()
    if p < PART or read_label(label)[0] not in ABOUT_A_PHARMACY or label in labels:
        return labels
    return [*labels, label]


def _beside_fillers(read: Read, evidence: Evidence) -> list[Act]:
    """What is likely asked between hesitations: 「那個...那個...口罩」; [] for nothing, and where
    words stand apart."""
    rest = without_fillers(read.text, evidence.locale)
    if locale_of(evidence.locale).gap or rest in ("", read.text):
        return []
    p, label = evidence.reading(rest).wish()
    return [read.act(label)] if p > threshold(label, SURE, HEARD) else []


def _unclear(acts: list[Act], doubt: Doubt, chances: Sequence[float]) -> list[Act]:
    """`acts`, of a place that was not heard where something speaks for one."""
    if doubt is Doubt.NONE and chances[0] <= NOT_HEARD:
        return acts
    return [replace(a, part=UNCLEAR) if _is_of_a_place(a, doubt) else a for a in acts]


def _option(text: str, chances: Sequence[float], state: State) -> str:
    """The option that `text` says by its sound where nothing clearer was said; "" for none."""
    if not state.options or max(chances[1:]) > SURE:
        return ""
    return offered_in(text, state)


def _is_no_and_a_name(text: str, away: Resolution, evidence: Evidence) -> bool:
    """Whether 「不是三重」 says no, and 三重: not told of, and not denied by a word behind.

    Where words have spaces between them, "not" is no "no"."""
    if locale_of(evidence.locale).gap:
        return False
    behind = sentences(evidence.locale).denials["behind"]
    told = was_told(away, evidence.state, evidence.index)
    return not told and not any(word in text for word in behind)


def _is_of_a_place(act: Act, doubt: Doubt) -> bool:
    """Whether `act` cannot be answered where the place that is named with it was not heard."""
    return act.intent is Intent.ASK or (act.intent in OF_A_PLACE and doubt is Doubt.STRONG)


def _is_plain(text: str, evidence: Evidence) -> bool:
    """Whether `text` was heard well, and says something."""
    familiar = evidence.reading(text).familiar > PLAIN_LANGUAGE
    return familiar and not is_filler(text, evidence.locale)


def _asked_of_rules(state: State) -> bool:
    """Whether a digit alone tells how an id ends: after a part of the rules was told."""
    return any(isinstance(one, TellRules) for one in state.said)
