"""What is wrong with a certificate is told apart, and the files behind it are looked at all the same."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from live_host import LiveHost, Town, serving

from builder.cli.console import no_progress
from builder.verification.pace import Manners
from builder.verification.verification import Verification, Wanted, verify

NOW = datetime.now(UTC)  # noqa: TID251 - certificates are valid by the clock of the machine
QUICK = Manners(pause=0, first_wait=0.01)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the authority as one that browsers know."""
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))


def look(town: Town, certificate: trustme.LeafCert | _Own) -> Verification:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    with serving(LiveHost(dict(town.host.files)), context) as host:
        return verify(town.folder, Wanted(host.url, sample=2), NOW, no_progress, manners=QUICK)


def checks(found: Verification) -> list[str]:
    assert found.wrong == []
    return [finding.check for finding in found.findings]


def test_a_good_certificate_is_well(town: Town, authority: trustme.CA, trusted: None) -> None:
    assert checks(look(town, authority.issue_cert("localhost"))) == []


def test_a_certificate_that_ends_within_a_month_is_told_in_time(
    town: Town, authority: trustme.CA, trusted: None
) -> None:
    certificate = authority.issue_cert("localhost", not_after=NOW + timedelta(days=20, hours=1))

    found = look(town, certificate)

    assert checks(found) == ["certificate-ends-soon"]
    assert "还有 20 天" in found.findings[0].says


def test_an_expired_certificate_is_told_as_such(town: Town, authority: trustme.CA, trusted: None) -> None:
    certificate = authority.issue_cert(
        "localhost", not_before=NOW - timedelta(days=90), not_after=NOW - timedelta(days=1)
    )

    assert checks(look(town, certificate)) == ["certificate-expired"]


def test_a_certificate_of_another_name_is_told_as_such(town: Town, authority: trustme.CA, trusted: None) -> None:
    assert checks(look(town, authority.issue_cert("www.example.gov.cn"))) == ["certificate-wrong-name"]


def test_a_certificate_of_nobody_known_is_told_as_such(town: Town, trusted: None) -> None:
    assert checks(look(town, trustme.CA().issue_cert("localhost"))) == ["certificate-unknown-issuer"]


class _Own:
    """The certificate that an authority signs for itself, used by a host."""

    def __init__(self, authority: trustme.CA) -> None:
        self._authority = authority

    def configure_cert(self, context: ssl.SSLContext) -> None:
        authority = self._authority
        with authority.cert_pem.tempfile() as certificate, authority.private_key_pem.tempfile() as key:
            context.load_cert_chain(certificate, key)


def test_a_certificate_that_the_host_signed_itself_is_told_as_such(town: Town, trusted: None) -> None:
    assert checks(look(town, _Own(trustme.CA()))) == ["certificate-self-signed"]
