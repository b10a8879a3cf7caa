"""flask-ask-sdk, imported so that it works beside OpenSSL 3.0.10 and later.

The SDK's own verifier imports certvalidator, whose oscrypto 1.3.0 cannot read a two-digit patch
version of OpenSSL (wbond/oscrypto issue 78, mended in no release). We verify with
`skills.alexa.verifier`, so a stand-in takes certvalidator's place in `sys.modules`. Should
anything ever ask it to validate a certificate, it refuses.
"""

import sys
from types import ModuleType


class NotInUseError(Exception):
    """What certvalidator raises here; the SDK turns it into a failed verification."""


class CertificateValidator:
    """Accepts no certificate at all."""

    def __init__(self, *_: object) -> None:
        """Refuse."""
        raise NotInUseError("certvalidator is not in use: skills.alexa.verifier checks the chain")


def _stand_in() -> None:
    package, errors = ModuleType("certvalidator"), ModuleType("certvalidator.errors")
    vars(errors).update(ValidationError=NotInUseError, PathError=NotInUseError)
    vars(package).update(CertificateValidator=CertificateValidator, errors=errors)
    sys.modules.setdefault("certvalidator", package)
    sys.modules.setdefault("certvalidator.errors", errors)


_stand_in()

from ask_sdk_webservice_support.verifier import (  # noqa: E402  # only after the stand-in
    AbstractVerifier,
    VerificationException,
)
from flask_ask_sdk.skill_adapter import (  # noqa: E402  # only after the stand-in
    VERIFY_SIGNATURE_APP_CONFIG,
    VERIFY_TIMESTAMP_APP_CONFIG,
    SkillAdapter,
)

__all__ = [
    "VERIFY_SIGNATURE_APP_CONFIG",
    "VERIFY_TIMESTAMP_APP_CONFIG",
    "AbstractVerifier",
    "SkillAdapter",
    "VerificationException",
]
