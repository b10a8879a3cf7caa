"""The certificate that signed a request: where it may come from, and whether it is Amazon's.

The rules are Amazon's ("Host a custom skill as a web service", section "Verify that the request was
sent by Alexa"); the chain check is `cryptography.x509.verification`.
"""

import posixpath
import re
import time
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import BoundedSemaphore, Lock
from urllib.parse import urlsplit

import certifi
import requests
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.verification import PolicyBuilder, Store

from skills.alexa.sdk import VerificationException

SIGNER = "echo-api.amazon.com"
"""The name that must stand among the Subject Alternative Names of the signing certificate."""

_HOST = "s3.amazonaws.com"
_PATH = "/echo.api/"

_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)

FETCH_SECONDS = 3.0
"""Alexa gives up on a skill after 8 s; half of that is left for the answer."""

CHAIN_BYTES = 64 * 1024
"""Amazon's chain of four certificates has some 6 KB."""

CHAIN_CERTIFICATES = 10

FETCHES = 2
"""Chains that one process fetches at a time. Whoever sends a request names the file, before
anything is proven: with more, a few strangers would take all places of web/admission.py."""

KEEP = timedelta(hours=1)
"""How long a verified key is used without reading the chain again."""

KEPT_CHAINS = 8
"""Amazon signs with one chain at a time, two while it changes over."""


Fetch = Callable[[str], bytes]
"""A URL that was found good → the PEM file behind it; VerificationException where there is none."""


def normal_url(url: str) -> str:
    """`url` in its normal form, to be fetched. VerificationException unless Amazon would use it.

    >>> normal_url("https://s3.amazonaws.com:443/echo.api/../echo.api/echo-api-cert.pem")
    'https://s3.amazonaws.com/echo.api/echo-api-cert.pem'
    """
    if not url.isascii() or not url.isprintable() or any(char in url for char in " \\%?#@"):
        raise VerificationException("the certificate URL holds what Amazon's never do")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as problem:  # a port that is no number, a bracket left open
        raise VerificationException("the certificate URL cannot be read") from problem
    if parts.scheme != "https":
        raise VerificationException("the certificate URL is not https")
    if host != _HOST:
        raise VerificationException("the certificate URL leads to another host")
    if port not in (None, 443):
        raise VerificationException("the certificate URL names another port")
    path = posixpath.normpath(parts.path)
    if not path.startswith(_PATH) or path.endswith("/"):
        raise VerificationException("the certificate URL leads to another path")
    return f"https://{_HOST}{path}"


def fetch_chain(url: str, seconds: float = FETCH_SECONDS) -> bytes:
    """The file at `url`, at most CHAIN_BYTES of it, within about `seconds`; no redirects."""
    deadline = time.monotonic() + seconds
    try:
        with requests.get(url, timeout=seconds, stream=True, allow_redirects=False) as response:
            if response.status_code != requests.codes.ok:
                raise VerificationException(f"the certificate answers {response.status_code}")
            data = b""
            for chunk in response.iter_content(4096):
                data += chunk
                if len(data) > CHAIN_BYTES or time.monotonic() > deadline:
                    raise VerificationException("the certificate is too large or too slow")
    except requests.RequestException as problem:
        raise VerificationException("the certificate cannot be fetched") from problem
    return data


@dataclass(frozen=True, slots=True)
class _Kept:
    key: RSAPublicKey
    until: datetime


class SigningKeys:
    """The public keys of Amazon's signing certificates, each verified and then kept for a while."""

    def __init__(
        self, fetch: Fetch = fetch_chain, roots: Sequence[x509.Certificate] | None = None
    ) -> None:
        """`roots`: whom to trust; None for the authorities that certifi carries."""
        self._fetch = fetch
        self._store = Store(list(roots) if roots is not None else _public_roots())
        self._kept: dict[str, _Kept] = {}
        self._lock = Lock()
        self._fetches = BoundedSemaphore(FETCHES)

    def key_of(self, url: str, now: datetime) -> RSAPublicKey:
        """The key of the certificate at `url`; `now` is aware.

        VerificationException unless the certificate is Amazon's and valid now.
        """
        url = normal_url(url)
        kept = self._kept.get(url)
        if kept is None or now >= kept.until:
            kept = self._verify(self._fetched(url), now)
            with self._lock:
                while len(self._kept) >= KEPT_CHAINS:
                    self._kept.pop(next(iter(self._kept)))
                self._kept[url] = kept
        return kept.key

    def _fetched(self, url: str) -> bytes:
        if not self._fetches.acquire(blocking=False):
            raise VerificationException("too many certificates are being fetched")
        try:
            return self._fetch(url)
        finally:
            self._fetches.release()

    def _verify(self, pem: bytes, now: datetime) -> _Kept:
        try:
            leaf, *others = x509.load_pem_x509_certificates(pem)
            if len(others) >= CHAIN_CERTIFICATES:
                raise VerificationException("the chain is too long")
            policy = PolicyBuilder().store(self._store).time(now)
            chain = policy.build_server_verifier(x509.DNSName(SIGNER)).verify(leaf, others)
            key = leaf.public_key()
        except VerificationException:
            raise
        except Exception as problem:  # the parser raises a dozen kinds; whatever it is, refuse
            raise VerificationException(f"the chain does not hold: {problem}") from problem
        if not isinstance(key, RSAPublicKey):
            raise VerificationException("the certificate's key is not RSA")
        ends = min(certificate.not_valid_after_utc for certificate in chain)
        return _Kept(key, min(ends, now + KEEP))


def _public_roots() -> list[x509.Certificate]:
    """The authorities that certifi carries; one that cannot be read is left out, not fatal."""
    roots = []
    with warnings.catch_warnings():
        # Some have a serial number of 0, which a later cryptography will refuse to read.
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        for pem in _PEM.findall(Path(certifi.where()).read_bytes()):
            with suppress(ValueError):
                roots.append(x509.load_pem_x509_certificate(pem))
    return roots
