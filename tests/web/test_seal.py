"""The state that travels with a conversation: in the action URL of a call, in the page."""

from dataclasses import fields, replace

import pytest
import time_machine
from itsdangerous import URLSafeTimedSerializer

from settings import PUBLIC_URL_LIMIT
from shared.dialog.acts import ChoosePharmacy, TakePharmacy, TellRules
from shared.dialog.answers import TOLD_LIMIT
from shared.dialog.doubtful import KEPT
from shared.dialog.values import State, pack
from web.seal import StateSeal

IDS = tuple(str(5_901_000_000 + 7_919_191 * n)[:10] for n in range(TOLD_LIMIT))

LARGEST = State(
    locale="en-US",
    seed=2**32 - 1,
    area_code="0826",
    product="adult_mask",
    place="屏東縣三地門鄉",
    places_before=("高雄市桃源區", "高雄市那瑪夏區"),
    shop_before=IDS[3],
    open_at="2020-03-03 afternoon",
    road="大業南路福安中山忠孝東街",
    near="聯合醫院仁愛院區",
    chain="桂林活力",
    told=IDS,
    row=IDS[:3],
    at=TOLD_LIMIT - 1,
    said=(ChoosePharmacy(tuple(IDS[:3]), namesakes=True, more=True), TellRules("amount", "odd")),
    options=tuple(TakePharmacy(one) for one in IDS[:3]),
    passing="s not_understood 12",
    waiting=("rules.foreigner", "address"),
    ends="even",
    again=12,
    unheard=12,
    slow=True,
    keys_told=True,
    time_told=2**31 // 60,
    began=2**31 - 1,
)
"""Every field as long as the dialogue makes it, and all at once."""

OF_A_KIND = replace(LARGEST, kind="health_centre", chain="")
"""A chain is one of pharmacies, so that no kind is wanted beside it."""

NO_PLACE = replace(
    OF_A_KIND,
    **dict.fromkeys(("place", "road", "near"), ""),
    told=(),
    at=0,
    doubtful=tuple(TakePharmacy(one) for one in IDS[:KEPT]),
)
"""The same while no place is known: what may have been named is kept until then."""


@pytest.mark.parametrize(
    "state", [State(), LARGEST, OF_A_KIND, NO_PLACE, State(place="台北市大安區", slow=True)]
)
def test_a_state_comes_back_as_it_went(state: State) -> None:
    """Any worker with the key opens what another has sealed."""
    assert StateSeal("key", "ivr").open(StateSeal("key", "ivr").seal(state)) == state


def test_the_largest_state_leaves_no_field_out() -> None:
    """A field that the dialogue gains must be weighed here too."""
    weighed = {*pack(LARGEST), *pack(NO_PLACE), *pack(OF_A_KIND)}
    assert weighed == {field.name for field in fields(State)}


@pytest.mark.parametrize("state", [LARGEST, OF_A_KIND, NO_PLACE])
def test_the_action_url_stays_under_a_thousand_characters(state: State) -> None:
    """The largest state, behind the longest PUBLIC_URL that is allowed."""
    url = "h" * PUBLIC_URL_LIMIT + "/ivr/dialled?state=" + StateSeal("k" * 32, "ivr").seal(state)
    assert len(url) < 1000
    assert url.isascii()


def test_a_state_needs_no_quoting() -> None:
    """Twilio signs the URL as it came; characters that it would quote could break the signature."""
    unreserved = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
    assert set(StateSeal("key", "ivr").seal(LARGEST)) <= unreserved


def test_a_state_is_taken_back_for_an_hour() -> None:
    """Longer than any call; after that it is as good as none."""
    with time_machine.travel(1_583_205_820, tick=False) as clock:
        sealed = StateSeal("key", "ivr").seal(State(place="台北市大安區"))
        clock.shift(3_500)
        assert StateSeal("key", "ivr").open(sealed) is not None
        clock.shift(200)
        assert StateSeal("key", "ivr").open(sealed) is None


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "x",
        "..",
        "." * 900,
        "eyJwbGFjZSI6IiJ9.awNd4w.rLoCEWi31_ZAyZHfHQw84-pG1Mc",
        StateSeal("another key", "ivr").seal(State()),
        StateSeal("key", "ivr").seal(State(slow=True))[:-1] + "!",
        "\x00\ud800台",
    ],
)
def test_a_forged_state_is_none(forged: str) -> None:
    """Whatever was not sealed with the key is no state, and no error."""
    assert StateSeal("key", "ivr").open(forged) is None


@pytest.mark.parametrize("content", [None, 7, [], "text", {"told": "x"}, {"at": "1"}, {"slow": 1}])
def test_what_is_no_state_is_none_even_when_it_is_signed(content: object) -> None:
    """A state of an older version, or of another use of the key, starts the call anew."""
    signed = URLSafeTimedSerializer("key", salt="ivr.state").dumps(content)
    assert StateSeal("key", "ivr").open(signed) is None


def test_the_key_is_not_shared_with_other_uses() -> None:
    """What another use of the key has signed is no state; nor is a state of another channel."""
    signed = URLSafeTimedSerializer("key", salt="other").dumps({})
    assert StateSeal("key", "ivr").open(signed) is None
    assert StateSeal("key", "ivr").open(StateSeal("key", "browser").seal(State())) is None


@pytest.mark.parametrize("behind", [2, 10, 250])
def test_a_clock_that_lags_loses_no_call(behind: float) -> None:
    """A host whose clock is behind, or was set back, takes up the state that another one signed."""
    with time_machine.travel(1_583_206_000, tick=False) as now:
        sealed = StateSeal("key", "ivr").seal(LARGEST)
        now.move_to(1_583_206_000 - behind)
        assert StateSeal("key", "ivr").open(sealed) == LARGEST


def test_a_state_of_tomorrow_is_not_taken() -> None:
    """So far apart no clocks are: it would be good for a day and an hour."""
    with time_machine.travel(1_583_206_000, tick=False) as now:
        sealed = StateSeal("key", "ivr").seal(LARGEST)
        now.move_to(1_583_206_000 - 86_400)
        assert StateSeal("key", "ivr").open(sealed) is None
