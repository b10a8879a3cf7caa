"""HMAC under one key: the same as the standard library's."""

import hmac

import pytest

from web.keyed_hmac import KeyedHmac


@pytest.mark.parametrize("name", ["sha1", "sha256"])
@pytest.mark.parametrize("length", [0, 1, 20, 63, 64, 65, 200])
def test_it_is_the_hmac_of_the_standard_library(name: str, length: int) -> None:
    """Of keys shorter and longer than a block of the hash, and of texts one after the other."""
    key = bytes(range(length))
    keyed = KeyedHmac(key, name)
    for text in (b"", b"a", b"state" * 40, b""):
        assert keyed.digest(text) == hmac.digest(key, text, name)


def test_it_is_that_of_rfc_2202() -> None:
    """Its second example for SHA-1."""
    digest = KeyedHmac(b"Jefe", "sha1").digest(b"what do ya want for nothing?")
    assert digest.hex() == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
