"""「有貨通知我」: of whose restock a person is told later, where the channel can do that."""

from collections.abc import Sequence
from dataclasses import replace

from shared.dialog.acts import (
    ASKS_BACK,
    About,
    Act,
    ChoosePharmacy,
    Intent,
    Phrase,
    Say,
    TellAbout,
)
from shared.dialog.answers import Decision, ask_pharmacy
from shared.dialog.facts import Facts
from shared.dialog.questions import ask, named_pharmacy, with_conditions
from shared.dialog.values import Channel, State, Utterance
from shared.names.resolution import Meant

MOST_WATCHED = 3
"""Pharmacies of which one person is told: what a walk reaches."""


def possible(acts: Sequence[Act], channel: Channel) -> tuple[Act, ...]:
    """`acts`; where nobody can be told later, what was named is asked about now instead."""
    if channel.notifies:
        return tuple(acts)
    made: list[Act] = []
    for act in acts:
        if act.intent is not Intent.NOTIFY:
            made.append(act)
            continue
        if act.names and not any(one.intent is Intent.ASK for one in acts):
            made.append(replace(act, intent=Intent.ASK))
        made.append(Act(Intent.TOPIC, "callback"))
    return tuple(made)


def notify(state: State, act: Act, utterance: Utterance, facts: Facts) -> Decision:
    """Of the pharmacy that is named with it, else of the one just told of; which, where neither."""
    if utterance.not_kept:
        return state, Say(Phrase.NOTIFY_FAILED)
    state = with_conditions(state, act, facts)
    if named := named_pharmacy(act.names):
        state, _ = ask_pharmacy(state, named, facts)
    elif act.names and act.names.meant is not Meant.NOTHING:
        state, told = ask(state, act, facts)
        if isinstance(told, ChoosePharmacy):
            return replace(state, waiting=(str(Intent.NOTIFY),)), told
        return state, told if isinstance(told, ASKS_BACK) else Say(Phrase.NOTIFY_WHICH)
    pharmacy = facts.talked_about(state)
    if pharmacy is None:
        return state, Say(Phrase.NOTIFY_WHICH)
    if pharmacy.id not in utterance.watching and len(utterance.watching) >= MOST_WATCHED:
        return state, Say(Phrase.NOTIFY_FULL)
    return state, TellAbout(pharmacy.id, About.NOTIFY)
