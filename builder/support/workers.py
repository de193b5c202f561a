"""Work shared among processes: each works on chunks of a list, the results keep their order.

Written on pipes and not on `concurrent.futures`: there, the workers of a killed build live on for ever, and a build that
is interrupted waits for every chunk begun. Here each worker holds one chunk at most, so that neither side can wait for
the other to read, and ends with its parent.
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

T = TypeVar("T")
R = TypeVar("R")

MOST = 60  # Windows waits for 63 handles at once
FAREWELL = 2.0  # seconds that a worker gets to end

FILES_FOR_A_WORKER = 150  # content files that are worth the start of another process
GO = b""  # the last message to a worker


def workers_for(files: int, jobs: int) -> int:
    """Return how many of `jobs` processes are worth starting for this number of content files."""
    return min(jobs, 1 + files // FILES_FOR_A_WORKER)


class WorkerDied(RuntimeError):
    """A worker process was ended from outside, most often because memory ran out."""

    def __init__(self, exit_code: int | None) -> None:
        super().__init__(
            f"一个工作进程意外结束（退出码 {exit_code}），多半是内存不够。请减少同时运行的进程数再试，或改用一个进程。"
        )


@dataclass(frozen=True, slots=True)
class Worker:
    """One process, and our end of the pipe to it."""

    process: BaseProcess
    pipe: Connection


class Workers(Generic[T, R]):
    """Up to `jobs` worker processes, started when first needed and kept until the ``with`` block ends.

    Each calls ``make(*arguments)`` once; what that returns turns chunk after chunk into results. With one job everything
    happens in this process. `method` is how processes are started: "fork", "forkserver" or "spawn"; None chooses the
    quickest safe one. `make` must be importable; `arguments`, chunks and results must be picklable.
    """

    def __init__(
        self,
        jobs: int,
        make: Callable[..., Callable[[Sequence[T]], R]],
        arguments: tuple[Any, ...] = (),
        method: str | None = None,
    ) -> None:
        self._jobs = max(1, min(jobs, MOST))
        self._make = make
        self._arguments = arguments
        self._method = method
        self._workers: list[Worker] = []
        self._made_here: Callable[[Sequence[T]], R] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop(at_once=error is not None)

    def map(self, items: Sequence[T], chunk_size: int, on_done: Callable[[int], None] | None = None) -> list[R]:
        """Return the result for each chunk of `chunk_size` neighbours in `items`, in order.

        `on_done` is called, in this process, with the number of items in each chunk that is done. Raises what the work
        raised, with the worker's traceback as a note, and `WorkerDied` when a worker is killed; no worker is left then.
        """
        chunks = [items[start : start + chunk_size] for start in range(0, len(items), chunk_size)]
        done = on_done or _nothing
        if self._jobs == 1 or len(chunks) <= 1:
            return [self._work_here(chunk, done) for chunk in chunks]
        try:
            return self._share_out(chunks, done)
        except BaseException:
            self._stop(at_once=True)
            raise

    def _work_here(self, chunk: Sequence[T], done: Callable[[int], None]) -> R:
        if self._made_here is None:
            self._made_here = self._make(*self._arguments)
        result = self._made_here(chunk)
        done(len(chunk))
        return result

    def _share_out(self, chunks: Sequence[Sequence[T]], done: Callable[[int], None]) -> list[R]:
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
            process = context.Process(target=_serve, args=(theirs, self._make, self._arguments), daemon=True)
            with _interrupts_held():
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
                    worker.pipe.send_bytes(GO)
            worker.pipe.close()
        for worker in workers:
            worker.process.join(FAREWELL)
            if worker.process.exitcode is None:
                worker.process.kill()
                worker.process.join()
            worker.process.close()


def _nothing(_: int) -> None:
    pass


def _context(method: str | None) -> Any:  # each system has types of its own
    # To fork is quickest, but safe only where no other thread can hold a lock.
    if method is None and sys.platform == "linux" and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context(method or "spawn")


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold back Ctrl-C while a process starts: it inherits this, so that it cannot be hit before it is ready."""
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
        raise _death(worker) from None


def _receive(worker: Worker) -> Any:
    try:
        answer = worker.pipe.recv_bytes()
    except (EOFError, OSError):
        raise _death(worker) from None
    went_well, value = pickle.loads(answer)
    if not went_well:
        raise value
    return value


def _death(worker: Worker) -> WorkerDied:
    worker.process.join(FAREWELL)
    return WorkerDied(worker.process.exitcode)


def _serve(pipe: Connection, make: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Answer chunk after chunk, until told to go."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_follow_parent, daemon=True).start()
    gc.freeze()  # what came by forking is not looked through for garbage again and again
    try:
        work, failure = make(*arguments), b""
    except Exception as error:  # noqa: BLE001 -- whatever it is, it belongs to the parent
        work, failure = None, _bad_news(error)
    with suppress(EOFError, OSError):
        while (chunk := pipe.recv_bytes()) != GO:
            pipe.send_bytes(failure or _answer(work, chunk))


def _follow_parent() -> None:
    """End this process, whatever it is doing, when the parent ends."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _answer(work: Callable[[Any], Any], chunk: bytes) -> bytes:
    try:
        return pickle.dumps((True, work(pickle.loads(chunk))), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 -- whatever it is, it belongs to the parent
        return _bad_news(error)


def _bad_news(error: Exception) -> bytes:
    """Return `error` with its traceback as a note; one that says the same where `error` itself cannot travel."""
    text = "".join(traceback.format_exception(error))
    error.add_note(text)
    try:
        news = pickle.dumps((False, error))
        pickle.loads(news)
    except Exception:  # noqa: BLE001 -- exceptions define how they are pickled, so anything may happen
        return pickle.dumps((False, RuntimeError(text)))
    return news
