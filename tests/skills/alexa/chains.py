"""Certificate chains as Amazon's signing service has them, and every way to get them wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SIGNER = "echo-api.amazon.com"

_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


@cache
def leaf_key(number: int) -> rsa.RSAPrivateKey:
    """An RSA key, the same for one number: making one takes a tenth of a second."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True)
class Authority:
    """A certificate authority: who signs."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Leaf:
    """What a signing certificate says; the defaults are those of a good one."""

    names: Sequence[str] = (SIGNER,)
    """the Subject Alternative Names; none leaves the extension out"""
    starts: timedelta = timedelta(days=-30)
    """from now"""
    ends: timedelta = timedelta(days=30)


def authority(name: str, now: datetime, above: Authority | None = None) -> Authority:
    """A root, or an intermediate below `above`."""
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = above or None
    subject = _name(name)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1000))
        .not_valid_after(now + timedelta(days=1000))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    signer = issuer.key if issuer else key
    return Authority(_issue(builder, signer), key)


def leaf(issuer: Authority | None, now: datetime, says: Leaf) -> bytes:
    """A signing certificate for `leaf_key(0)` in PEM; signed by itself where `issuer` is None."""
    key = leaf_key(0)
    subject = _name(SIGNER)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + says.starts)
        .not_valid_after(now + says.ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage("digital_signature", "key_encipherment"), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    )
    if says.names:
        names = x509.SubjectAlternativeName([x509.DNSName(name) for name in says.names])
        builder = builder.add_extension(names, critical=False)
    return pem(_issue(builder, issuer.key if issuer else key))


def pem(certificate: x509.Certificate) -> bytes:
    """`certificate` as it stands in a file."""
    return certificate.public_bytes(Encoding.PEM)


def _issue(
    builder: x509.CertificateBuilder, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
) -> x509.Certificate:
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())
    return builder.add_extension(identifier, critical=False).sign(key, SHA256())


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _usage(*allowed: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{name: name in allowed for name in _USAGES})
