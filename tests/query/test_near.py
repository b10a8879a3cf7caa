"""The nearest pharmacies: exact, fast, and not misled by bad points."""

import logging
import math

import numpy as np
import numpy.typing as npt
import pytest

from shared.catalog import Catalog, Location, Pharmacy, Snapshot
from shared.query import nearest, walk_between, walking_metres
from shared.query.near import great_circle_metres
from tests.query.world import HERE, north, numbers, pharmacy

FIVE = 5
EARTH_M = 6_371_008.8


Points = npt.NDArray[np.float64]


def central_angles(here: int, points: Points) -> Points:
    """Great circles from one of `points` to all, exact near and far: not the code's own way.

    The angle between two vectors is that of their cross and dot product. `points`: (3, n), on the
    unit sphere.
    """
    x, y, z = points
    a, b, c = points[:, here]
    across = np.sqrt((b * z - c * y) ** 2 + (c * x - a * z) ** 2 + (a * y - b * x) ** 2)
    angles: Points = np.arctan2(across, a * x + b * y + c * z)
    return angles


def test_nearest_five_are_those_of_a_search_through_all(any_feed: Snapshot) -> None:
    """For every third located pharmacy (of 4,888), the same five distances as by brute force."""
    located = [one for one in any_feed.catalog.pharmacies if one.location]
    assert len(located) >= 590
    place = {one.id: number for number, one in enumerate(located)}
    lon, lat = np.radians([(point(one).longitude, point(one).latitude) for one in located]).T
    points = np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    for here, asked in list(enumerate(located))[::3]:
        angles = central_angles(here, points)
        found = [place[one.id] for one in nearest(any_feed.catalog, point(asked), FIVE)]
        every = np.sort(np.partition(angles, FIVE)[:FIVE])
        assert np.abs(angles[found] - every).max() < 1e-12  # 6 µm


def point(one: Pharmacy) -> Location:
    """Where it is."""
    assert one.location is not None
    return one.location


def test_walk_is_the_great_circle_with_a_detour() -> None:
    """A kilometre as the crow flies is 1.3 km on foot."""
    assert walking_metres(HERE, north(1000)) == pytest.approx(1300, rel=1e-3)
    assert walking_metres(HERE, HERE) == 0


def test_from_the_equator_to_the_pole_is_a_quarter_of_the_mean_sphere() -> None:
    """10,007,557 m: the IUGG's mean radius, 6,371,008.8 m, times half of π."""
    metres = great_circle_metres(Location(121.5, 0.0), Location(121.5, 90.0))
    assert metres == pytest.approx(10_007_557.2, abs=0.1)


def test_no_two_points_are_farther_apart_than_half_the_globe() -> None:
    """Opposite ones are, wherever they are: rounding leads no sine beyond one."""
    for hundredths in range(9_001):
        here = Location(121, hundredths / 100)
        opposite = Location(here.longitude - 180, -here.latitude)
        assert great_circle_metres(here, opposite) == pytest.approx(20_015_114.4, abs=1)


def test_a_walk_to_the_east_counts_the_narrower_degree() -> None:
    """At 25° north a degree of longitude is shorter than one of latitude by the cosine."""
    east = Location(HERE.longitude + 0.01, HERE.latitude)
    metres = 111_195 * 0.01 * math.cos(math.radians(HERE.latitude))
    assert walking_metres(HERE, east) == pytest.approx(1.3 * metres, rel=1e-3)


def test_no_walk_is_told_to_a_point_in_the_sea() -> None:
    """A walk is told only between points that can be right."""
    near, other = pharmacy(1, at=HERE), pharmacy(2, at=north(100))
    lost, bare = pharmacy(3, at=Location(119.9, 23.0)), pharmacy(4)
    catalog = Catalog.of((near, other, lost, bare, pharmacy(5, at=north(5))))
    assert walk_between(catalog, near, other) == 130
    assert walk_between(catalog, near, lost) is None
    assert walk_between(catalog, near, bare) is None


def test_pharmacies_without_a_point_are_never_near() -> None:
    """Missing coordinates: left out, no error."""
    catalog = Catalog.of((pharmacy(1), pharmacy(2, at=north(10))))
    assert numbers(nearest(catalog, HERE, FIVE)) == [2]
    assert nearest(Catalog.of((pharmacy(1),)), HERE, FIVE) == ()
    assert nearest(catalog, HERE, 0) == ()


def test_points_in_the_sea_are_left_out(caplog: pytest.LogCaptureFixture) -> None:
    """A point far from its district (in the sea, swapped) is not used; the log names it."""
    sea = Location(119.9, 23.0)
    catalog = Catalog.of(
        (
            pharmacy(1, at=north(10)),
            pharmacy(2, at=north(20)),
            pharmacy(3, at=sea),
            pharmacy(4, at=Location(25.033, 121.5435)),
            pharmacy(5, at=north(30)),
        )
    )
    with caplog.at_level(logging.WARNING):
        assert numbers(nearest(catalog, HERE, FIVE)) == [1, 2, 5]
    assert "9001060003" in caplog.text
    assert "9001060004" in caplog.text


@pytest.mark.parametrize(("metres", "kept"), [(59_999.5, True), (60_000.5, False)])
def test_a_point_is_astray_beyond_sixty_kilometres(metres: float, *, kept: bool) -> None:
    """From the middle of its district, to the metre."""
    here = (pharmacy(1, at=HERE), pharmacy(2, at=HERE), pharmacy(3, at=HERE))
    catalog = Catalog.of((*here, pharmacy(4, at=north(metres))))
    assert (4 in numbers(nearest(catalog, HERE, 4))) == kept


def test_the_log_names_five_points_that_went_astray(caplog: pytest.LogCaptureFixture) -> None:
    """How many there are is told; of a file whose points are all wrong not each by its id."""
    right = tuple(pharmacy(number, at=north(number)) for number in range(1, 9))
    lost = tuple(pharmacy(number, at=Location(119.9, 23.0)) for number in range(11, 17))
    with caplog.at_level(logging.WARNING):
        nearest(Catalog.of(right + lost), HERE, FIVE)
    assert "6 points" in caplog.text
    assert [one.id in caplog.text for one in lost] == [True] * 5 + [False]


def test_the_one_that_is_nearest_is_found_alone() -> None:
    """Among many, in whatever order they stand in the file."""
    catalog = Catalog.of(tuple(pharmacy(n, at=north(7 * (n * 37 % 101))) for n in range(1, 100)))
    walks = {n: n * 37 % 101 for n in range(1, 100)}
    assert numbers(nearest(catalog, HERE, 1)) == [min(walks, key=walks.__getitem__)]
    assert numbers(nearest(catalog, HERE, 2)) == sorted(walks, key=walks.__getitem__)[:2]


def test_the_other_side_of_the_earth_is_half_its_circumference_away() -> None:
    """However the last digit is rounded: no error of mathematics where two points are opposite."""
    for step in range(-890, 891, 7):
        latitude = step / 10
        found = great_circle_metres(Location(-60, latitude), Location(120, -latitude))
        assert found == pytest.approx(math.pi * EARTH_M, rel=1e-6)
