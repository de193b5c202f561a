"""How the tests run: how many examples are tried, over how many processes, and the option that takes what is made now."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A shell that runs the tests in its background makes them ignore Ctrl-C, and they would hand that down to the programs
# that they start and stop with it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Programs that the tests start would else compile all of the code each time, where they may not keep it beside it.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ.setdefault("PYTHONPYCACHEPREFIX", str(Path(__file__).resolve().parent / ".cache/bytecode"))

# `thorough` is for whoever changes what random examples test best. A landing must not hang on the luck of the draw: `ci`
# tries the same examples every time. Elsewhere new ones are, and what they find becomes an example by name.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
settings.register_profile("quick", UNHURRIED, max_examples=50)
settings.register_profile("ci", settings.get_profile("quick"), derandomize=True)
settings.register_profile("thorough", UNHURRIED, max_examples=500)
settings.load_profile("ci" if os.environ.get("CI") else "quick")

pytest_plugins = ("shared", "live_town")
pytest.register_assert_rewrite("golden")  # so that it shows which lines differ


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--accept``."""
    parser.addoption("--accept", action="store_true", help="rewrite the golden files; then read the git diff")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Share the whole suite among the processors; a part of it that was named runs here, where one can look into it."""
    is_whole = [argument.rstrip("/") for argument in config.args] == config.getini("testpaths")
    return None if is_whole else 0


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--accept"))
