"""The certificate that signed a request: where it may come from, and whether it is Amazon's.

The rules are Amazon's ("Host a custom skill as a web service", section "Verify that the request was
sent by Alexa"); the chain check is `cryptography.x509.verification`.
"""

import hashlib
import logging
import posixpath
import re
import time
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore, Lock
from urllib.parse import urlsplit

import certifi
import requests
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.verification import PolicyBuilder, Store

from shared.feed.file_cache import ContentCache
from skills.alexa.sdk import VerificationException

log = logging.getLogger(__name__)

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
"""Chains never seen before that one process fetches at a time. Whoever sends a request names the
file, before anything is proven: with more, a few strangers would take all places of Alexa's."""

WAIT_S = 2.0
"""How long a request waits for one of these: Amazon may have changed its chain while strangers send
theirs."""

KEPT_CHAINS = 8
"""Amazon signs with one chain at a time, two while it changes over."""


Fetch = Callable[[str], bytes]
"""A URL that was found good → the PEM file behind it; VerificationException where there is none."""

MayFetch = Callable[[], bool]
"""Whether the sender of the request may have an unknown chain fetched; the question counts it."""


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
    """The public keys of Amazon's signing certificates, each verified and kept until it expires.

    The chains are stored for the other processes and for the next start too. A stored one is
    verified like a fetched one.
    """

    def __init__(
        self,
        fetch: Fetch = fetch_chain,
        roots: Sequence[x509.Certificate] | None = None,
        chains: ContentCache | None = None,
    ) -> None:
        """`roots`: whom to trust; None for the authorities that certifi carries.

        `chains`: where they are kept; None for this process alone.
        """
        self._fetch = fetch
        self._store = Store(list(roots) if roots is not None else _public_roots())
        self._chains = chains
        self._kept: dict[str, _Kept] = {}
        self._lock = Lock()
        self._new = BoundedSemaphore(FETCHES)
        self._known = BoundedSemaphore(FETCHES)

    def key_of(self, url: str, now: datetime, may_fetch: MayFetch = lambda: True) -> RSAPublicKey:
        """The key of the certificate at `url`; `now` is aware.

        VerificationException unless the certificate is Amazon's and valid now.
        """
        url = normal_url(url)
        kept = self._valid(url, now)
        if kept is None:
            stored = self._stored(url)
            kept = self._taken(url, stored, now) if stored else None
            kept = kept or self._fetched(url, now, may_fetch, known=stored is not None)
        return kept.key

    def _valid(self, url: str, now: datetime) -> _Kept | None:
        kept = self._kept.get(url)
        return kept if kept and now < kept.until else None

    def _stored(self, url: str) -> bytes | None:
        """A chain that was verified once, perhaps by another process."""
        return self._chains.kept(_name_of(url)) if self._chains else None

    def _taken(self, url: str, stored: bytes, now: datetime) -> _Kept | None:
        """The key of the stored chain, where it is still valid."""
        try:
            return self._keep(url, self._verify(stored, now))
        except VerificationException:
            return None

    def _fetched(self, url: str, now: datetime, may_fetch: MayFetch, *, known: bool) -> _Kept:
        """The chain at `url`. A chain that is known has slots of its own to be fetched in."""
        if not known and not may_fetch():
            raise VerificationException("too many certificates were asked for from there")
        places = self._known if known else self._new
        if not places.acquire(timeout=WAIT_S):
            raise VerificationException("too many certificates are being fetched")
        try:
            kept = self._valid(url, now)  # another thread may have fetched the same
            if kept is None:
                pem = self._fetch(url)
                kept = self._keep(url, self._verify(pem, now))
                self._hand_on(url, pem)
        finally:
            places.release()
        return kept

    def _keep(self, url: str, kept: _Kept) -> _Kept:
        with self._lock:
            while len(self._kept) >= KEPT_CHAINS:
                self._kept.pop(next(iter(self._kept)))
            self._kept[url] = kept
        return kept

    def _hand_on(self, url: str, pem: bytes) -> None:
        if self._chains:
            try:
                self._chains.keep(_name_of(url), pem)
            except OSError as problem:
                log.warning("alexa: a chain could not be kept (%s)", type(problem).__name__)

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
        return _Kept(key, ends)


def _name_of(url: str) -> str:
    """chain-1f0c9a3be2d4"""
    return f"chain-{hashlib.blake2s(url.encode(), digest_size=6).hexdigest()}"


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
