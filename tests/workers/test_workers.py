"""Work in several processes gives what work in one gives, and no process outlives it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

import pytest
from builder.support.workers import WorkerDied, Workers

METHODS = [method for method in ("fork", "spawn") if method in multiprocessing.get_all_start_methods()]
ROOT = Path(__file__).parents[2]

posix = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")

known: list[str] = []


def learn(word: str, end: str) -> None:
    known.append(word + end)


def squares(chunk: Sequence[int]) -> list[int]:
    return [number * number for number in chunk]


def words(chunk: Sequence[int]) -> tuple[str, ...]:
    return tuple(known)


def process(chunk: Sequence[int]) -> int:
    return os.getpid()


class Unlucky(ValueError):
    """An exception that cannot be copied from its arguments."""

    def __init__(self, number: int, what: str) -> None:
        super().__init__(f"{number}: {what}")


def thirteen_fails(chunk: Sequence[int]) -> Sequence[int]:
    if 13 in chunk:
        raise KeyError("thirteen")
    return chunk


def thirteen_is_unlucky(chunk: Sequence[int]) -> Sequence[int]:
    if 13 in chunk:
        raise Unlucky(13, "unlucky")
    return chunk


def thirteen_cannot_travel(chunk: Sequence[int]) -> object:
    return (lambda: 13) if 13 in chunk else chunk


def thirteen_dies(chunk: Sequence[int]) -> Sequence[int]:
    if 13 in chunk:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return chunk


def fail_to_learn() -> None:
    raise KeyError("no dictionary")


def divide_by_nothing(number: int) -> None:
    number //= 0


def nobody_is_left() -> bool:
    return multiprocessing.active_children() == []


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("items", "chunk_size"), [(100, 7), (100, 100), (3, 1), (1, 5), (0, 5)])
def test_three_workers_give_what_one_gives_in_the_same_order(method: str, items: int, chunk_size: int) -> None:
    with Workers(1) as one, Workers(3, method=method) as three:
        expected = one.map(squares, range(items), chunk_size)

        assert three.map(squares, range(items), chunk_size) == expected
        assert [number for chunk in expected for number in chunk] == [number * number for number in range(items)]
    assert nobody_is_left()


@pytest.mark.parametrize(("jobs", "items"), [(1, 100), (0, 100), (8, 5), (8, 0)])
def test_starts_no_process_for_little_work(jobs: int, items: int) -> None:
    with Workers(jobs) as workers:
        assert set(workers.map(process, range(items), chunk_size=5)) <= {os.getpid()}


def test_starts_no_more_processes_than_jobs_and_keeps_them() -> None:
    with Workers(2) as workers:
        first = set(workers.map(process, range(40), chunk_size=1))
        second = set(workers.map(process, range(40), chunk_size=1))

    assert os.getpid() not in first | second
    assert len(first | second) <= 2


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("jobs", [1, 2])
def test_every_worker_is_initialised_once(method: str, jobs: int) -> None:
    known.clear()
    with Workers(jobs, learn, ("办事", "指南"), method) as workers:
        for _ in range(2):
            assert set(workers.map(words, range(20), chunk_size=2)) == {("办事指南",)}


@pytest.mark.parametrize("jobs", [1, 3])
def test_tells_how_many_items_are_done(jobs: int) -> None:
    done: list[int] = []
    with Workers(jobs) as workers:
        workers.map(squares, range(50), chunk_size=8, on_done=done.append)

    assert sorted(done) == [2, 8, 8, 8, 8, 8, 8]


@pytest.mark.parametrize("method", METHODS)
def test_an_exception_arrives_with_the_traceback_of_the_worker(method: str) -> None:
    with Workers(2, method=method) as workers:
        with pytest.raises(KeyError, match="thirteen") as caught:
            workers.map(thirteen_fails, range(40), chunk_size=2)

        assert "in thirteen_fails" in "".join(caught.value.__notes__)
        assert nobody_is_left()
        assert workers.map(squares, range(4), chunk_size=2) == [[0, 1], [4, 9]]


@pytest.mark.parametrize(
    ("function", "says"), [(thirteen_is_unlucky, "13: unlucky"), (thirteen_cannot_travel, "pickle")]
)
def test_what_cannot_travel_is_told_in_words(function: object, says: str) -> None:
    with Workers(2) as workers, pytest.raises(Exception, match=says):
        workers.map(function, range(40), chunk_size=2)  # type: ignore[arg-type]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_failing_start_is_an_exception_too(jobs: int) -> None:
    with Workers(jobs, fail_to_learn) as workers, pytest.raises(KeyError, match="no dictionary"):
        workers.map(squares, range(40), chunk_size=2)


@pytest.mark.parametrize("method", METHODS)
def test_a_killed_worker_is_named_plainly(method: str) -> None:
    with Workers(2, method=method) as workers, pytest.raises(WorkerDied, match="工作进程意外结束"):
        workers.map(thirteen_dies, range(40), chunk_size=2)
    assert nobody_is_left()


def test_a_failing_parent_leaves_no_worker() -> None:
    with pytest.raises(ZeroDivisionError), Workers(2) as workers:
        workers.map(squares, range(40), chunk_size=2, on_done=divide_by_nothing)
    assert nobody_is_left()


SCRIPT = """
import signal, sys, time
from builder.support.workers import Workers

def wait(chunk):
    sys.stdout.write("waiting\\n")
    sys.stdout.flush()
    time.sleep(600)

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with Workers(2, method=sys.argv[1]) as workers:
            workers.map(wait, range(10), chunk_size=1)
    except KeyboardInterrupt:
        sys.exit(130)
"""


@posix
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("blow", ["Ctrl-C", "kill -9"])
def test_no_worker_outlives_a_build_that_is_ended(tmp_path: Path, method: str, blow: str) -> None:
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(SCRIPT), "utf-8")
    build = subprocess.Popen(
        [sys.executable, script, method],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with build:
        assert build.stdout is not None
        assert [build.stdout.readline() for _ in range(2)] == ["waiting\n"] * 2
        if blow == "Ctrl-C":
            os.killpg(build.pid, signal.SIGINT)
        else:
            build.kill()
        # The workers hold the same pipes: their end comes only when all are gone.
        _, errors = build.communicate(timeout=120)

    assert build.returncode == (130 if blow == "Ctrl-C" else -signal.SIGKILL)
    assert errors == ""
