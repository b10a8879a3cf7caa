"""What a few words mean in answer to what was just asked: 「市」, 「市區」, 「三段」."""

from intents.contract import normal
from nlu.amounts import hour_in_words
from nlu.grammar import grammar
from shared.catalog import Catalog
from shared.dialog.acts import (
    CHOICES,
    Act,
    ChoosePlace,
    RequestPlace,
    TakeCounty,
)
from shared.dialog.values import State
from shared.names.finding import whole_road
from shared.numbers import say_digits
from shared.places.districts import District, by_key


def section_of_road(text: str, state: State, catalog: Catalog) -> str:
    """「三段呢」 after a road: that section of it, as it is written; "" for anything else.

    Where the county talked about has none, the road itself: 「永康中華路」, 「一段」.
    """
    last = state.last
    road = last.road if isinstance(last, ChoosePlace) and last.road else state.road
    met = grammar(state.locale).section.match(normal(text)) if road else None
    if met is None:
        return ""
    number = hour_in_words(met["number"])
    if not 0 < number < 10:
        return ""
    road, here = whole_road(road), by_key().get(state.place)
    if here and state.road and not _is_in_county(f"{road}{number}段", here, catalog):
        return here.name + road
    return f"{road}{say_digits(str(number))}段"


def _is_in_county(street: str, here: District, catalog: Catalog) -> bool:
    """Whether a pharmacy of the county of `here` is on `street`."""
    shops = catalog.pharmacies
    return any(
        shop.address.street == street and shop.district.county == here.county for shop in shops
    )


def town_of_county(text: str, state: State) -> str:
    """「市區」 in answer to 「台東縣的哪個鄉鎮呢？」: the city that is called like the county."""
    last = state.last
    if not isinstance(last, RequestPlace) or not last.county:
        return ""
    town = f"{last.county}{last.county[:2]}市"
    city, _ = grammar(state.locale).city_or_county
    return town if town in by_key() and city.search(text) else ""


def city_or_county(text: str, state: State) -> Act | None:
    """「市」 or 「縣」 where that was asked; by its sound it is 「是」."""
    offered = [one.name for one in state.options if isinstance(one, TakeCounty)]
    if not offered:
        return None
    for ending, pattern in zip("市縣", grammar(state.locale).city_or_county, strict=True):
        if pattern.search(text):
            places = [place for place, name in enumerate(offered) if name.endswith(ending)]
            return Act(CHOICES[places[0]]) if places else None
    return None
