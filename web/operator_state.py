"""The one large word on the operator's page: how the line is, from the live figures."""

from collections.abc import Mapping
from typing import Any

RECENT_MINUTES = 15
"""The time looked at: long enough for some calls at night, short enough to notice in time."""

ENOUGH_TURNS = 20
"""Fewer turns prove nothing: one caller with a dead microphone is three of them."""

UNHEARD_SHARE = 1 / 3
"""From this share of turns that were not recognised on, something is wrong. On the simulated
telephone line the recogniser lost the sense of 85 in 535 spoken questions; this is twice that."""


def state_of(figures: Mapping[str, Any]) -> str:
    """`fine`, or the worst of what is wrong.

    `none` (no snapshot), `too_old` (counts are withheld), `nobody_asks` (no process renews the
    feed), `old` (counts are given with their age), `unheard` (too many turns are not recognised).
    """
    feed = figures["feed"]["state"]
    if feed in ("none", "too_old"):
        return str(feed)
    workers = figures["workers"]
    has_source = not (figures["feed"]["demo"] or figures["feed"]["recorded"])
    if has_source and workers and not any(worker["asks"] for worker in workers):
        return "nobody_asks"
    if feed == "old":
        return "old"
    recent = figures["minutes"][-RECENT_MINUTES:]
    turns = sum(minute["turns"] for minute in recent)
    unheard = sum(minute["unheard"] for minute in recent)
    if turns >= ENOUGH_TURNS and unheard >= UNHEARD_SHARE * turns:
        return "unheard"
    return "fine"
