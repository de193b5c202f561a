"""What all tests share: the option that takes what is made now as what is expected."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("golden")  # so that it shows which lines differ


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--accept``."""
    parser.addoption("--accept", action="store_true", help="rewrite the golden files; then read the git diff")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--accept"))
