"""A source's faults over real HTTP: each ends in time, with a cause an operator understands."""

import gzip
import threading
import time
from pathlib import Path

import pytest

from shared.errors import FeedError, FeedUnreachable, FeedUnreadable
from shared.feed.fetch import FetchedContent, FetchLimits, describe, fetch, is_recording
from tests.feed.server import (
    Behaviour,
    Handler,
    breaks_off,
    drips,
    endless,
    gives,
    gives_if_changed,
    gzip_bomb,
    hangs_up,
    redirects_to_itself,
    says_nothing,
    serving,
)
from tests.ports import free_port

FETCH_LIMITS = FetchLimits(
    connect_seconds=0.5, read_seconds=0.3, total_seconds=1.0, size=1_000_000, tries=1
)
BODY = "醫事機構代碼,x\n".encode() * 500


def test_an_answer_comes_whole_and_with_its_marks() -> None:
    """The bytes, the ETag and the time of change."""
    with serving(gives(BODY, ETag='"7"', Last_Modified="Tue, 03 Mar 2020 03:23:40 GMT")) as source:
        assert fetch(source.url) == FetchedContent(BODY, '"7"', "Tue, 03 Mar 2020 03:23:40 GMT")


def test_a_packed_answer_is_unpacked() -> None:
    """Whether the server says that it is packed or only sends a .gz file."""
    packed = gzip.compress(BODY)
    for behave in (gives(packed, Content_Encoding="gzip"), gives(packed)):
        with serving(behave) as source:
            answer = fetch(source.url)
            assert answer is not None
            assert answer.content == BODY
            assert source.asked[0]["Accept-Encoding"] == "gzip"


def test_what_has_not_changed_is_not_sent_again() -> None:
    """304: the second question carries the ETag of the first answer."""
    with serving(gives_if_changed(BODY)) as source:
        first = fetch(source.url)
        assert fetch(source.url, first) is None
        assert source.asked[1]["If-None-Match"] == '"1"'


FAULTS: dict[str, tuple[Behaviour, type[FeedError], str]] = {
    "hangs up": (hangs_up, FeedUnreachable, "cut the connection"),
    "reset in mid-body": (breaks_off(BODY), FeedUnreachable, "cut"),
    "reset in mid-body without a length": (breaks_off(BODY, length=False), FeedUnreachable, "cut"),
    "slow by the byte": (drips(BODY), FeedUnreachable, "not whole after 1 s"),
    "slow by the byte without a length": (drips(BODY, length=False), FeedUnreachable, "not whole"),
    "slow by the byte in its header": (
        drips(BODY, whole_header=False),
        FeedUnreachable,
        "not whole",
    ),
    "silent": (says_nothing, FeedUnreachable, "too slow"),
    "500": (gives(b"", 500), FeedUnreachable, "status 500"),
    "503": (gives(b"<html>", 503), FeedUnreachable, "status 503"),
    "404": (gives(b"<html>", 404), FeedUnreachable, "status 404"),
    "204": (gives(b"", 204), FeedUnreachable, "status 204"),
    "redirect loop": (redirects_to_itself, FeedUnreachable, "more than 5 redirects"),
    "redirect to a file": (
        gives(b"", 302, Location="file:///etc/passwd"),
        FeedUnreachable,
        "no web address",
    ),
    "shorter than it says": (gives(BODY[:50], Content_Length="100"), FeedUnreachable, "cut|slow"),
    "100 MB": (endless(100), FeedUnreadable, "larger"),
    "100 MB without a length": (endless(100, length=False), FeedUnreadable, "larger"),
    "gzip bomb": (gives(gzip_bomb(50), Content_Encoding="gzip"), FeedUnreadable, "unpacked"),
    "gzip bomb in disguise": (gives(gzip_bomb(50)), FeedUnreadable, "unpacked"),
    "gzip cut off": (
        gives(gzip.compress(BODY)[:-9], Content_Encoding="gzip"),
        FeedUnreadable,
        "cut off",
    ),
    "gzip broken": (gives(b"\x1f\x8b" + b"\xff" * 50), FeedUnreadable, "broken"),
    "packed as nobody asked": (
        gives(BODY, Content_Encoding="x" * 21),
        FeedUnreadable,
        f"packed as '{'x' * 20}'",
    ),
}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433"])
def test_a_redirect_into_this_network_is_not_followed(host: str) -> None:
    """Whatever it is called; nothing is asked there. On the source's own server it is followed."""
    with serving(gives(BODY)) as inside:
        port = inside.url.split(":")[2].partition("/")[0]
        there = f"http://{host}:{port}/secret"
        with serving(gives(b"", 302, Location=there)) as source, pytest.raises(FeedUnreachable):
            fetch(source.url, limits=FETCH_LIMITS)
        assert inside.asked == []
    answers = iter((gives(b"", 302, Location="/moved"), gives(BODY)))
    with serving(lambda request: next(answers)(request)) as source:
        answer = fetch(source.url)
        assert answer is not None
        assert answer.content == BODY


@pytest.mark.parametrize(("behave", "error", "cause"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_of_the_source(behave: Behaviour, error: type[FeedError], cause: str) -> None:
    """It ends within the limits and names host and cause, but no key of the address."""
    with serving(behave) as source:
        began = time.monotonic()
        with pytest.raises(error, match=cause) as raised:
            fetch(source.url + "?key=s3cret", limits=FETCH_LIMITS)

    assert time.monotonic() - began < 20
    assert "127.0.0.1" in str(raised.value)
    assert "s3cret" not in str(raised.value)


def test_nobody_listens() -> None:
    """Refused."""
    url = f"http://127.0.0.1:{free_port()}/"
    with pytest.raises(FeedUnreachable, match="refused"):
        fetch(url, limits=FETCH_LIMITS)


def test_a_passing_fault_is_tried_again() -> None:
    """After pauses that grow and are not the same for everyone."""
    pauses: list[float] = []
    answers = iter([gives(b"", 500), hangs_up, gives(BODY)])
    limits = FetchLimits(total_seconds=20, tries=3)
    with serving(lambda request: next(answers)(request)) as source:
        answer = fetch(source.url, limits=limits, sleep=pauses.append)

    assert answer is not None
    assert answer.content == BODY
    assert [0.25 <= pauses[0] <= 0.75, 0.5 <= pauses[1] <= 1.5] == [True, True]


def test_pauses_are_not_the_same_for_everyone() -> None:
    """Half a second and then one, each half as long to half as long again."""
    url = f"http://127.0.0.1:{free_port()}/"
    pauses: list[float] = []
    for _ in range(60):
        with pytest.raises(FeedUnreachable):
            fetch(url, limits=FetchLimits(tries=3), sleep=pauses.append)
    first, second = pauses[::2], pauses[1::2]
    assert 0.25 <= min(first) < 0.35
    assert 0.65 < max(first) <= 0.75
    assert 0.5 <= min(second) < 0.7
    assert 1.3 < max(second) <= 1.5


@pytest.mark.parametrize(
    ("status", "asked"),
    [(500, 3), (503, 3), (408, 3), (429, 3), (404, 1), (403, 1), (407, 1), (409, 1), (428, 1)],
)
def test_what_may_be_gone_in_a_moment_is_tried_three_times(status: int, asked: int) -> None:
    """A fault of the server, too slow, too many; what we asked wrongly is wrong the next time."""
    with serving(gives(b"", status)) as source:
        with pytest.raises(FeedUnreachable, match=f"status {status}"):
            fetch(source.url, sleep=lambda _: None)
        assert len(source.asked) == asked


def test_no_pause_is_made_after_which_no_time_is_left() -> None:
    """The whole fetch has a limit, and waiting belongs to it: the sixth pause may be too long."""
    pauses: list[float] = []
    limits = FetchLimits(total_seconds=20, tries=30)
    with serving(gives(b"", 500)) as source:
        with pytest.raises(FeedUnreachable, match="status 500"):
            fetch(source.url, limits=limits, sleep=pauses.append)
        assert 5 <= len(pauses) == len(source.asked) - 1 <= 7
    assert max(pauses) < limits.total_seconds


def test_five_redirects_are_followed() -> None:
    """And not six."""
    moved = gives(b"", 302, Location="/moved")
    for redirects, good in ((5, True), (6, False)):
        answers = iter([*([moved] * redirects), gives(BODY)])
        with serving(lambda request, answers=answers: next(answers)(request)) as source:  # type: ignore[misc]
            if good:
                answer = fetch(source.url)
                assert answer is not None
                assert answer.content == BODY
            else:
                with pytest.raises(FeedUnreachable, match="more than 5 redirects"):
                    fetch(source.url)


def test_a_second_question_carries_the_time_of_change() -> None:
    """For sources that give no ETag; without either nothing is claimed to be known."""
    with serving(gives(BODY, Last_Modified="Tue, 03 Mar 2020 03:23:40 GMT")) as source:
        first = fetch(source.url)
        fetch(source.url, first)
        assert "If-Modified-Since" not in source.asked[0]
        assert source.asked[1]["If-Modified-Since"] == "Tue, 03 Mar 2020 03:23:40 GMT"
        assert "If-None-Match" not in source.asked[1]
    with serving(gives(BODY)) as source:
        fetch(source.url, fetch(source.url))
        assert not {"If-None-Match", "If-Modified-Since"} & set(source.asked[1])


def test_a_process_that_ends_waits_for_no_source() -> None:
    """What watches over a fetch does not hold the process that is told to end."""
    watching: list[threading.Thread] = []

    def behave(request: Handler) -> None:
        watching.extend(one for one in threading.enumerate() if isinstance(one, threading.Timer))
        request.answer(BODY)

    with serving(behave) as source:
        fetch(source.url)
    assert watching
    assert all(one.daemon for one in watching)


def test_several_gzips_in_a_row_are_one_file(tmp_path: Path) -> None:
    """As gzip(1) reads them; what follows and is none is told."""
    path = tmp_path / "feed.csv.gz"
    path.write_bytes(gzip.compress(BODY) + gzip.compress(BODY))
    answer = fetch(str(path))
    assert answer is not None
    assert answer.content == BODY + BODY
    path.write_bytes(gzip.compress(BODY) + b"rest")
    with pytest.raises(FeedUnreadable, match="broken"):
        fetch(str(path))


def test_a_lasting_fault_is_not_tried_again() -> None:
    """A 404 stays one."""
    with serving(gives(b"", 404)) as source:
        with pytest.raises(FeedUnreachable):
            fetch(source.url, limits=FetchLimits(tries=3), sleep=lambda _: None)
        assert len(source.asked) == 1


@pytest.mark.parametrize(
    "source",
    ["http://", "http://[", "http://127.0.0.1:99999/", "https://exa mple/", "http://\x00/"],
)
def test_an_address_that_is_none(source: str) -> None:
    """A setting with a slip is told as any other fault."""
    with pytest.raises(FeedError):
        fetch(source, limits=FETCH_LIMITS)


def test_a_file_is_read_again_only_when_it_changed(tmp_path: Path) -> None:
    """By path and as file://, packed or not."""
    path = tmp_path / "口罩 feed.csv.gz"
    path.write_bytes(gzip.compress(BODY))
    for source in (str(path), path.as_uri()):
        first = fetch(source)
        assert first is not None
        assert first.content == BODY
        assert fetch(source, first) is None
    path.write_bytes(b"new")
    assert fetch(str(path), first) is not None


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """Missing, a directory, a pipe that never ends, too large."""
    big = tmp_path / "big.csv"
    big.write_bytes(b"0" * 1_000_001)
    with pytest.raises(FeedUnreachable, match=r"none\.csv: No such file or directory$"):
        fetch(str(tmp_path / "none.csv"))
    with pytest.raises(FeedUnreachable, match="null"):
        fetch("a\x00b")
    for none in (str(tmp_path), "/dev/zero"):
        with pytest.raises(FeedUnreachable):
            fetch(none)
    with pytest.raises(FeedUnreadable, match="larger"):
        fetch(str(big), limits=FETCH_LIMITS)


def test_only_a_path_without_scheme_is_a_recording() -> None:
    """See docs/decisions/recordings.md; the demo feed is none."""
    assert is_recording("../data/feed.csv")
    assert not any(map(is_recording, ("file:///x.csv", "https://example.tw/x.csv", "")))


def test_a_log_shows_no_key() -> None:
    """Neither a password nor a query."""
    assert (
        describe("https://me:s3cret@example.tw:8443/f.csv?key=1") == "https://example.tw:8443/f.csv"
    )
