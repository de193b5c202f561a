"""All that is asked of a host: `check_host`, a list of checks."""

from __future__ import annotations

from builder.verification.addresses import base_url, folder_index, listing, other_scheme, own_notfound, queries
from builder.verification.delivery import caching, compression, policy
from builder.verification.host import Check, Host
from builder.verification.host_finding import HostFinding

CHECKS: tuple[Check, ...] = (
    folder_index,
    own_notfound,
    compression,
    queries,
    policy,
    caching,
    listing,
    other_scheme,
    base_url,
)


def check_host(host: Host) -> list[HostFinding]:
    """Return what is to be said about a host."""
    return [finding for check in CHECKS for finding in check(host)]
