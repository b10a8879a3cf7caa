"""Values that are filled by their slots are the frozen dataclasses that they say they are."""

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import pytest

from shared.dialog.values import State, Utterance
from shared.filled import filled


@filled
@dataclass(frozen=True, slots=True)
class Filled:
    """With each kind of field."""

    first: int
    name: str = "大安"
    many: tuple[int, ...] = ()
    found: dict[str, int] = field(default_factory=dict)
    hidden: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Plain:
    """The same, as the library makes it."""

    first: int
    name: str = "大安"
    many: tuple[int, ...] = ()
    found: dict[str, int] = field(default_factory=dict)
    hidden: str = field(default="", repr=False, compare=False)


@pytest.mark.parametrize(
    ("given", "named"),
    [((1,), {}), ((1, "a", (2,)), {"hidden": "x"}), ((), {"found": {"a": 1}, "first": 3})],
)
def test_it_holds_what_a_plain_one_holds(
    given: tuple[object, ...], named: dict[str, object]
) -> None:
    """However its fields are given: values, the way it prints, equality."""
    ours, theirs = Filled(*given, **named), Plain(*given, **named)
    for spec in fields(Plain):
        assert getattr(ours, spec.name) == getattr(theirs, spec.name)
    assert repr(ours) == repr(theirs).replace("Plain", "Filled")
    assert ours == Filled(*given, **named)


@pytest.mark.parametrize(
    ("given", "named"), [((), {}), ((1, "a", (), {}, "", 6), {}), ((1,), {"x": 1})]
)
def test_what_a_plain_one_refuses_it_refuses(
    given: tuple[object, ...], named: dict[str, object]
) -> None:
    """Too few, too many, unknown."""
    for kind in (Plain, Filled):
        with pytest.raises(TypeError, match=r"__init__\(\)"):
            kind(*given, **named)


def test_nothing_of_it_can_be_changed() -> None:
    """Neither a field nor anything else, and no default is shared."""
    made = Filled(1)
    with pytest.raises(FrozenInstanceError):
        made.first = 2
    with pytest.raises((AttributeError, TypeError)):  # TypeError: python/cpython#90562
        made.other = 2
    with pytest.raises(FrozenInstanceError):
        del made.first
    assert made.found is not Filled(1).found


def test_it_is_copied_changed_kept_and_described() -> None:
    """`replace`, copy, pickle and its signature work as they do of any dataclass."""
    made = State(place="台北市大安區", told=("1", "2"))
    assert replace(made, at=1) == State(place="台北市大安區", told=("1", "2"), at=1)
    assert copy.copy(made) == made == pickle.loads(pickle.dumps(made))  # noqa: S301  our own
    assert hash(replace(made, at=0)) == hash(made)
    assert inspect.signature(Filled).parameters.keys() == inspect.signature(Plain).parameters.keys()
    assert State.__init__.__annotations__["told"] == tuple[str, ...]
    assert Utterance().remembered == {}


def test_one_that_does_more_is_refused() -> None:
    """What would silently not happen any more is told when the class is made."""

    @dataclass(frozen=True, slots=True)
    class Checked:
        number: int

        def __post_init__(self) -> None:
            assert self.number

    @dataclass(frozen=True, slots=True)
    class Named:
        number: int = field(kw_only=True)

    for kind in (Checked, Named):
        with pytest.raises(TypeError, match="more"):
            filled(kind)
