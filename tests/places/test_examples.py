"""The examples in the docstrings."""

import doctest
import importlib

import pytest


@pytest.mark.parametrize("module", ["address", "neighbours", "telephone"])
def test_examples_hold(module: str) -> None:
    """What a docstring shows is so."""
    tested = doctest.testmod(importlib.import_module(f"shared.places.{module}"))
    assert tested.attempted
    assert not tested.failed
