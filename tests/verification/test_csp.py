"""Which policies let the pages work, and what the others take away."""

from __future__ import annotations

import pytest

from builder.verification.csp import lost, needs_of

BASE = "https://www.example.gov.cn:8443/bszn/"
OWN = b'<script src="https://cdn.example.cn/bar.js"></script><p style="color:red">'


def taken(policy: str, page: bytes = b"", base: str = BASE, *, with_search: bool = True) -> list[str]:
    return [fix for _, fix in lost([policy], base, needs_of([page], with_search=with_search))]


@pytest.mark.parametrize(
    "policy",
    [
        "frame-ancestors 'self'",
        "default-src 'self' 'wasm-unsafe-eval'",
        "DEFAULT-SRC 'SELF' 'WASM-UNSAFE-EVAL'",
        "default-src 'self'; script-src 'self' 'unsafe-eval'",
        "default-src * 'unsafe-eval'",
        "default-src https: 'wasm-unsafe-eval'",
        "default-src http: 'wasm-unsafe-eval'",
        "default-src *.gov.cn:8443 'wasm-unsafe-eval'",
        "default-src https://*.example.gov.cn:* 'wasm-unsafe-eval'",
        "default-src https://www.example.gov.cn:8443/bszn/ 'wasm-unsafe-eval'",
        "sandbox allow-scripts allow-forms",
        ";; upgrade-insecure-requests ;",
        "",
    ],
)
def test_a_policy_that_fits_takes_nothing(policy: str) -> None:
    assert taken(policy) == []


@pytest.mark.parametrize(
    ("policy", "fixes"),
    [
        ("default-src 'self'", ["default-src 里加 'wasm-unsafe-eval'"]),
        ("script-src 'wasm-unsafe-eval'", ["script-src 里加 'self'"]),
        ("script-src 'self' 'wasm-unsafe-eval' 'strict-dynamic' 'nonce-a'", ["script-src 里加 'self'"]),
        ("script-src-elem 'none'", ["script-src-elem 里加 'self'"]),
        ("style-src 'none'", ["style-src 里加 'self'"]),
        ("connect-src https://api.example.cn", ["connect-src 里加 'self'"]),
        ("form-action 'none'", ["form-action 里加 'self'"]),
        ("img-src data:", ["img-src 里加 'self'"]),
        ("default-src https://www.example.gov.cn 'unsafe-eval'", ["default-src 里加 'self'"]),  # another port
        ("default-src https://www.example.gov.cn:8443/other/ 'unsafe-eval'", ["default-src 里加 'self'"]),
        ("sandbox", ["sandbox 里加 allow-scripts"]),
    ],
)
def test_what_a_policy_takes_is_told_with_what_it_has_to_allow(policy: str, fixes: list[str]) -> None:
    assert taken(policy) == fixes


def test_all_policies_are_in_force() -> None:
    two = ["default-src 'self' 'unsafe-eval', style-src 'none'", "img-src 'none'"]

    assert [fix for _, fix in lost(two, BASE, needs_of([], with_search=True))] == [
        "style-src 里加 'self'",
        "img-src 里加 'self'",
    ]


def test_a_site_without_full_text_search_needs_no_machine_code() -> None:
    assert taken("default-src 'self'", with_search=False) == []


def test_what_own_templates_load_is_needed_too() -> None:
    fits = "default-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-eval' https://cdn.example.cn"

    assert taken(fits, OWN) == []
    assert taken("default-src 'self' 'unsafe-eval'", OWN) == [
        "default-src 里加 'unsafe-inline'",
        "default-src 里加 https://cdn.example.cn",
    ]
