"""Landmarks lie where the pharmacies of their district are."""

from collections import Counter

from shared.catalog import Location
from shared.feed.load import load_snapshot
from shared.places.landmarks import LandmarkKind, landmarks
from shared.query import nearest
from tests.query.world import real_data


def test_every_landmark_lies_in_its_district() -> None:
    """Among the twelve pharmacies next to a landmark there are some of its district."""
    feed = load_snapshot(real_data("maskdata-20200303.csv"), locations=real_data("locations.csv"))
    for landmark in landmarks():
        here = Location(landmark.longitude, landmark.latitude)
        around = {one.district for one in nearest(feed.catalog, here, 12)}
        assert landmark.district in around, landmark


def test_landmarks_are_named_once() -> None:
    """One name of one kind is one place."""
    names = Counter((landmark.kind, landmark.name) for landmark in landmarks())
    assert max(names.values()) == 1
    assert len(landmarks()) >= 150


def test_stations_are_called_as_people_call_them() -> None:
    """「板橋車站」, 「捷運龍山寺站」, 「高鐵左營站」."""
    said = {(one.kind, name) for one in landmarks() for name in one.spoken}
    assert (LandmarkKind.RAILWAY, "板橋車站") in said
    assert (LandmarkKind.RAILWAY, "台北火車站") in said
    assert (LandmarkKind.METRO, "捷運龍山寺站") in said
    assert (LandmarkKind.METRO, "捷運台北站") in said
    assert (LandmarkKind.HIGH_SPEED_RAIL, "高鐵左營站") in said
