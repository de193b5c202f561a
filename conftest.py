"""What all tests share: the option that takes what is made now as what is expected."""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import settings

# A shell that runs the tests in its background makes them ignore Ctrl-C, and they would hand that down to the programs
# that they start and stop with it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A landing must not hang on the luck of the draw: there the same examples are tried every time. Elsewhere new ones are,
# and what they find becomes an example by name.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")

pytest.register_assert_rewrite("golden")  # so that it shows which lines differ


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--accept``."""
    parser.addoption("--accept", action="store_true", help="rewrite the golden files; then read the git diff")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--accept"))
