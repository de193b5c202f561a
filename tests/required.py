"""What a machine or a copy of the repository may not have: tests that need it are skipped, or fail where it is required."""

from __future__ import annotations

import os

import pytest


def unless(there: bool, says: str, required: str) -> None:
    """Skip the test where something is not there, or fail it where the environment has `required`."""
    if not there and os.environ.get(required):
        pytest.fail(f"{says}, and {required} is set", pytrace=False)
    if not there:
        pytest.skip(says)
