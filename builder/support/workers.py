"""A pool of worker processes that maps chunks of a list to results, in order.

It uses pipes instead of `concurrent.futures`. There, the workers of a killed build never end, and an interrupted build
waits for every chunk that has started. Here a worker exits with its parent. It holds one chunk at most, so that
neither side can block while the other one writes.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from builder.support.failure import Failure

T = TypeVar("T")
R = TypeVar("R")

MAX_WORKERS = 60  # Windows can wait for 63 handles at most
STOP_TIMEOUT = 2.0  # seconds to wait for a worker to exit before it is killed

FILES_PER_WORKER = 150  # with fewer content files, starting another process costs more time than it saves
STOP = b""  # the last message to a worker


def workers_for(files: int, jobs: int) -> int:
    """Return how many processes to use for this number of content files, at most `jobs`."""
    return min(jobs, 1 + files // FILES_PER_WORKER)


class WorkerDied(Failure):
    """A worker process was killed, most often because memory ran out."""

    def __init__(self, exit_code: int | None) -> None:
        super().__init__(
            f"机器出了问题：一个工作进程意外结束（退出码 {exit_code}），多半是内存不够。请减少同时运行的进程数再试，或改用一个进程。"
        )


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker process and the parent's end of its pipe."""

    process: BaseProcess
    pipe: Connection


class Workers(Generic[T, R]):
    """Up to `jobs` worker processes, started when first needed and kept until the ``with`` block ends.

    Each worker calls ``make(*arguments)`` once and gets a function, which it calls with each chunk. With one job, all
    work is done in this process. `method` is the start method: "fork", "forkserver" or "spawn"; None chooses the
    fastest safe one. `make` must be importable; `arguments`, chunks and results must be picklable.
    """

    def __init__(
        self,
        jobs: int,
        make: Callable[..., Callable[[Sequence[T]], R]],
        arguments: tuple[Any, ...] = (),
        method: str | None = None,
    ) -> None:
        self._jobs = max(1, min(jobs, MAX_WORKERS))
        self._make = make
        self._arguments = arguments
        self._method = method
        self._workers: list[Worker] = []
        self._local_work: Callable[[Sequence[T]], R] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop(at_once=error is not None)

    def map(self, items: Sequence[T], chunk_size: int, on_done: Callable[[int], None] | None = None) -> list[R]:
        """Return the results of the chunks of `items`, in order. A chunk has `chunk_size` items, the last may have fewer.

        `on_done` is called in this process after each chunk, with the number of its items. An exception in a worker
        is raised here, with the worker's traceback as a note. Raises `WorkerDied` when a worker is killed. After an
        exception all workers are stopped.
        """
        chunks = [items[start : start + chunk_size] for start in range(0, len(items), chunk_size)]
        done = on_done or _ignore
        if self._jobs == 1 or len(chunks) <= 1:
            return [self._run_here(chunk, done) for chunk in chunks]
        try:
            return self._run_in_workers(chunks, done)
        except BaseException:
            self._stop(at_once=True)
            raise

    def _run_here(self, chunk: Sequence[T], done: Callable[[int], None]) -> R:
        if self._local_work is None:
            self._local_work = self._make(*self._arguments)
        result = self._local_work(chunk)
        done(len(chunk))
        return result

    def _run_in_workers(self, chunks: Sequence[Sequence[T]], done: Callable[[int], None]) -> list[R]:
        self._start(min(self._jobs, len(chunks)))
        waiting = iter(range(len(chunks)))
        results: dict[int, R] = {}
        busy: dict[Any, tuple[Worker, int]] = {}
        idle = list(self._workers)
        while len(results) < len(chunks):
            for worker, number in zip(idle, waiting, strict=False):
                _send(worker, pickle.dumps(chunks[number], pickle.HIGHEST_PROTOCOL))
                busy[worker.pipe] = (worker, number)
            idle = []
            for pipe in wait(list(busy)):
                worker, number = busy.pop(pipe)
                results[number] = _receive(worker)
                done(len(chunks[number]))
                idle.append(worker)
        return [results[number] for number in range(len(chunks))]

    def _start(self, number: int) -> None:
        context = _context(self._method)
        while len(self._workers) < number:
            ours, theirs = context.Pipe()
            process = context.Process(target=_worker_main, args=(theirs, self._make, self._arguments), daemon=True)
            with _interrupts_blocked():
                process.start()
            theirs.close()
            self._workers.append(Worker(process, ours))

    def _stop(self, *, at_once: bool) -> None:
        workers, self._workers = self._workers, []
        for worker in workers:
            if at_once:
                worker.process.terminate()
            else:
                with suppress(OSError):
                    worker.pipe.send_bytes(STOP)
            worker.pipe.close()
        for worker in workers:
            worker.process.join(STOP_TIMEOUT)
            if worker.process.exitcode is None:
                worker.process.kill()
                worker.process.join()
            worker.process.close()


def _ignore(_: int) -> None:
    pass


def _context(method: str | None) -> Any:  # the type differs between platforms
    # Forking is fastest, but safe only if no other thread can hold a lock.
    if method is None and sys.platform == "linux" and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context(method or "spawn")


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Block Ctrl-C while a process starts. The child inherits the block, so Ctrl-C cannot stop it half started."""
    if sys.platform == "win32":
        yield
    else:
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _send(worker: Worker, chunk: bytes) -> None:
    try:
        worker.pipe.send_bytes(chunk)
    except OSError:
        raise _worker_died(worker) from None


def _receive(worker: Worker) -> Any:
    try:
        answer = worker.pipe.recv_bytes()
    except (EOFError, OSError):
        raise _worker_died(worker) from None
    return value_of(answer)


def _worker_died(worker: Worker) -> WorkerDied:
    worker.process.join(STOP_TIMEOUT)
    return WorkerDied(worker.process.exitcode)


def _worker_main(pipe: Connection, make: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Answer each chunk with its result until the parent sends `STOP`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes of the group; the parent handles it
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    gc.freeze()  # objects inherited by forking need no garbage collection
    try:
        work, failure = make(*arguments), b""
    except Exception as error:  # noqa: BLE001 -- every exception is passed on to the parent
        work, failure = None, _pickled_error(error)
    with suppress(EOFError, OSError):
        while (chunk := pipe.recv_bytes()) != STOP:
            pipe.send_bytes(failure or answer_of(work, chunk))


def _exit_with_parent() -> None:
    """Exit this process when the parent exits, even in the middle of a chunk."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def answer_of(work: Callable[[Any], Any], chunk: bytes) -> bytes:
    """Return what a worker answers to a pickled chunk: the result of `work` or its exception, pickled."""
    try:
        return pickle.dumps((True, work(pickle.loads(chunk))), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 -- every exception is passed on to the parent
        return _pickled_error(error)


def value_of(answer: bytes) -> Any:
    """Return the result in the answer of a worker. Raises its exception, with the worker's traceback as a note."""
    succeeded, value = pickle.loads(answer)
    if not succeeded:
        raise value
    return value


def _pickled_error(error: Exception) -> bytes:
    """Return `error` pickled, with its traceback as a note; a `RuntimeError` with that text if it cannot be pickled."""
    text = "".join(traceback.format_exception(error))
    error.add_note(text)
    try:
        pickled = pickle.dumps((False, error))
        pickle.loads(pickled)
    except Exception:  # noqa: BLE001 -- an exception class may define how it is pickled, so any error is possible
        return pickle.dumps((False, RuntimeError(text)))
    return pickled
