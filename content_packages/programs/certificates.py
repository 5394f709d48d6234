"""The name of whoever signed a program, from the certificates in a PKCS #7 signature; nothing is verified."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_BYTES: Final = 1024 * 1024
_NAMES: Final = (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME)


def signer_of(signature: bytes) -> str:
    """The organisation, else the common name, of the certificate for signing code.

    Raises:
        ValueError: the bytes are no PKCS #7 signature.
    """
    try:
        certificates = pkcs7.load_der_pkcs7_certificates(signature)
    except UnsupportedAlgorithm as error:
        raise ValueError("no signature of a kind we read") from error
    return _name(_leaf(certificates)) if certificates else ""


def _leaf(certificates: Sequence[x509.Certificate]) -> x509.Certificate:
    """The one for code signing that issued no other; signatures carry those of time stamps and authorities too."""
    issuers = {each.issuer for each in certificates if each.issuer != each.subject}
    ends = [each for each in certificates if each.subject not in issuers] or list(certificates)
    return next((each for each in ends if _signs_code(each)), ends[0])


def _signs_code(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return False
    return ExtendedKeyUsageOID.CODE_SIGNING in usage


def _name(certificate: x509.Certificate) -> str:
    for kind in _NAMES:
        for attribute in certificate.subject.get_attributes_for_oid(kind):
            return str(attribute.value)
    return ""
