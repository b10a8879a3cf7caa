"""What callers say → the landmarks it may mean."""

from shared.places.landmarks import LandmarkKind, landmark_named, landmarks, landmarks_called


def test_every_landmark_is_found_by_all_that_people_call_it() -> None:
    """By its full name, which is its alone among hospitals, universities and markets, and by each
    short one, which others may share."""
    for landmark in landmarks():
        for name in landmark.spoken:
            assert landmark in landmarks_called()[name], name
        named = landmark_named()[landmark.key]
        assert named.key == landmark.key


def test_a_shared_short_name_is_each_of_them_in_the_order_of_the_file() -> None:
    """「榮總」 is three hospitals."""
    names = [landmark.name for landmark in landmarks_called()["榮總"]]
    assert names == ["台北榮總", "台中榮總", "高雄榮總"]


def test_a_station_is_called_with_what_it_is() -> None:
    """龍山寺 alone is a temple: the station is 龍山寺站, or 捷運龍山寺站."""
    (station,) = landmarks_called()["捷運龍山寺站"]
    assert (station.kind, station.name) == (LandmarkKind.METRO, "龍山寺")
    assert landmark_named()["捷運龍山寺站"] == station
    assert "龍山寺" not in landmark_named()
