"""Every sentence that the code asks for, and the blanks that it fills: what a locale must have."""

from collections.abc import Mapping
from typing import get_args

from shared import outcomes as o
from shared.lookups import LOOKUPS

_FOUND = "where name product count"
_SPAN = "from until"

OF_OUTCOMES: Mapping[type, Mapping[str, str]] = {
    o.Greeting: {
        "greeting": "line",
        "greeting_demo": "line",
        "line_adult_mask": "",
        "line_child_mask": "",
        "line_rapid_test": "",
        "line_other": "product",
    },
    o.Found: {
        "found": _FOUND,
        "found_brief": _FOUND,
        "found_none": "where name product",
        "found_stopped": "where name product",
        "found_unknown": "where name product",
        "found_neighbour": _FOUND,
        "found_neighbour_brief": _FOUND,
        "found_ordinal": "ordinal",
        "found_other": "product count",
        "found_other_none": "product",
        "found_neighbour_of": "asked",
        "found_off_road": "road",
        "found_no_centre": "asked",
        "found_chain_no_shop": "asked chain",
        "found_chain_sold_out": "asked chain",
        "found_chain_no_more": "chain",
        "found_none_open": "when",
        "found_then_open": "when",
        "found_then_closed": "when",
        "found_then_unknown": "when",
        "found_road": "road",
        "found_walk": "distance",
        "found_walk_from": "origin distance",
        "found_beside": "origin",
        "found_most": "",
        "found_more": "",
        "as_of": "date time",
        "as_of_today": "time",
    },
    o.SoldOut: {"sold_out": "place product", "count_unknown": "place product"},
    o.NoPharmacy: {"no_pharmacy": "place"},
    o.AskPlace: {
        "ask_place": "example?",
        "ask_place_in": "county",
        "ask_place_in_county": "county",
        "ask_place_nearer": "",
        "ask_place_plates": "",
        "ask_place_chain": "chain",
        "ask_place_unknown": "example?",
        "ask_place_unclear": "example?",
        "ask_place_landmark": "example?",
        "ask_place_misheard": "",
        "ask_place_region": "",
    },
    o.AmbiguousPlace: {
        "ambiguous_place": "",
        "ambiguous_place_more": "name",
        "confirm_place": "place",
    },
    o.AmbiguousCounty: {"ambiguous_county": ""},
    o.AmbiguousLandmark: {
        "ambiguous_landmark": "",
        "ambiguous_place": "",
        "confirm_place": "place",
    },
    o.AmbiguousPharmacy: {
        "ambiguous_pharmacy": "",
        "namesakes": "name",
        "namesakes_more": "name",
        "confirm_pharmacy": "place name",
    },
    o.AddressTold: {"address": "name place address", "address_unknown": "name place"},
    o.PhoneTold: {"phone": "name phone", "phone_unknown": "name"},
    o.HoursTold: {
        "hours": "name hours",
        "hours_note": "note",
        "hours_unknown": "name",
        "open_end_unknown": "",
    },
    o.NeedPharmacy: {"need_pharmacy": ""},
    o.OpenThen: {
        "then_open": "name when",
        "then_closed": "name when",
        "then_unknown": "name",
    },
    o.SaleTold: {
        "sale_of": "name times",
        "sale_on": "name day times",
        "sale_not_of": "name",
        "sale_not_on": "name day",
        "sale_next": "day times",
        "sale_unknown": "name",
        "plates_unknown": "name",
    },
    o.NameTold: {"name": "place name"},
    o.FloorTold: {"floor": "name floor", "floor_unknown": "name"},
    o.DistanceTold: {"distance": "name origin distance", "distance_unknown": "name road"},
    o.HowMany: {
        "how_many": "place count product",
        "how_many_no_shop": "place chain",
        "how_many_shops": "place chain shops count product",
        "how_many_shops_all": "place chain shops product",
        "how_many_shops_one": "place chain shops product",
        "how_many_shops_out": "place chain shops product",
        "total": "place product pieces count",
        "chain_in": "place chain",
    },
    o.Compared: {
        "compared": "more product most less fewer",
        "compared_same": "one other product count",
    },
    o.NoMore: {"no_more": "place product"},
    o.NoNearer: {"no_nearer": "name"},
    o.OnlyKind: {
        "only_kind_none": "place kind",
        "only_kind_sold_out": "place kind product",
        "only_kind_instead": "name count product",
        "kind_pharmacy": "",
        "kind_health_centre": "",
    },
    o.TopicTold: {},
    o.NoNext: {"no_next": "place product", "no_next_alone": "place product"},
    o.NoPrevious: {"no_previous": ""},
    o.RulesTold: {
        "rules_unknown": "",
        "rules_changed": "date",
        "rules_all": "",
        "rules_odd": "",
        "rules_even": "",
        "rules_may_buy": "",
        "rules_wait_odd": "",
        "rules_wait_even": "",
        "rules_turn_odd": "next",
        "rules_turn_even": "next",
        "rules_next_today": "",
        "rules_next_tomorrow": "",
        "rules_next_day": "day",
        "rules_then_all": "day",
        "rules_then_odd": "day",
        "rules_then_even": "day",
        "rules_weekdays": "",
        "rules_any_day": "",
        "rules_child_any_day": "",
        "rules_days": "days adult child",
        "rules_round": "adult",
        "rules_pack": "unit pack",
        "rules_price": "unit price",
        "rules_child": "age days child",
        "rules_child_size": "",
        "rules_child_only": "",
        "rules_bring": "",
        "rules_bring_child": "",
        "rules_bring_permit": "",
        "rules_proxy_any": "",
        "rules_proxy": "cards",
        "rules_proxy_child": "cards",
        "rules_proxy_unknown": "",
        "rules_foreigner": "",
        "rules_free_market": "",
        "rules_again": "days adult",
        "rules_again_round": "",
        "rules_box": "days adult",
        "rules_card": "",
    },
    o.LookedUp: {},
    o.Help: {"help": ""},
    o.Slower: {"slower": ""},
    o.Emergency: {"emergency": ""},
    o.NotCounted: {"not_counted": "line"},
    o.NotHeard: {"not_heard": "example?", "not_heard_voice": "example?", "not_heard_offers": ""},
    o.NotUnderstood: {
        "not_understood": "example?",
        "not_understood_voice": "example?",
        "not_understood_offers": "",
    },
    o.NotAChoice: {"not_a_choice": ""},
    o.UnknownPostalCode: {"unknown_postal_code": "digits"},
    o.ToPerson: {"to_person": "", "to_person_told": "number"},
    o.ToPharmacy: {"to_pharmacy": "name phone", "to_pharmacy_told": "name phone"},
    o.NoAnswer: {"no_answer": ""},
    o.NoData: {"no_data": "operator"},
    o.Busy: {"busy": "operator"},
    o.RestockTold: {"restocked": "name time", "restocked_unknown": "name"},
    o.SelloutTold: {"sellout": "name product time", "sellout_unknown": "name"},
    o.NotifySet: {
        "notify_set": "name product",
        "notify_set_ring": "name product",
        "notify_has": "count",
    },
    o.NotifyWhich: {"notify_which": ""},
    o.NotifyFull: {"notify_full": ""},
    o.NotifyFailed: {"notify_failed": ""},
    o.NotifyOff: {"notify_off": "", "notify_none": ""},
    o.Restocked: {
        "restock_message": "name product count",
        "restock_call": "line",
        "restock_stop": "",
        "restock_stop_call": "",
    },
    o.NotRemembered: {"not_remembered": ""},
    o.Forgotten: {"forgotten": ""},
    o.NotForgotten: {"not_forgotten": ""},
    o.LanguageChanged: {"language": ""},
    o.Goodbye: {"goodbye": ""},
}
"""outcome → the keys of its sentences → their blanks; with ? a sentence may do without"""

_PRODUCTS = {
    f"{way}_{product}": ""
    for way in ("short", "product")
    for product in ("adult_mask", "child_mask")
} | {"short_other": "product"}
"""What a product is called: in an answer about it, and where it stands alone."""

VOICE = "_voice"
"""What the key of a sentence ends with that is for channels without keys: nobody called there,
nobody can hang up, and there is no 0 to press."""

WITHOUT_KEYS = {
    "emergency": "",
    "goodbye": "",
    "no_data": "operator",
    "topic_language": "",
    "topic_complaint": "",
    "topic_callback": "",
}
"""Sentences that stand there twice, with their blanks."""

TOPIC = "topic_"
"""What the keys of topics begin with; which there are stands in intents/contract.yaml."""

_OPENING = {
    "open": "",
    "open_until": "time",
    "closes_soon": "",
    "closes_soon_at": "time",
    "opens_later": "",
    "opens_later_at": "when",
    "closed_today": "",
    "closed_today_at": "when",
    "opens_at": "time",
    "opens_day": "day",
    "opens_day_at": "day when",
    "morning": "",
    "afternoon": "",
    "evening": "",
    "sale_plates": "time",
    "sale_from": "time",
    "sale_until": "time",
    "sale_between": _SPAN,
    "sale_over": "time",
    "sale_break": _SPAN,
    "sale_no_plates": "",
    "sale_see_door": "",
    "sale_not_today": "",
    "sale_stopped": "",
    "sale_sold": "",
}

_QUESTIONS = {
    "again": "",
    "which_side": "",
    "other_place": "",
    "any_place": "",
    "option": "label key",
    "option_more": "label key",
    "option_named": "label key",
    "option_marks": "",
    "option_yes_no": "",
    "option_voice": "labels",
    "option_voice_named": "labels",
    "option_voice_yes_no": "",
    "or": "",
    "option_short": "labels",
    "or_short": "",
    "label_pharmacy": "where name",
    "voice_yes": "",
    "voice_no": "",
} | {
    f"{kind}_{to}": ""
    for kind in ("label", "voice")
    for to in ["next", "address", "phone", "connect"]
}


def all_keys() -> Mapping[str, frozenset[str]]:
    """Key → the blanks that are filled in its sentences; with ? those that may stay empty."""
    twice = {key + VOICE: blanks for key, blanks in WITHOUT_KEYS.items()}
    looked_up = (one.sentences for one in LOOKUPS.values())
    groups = (*OF_OUTCOMES.values(), *looked_up, _PRODUCTS, _OPENING, _QUESTIONS, twice)
    return {key: frozenset(blanks.split()) for group in groups for key, blanks in group.items()}


def wordless() -> list[str]:
    """Outcomes that have no sentence."""
    return [outcome.__name__ for outcome in get_args(o.Outcome) if outcome not in OF_OUTCOMES]
