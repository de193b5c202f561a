"""Worker processes on several machines: those of a Dask cluster, which take up whole areas.

All machines run the same builder and see the site at the same path. So content and pages are read and written where they
are, and little has to travel.
"""

from __future__ import annotations

import hashlib
import logging
import pickle
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock
from types import TracebackType
from typing import Any, Generic, Self, TypeVar
from urllib.parse import urlsplit

from builder.support.failure import USAGE_ERROR, Failure
from builder.support.fingerprint import BUILT_IN, builder_digest
from builder.support.folder import files_below
from builder.support.processes import Processes
from builder.support.workers import answer_of, value_of

T = TypeVar("T")
R = TypeVar("R")

CONNECT_TIMEOUT = 5.0  # seconds
LOOK_EVERY = 1.0  # seconds between two looks whether all workers are there

DASK = "uv run --extra cluster python -m dask"  # as a module, so that it finds the builder in the current folder


@dataclass(frozen=True, slots=True)
class Cluster(Processes):
    """The processes of a cluster, and up to `jobs` of this machine for what is not done there."""

    client: Any  # of Dask

    def take_areas(self, files: Sequence[int]) -> bool:  # noqa: ARG002 - it does not matter how many
        """Return True: the files of one area are not shared among machines."""
        return True

    def workers(
        self,
        areas: Sequence[int],  # noqa: ARG002 - as above
        make: Callable[..., Callable[[Sequence[T]], R]],
        arguments: tuple[Any, ...],
    ) -> ClusterWorkers[T, R]:
        """Return workers of the cluster."""
        return ClusterWorkers(self.client, make, arguments)


@contextmanager
def cluster(address: str, jobs: int, folders: Iterable[Path]) -> Iterator[Cluster]:
    """Yield the cluster whose scheduler is at `address`, once it is seen that its workers can do their work.

    They need the builder as it is here, and `folders`. Raises `Failure`.
    """
    client = _client(address)
    try:
        _check_machines(address, client, folders)
        yield Cluster(jobs, client)
    finally:
        client.close()


class ClusterWorkers(Generic[T, R]):
    """The workers of a cluster, as `Workers`: each process calls ``make(*arguments)`` once and works on a chunk at a time.

    `make` must be importable on all machines, also by the scheduler.
    """

    def __init__(
        self, client: Any, make: Callable[..., Callable[[Sequence[T]], R]], arguments: tuple[Any, ...]
    ) -> None:
        self._client = client
        self._make = make
        self._arguments = arguments

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Do nothing: the workers stay for others."""

    def map(self, items: Sequence[T], chunk_size: int, on_done: Callable[[int], None] | None = None) -> list[R]:
        """Return the results of the chunks of `items`, in order, as `Workers.map` does.

        Raises `Failure` when a worker or the cluster is gone. After an exception the other chunks are given up.
        """
        chunks = [items[start : start + chunk_size] for start in range(0, len(items), chunk_size)]
        if not chunks:
            return []
        there = frozenset(_workers_of(self._client))
        made_by = self._client.scatter(_pickled((self._make, self._arguments)), broadcast=True, hash=False)
        submitted = {
            self._client.submit(_work_on, _pickled(chunk), made_by, pure=False): number
            for number, chunk in enumerate(chunks)
        }
        results: dict[int, R] = {}
        try:
            for future in _as_completed(self._client, list(submitted), there):
                number = submitted[future]
                results[number] = value_of(_answer(future))
                if on_done:
                    on_done(len(chunks[number]))
        except BaseException:
            with suppress(Exception):
                self._client.cancel(list(submitted))
            raise
        return [results[number] for number in range(len(chunks))]


def _client(address: str) -> Any:
    """Return a client of the scheduler at `address`."""
    try:
        from dask.distributed import Client  # noqa: PLC0415 - an extra, and slow to load
    except ImportError:
        hint = f"运行：uv run --extra cluster build.py build --cluster {address}"
        raise Failure("要用集群，先要有 dask", hint, USAGE_ERROR) from None
    place = address if "://" in address else f"tcp://{address}"
    host, port = _host_and_port(place)
    for logger in ("distributed", "distributed.client"):
        logging.getLogger(logger).setLevel(logging.CRITICAL)  # we say ourselves what is wrong, in Chinese
    try:
        # A client that cannot connect does not end well, so ask first whether anybody is there.
        socket.create_connection((host, port), CONNECT_TIMEOUT).close()
        return Client(place, timeout=CONNECT_TIMEOUT)  # type: ignore[no-untyped-call]
    except (OSError, ValueError):
        hint = f"在那台机器上、程序的文件夹里运行：{DASK} scheduler（它会说自己的地址）。防火墙要放行。"
        raise Failure(f"连不上集群 {address}", hint) from None


def _host_and_port(place: str) -> tuple[str, int]:
    with suppress(ValueError):
        parts = urlsplit(place)
        if parts.scheme == "tcp" and parts.hostname and parts.port:
            return parts.hostname, parts.port
    raise Failure(f"集群的地址不对：{place}", "写成 主机:端口，如 192.168.1.10:8786", USAGE_ERROR)


def _check_machines(address: str, client: Any, folders: Iterable[Path]) -> None:
    """Raise `Failure` if the cluster has no workers, or one that has another builder or does not see `folders`."""
    with ExitStack() as stack:
        tokens = [stack.enter_context(_token_in(folder)) for folder in folders]
        files = {**_templates(), **{token: _digest(token) for token in tokens}}
        answers = client.run(_unlike, files, on_error="return")
    start = f"{DASK} worker {address} --nthreads 1 --nworkers=-1"  # a process for each processor
    if not answers:
        raise Failure(f"集群 {address} 里没有工作进程", f"在要用的机器上、程序的文件夹里运行：{start}")
    try:  # it looks at what it passes on
        client.run_on_scheduler(_unlike, {})
    except Exception as error:
        hint = f"程序要和这里的一样。先停掉它，再在程序的文件夹里运行：{DASK} scheduler"
        raise Failure(f"集群 {address} 的调度程序找不到本程序", hint) from error
    for worker, answer in sorted(answers.items()):
        if isinstance(answer, Exception):  # it could not find what it was to do
            hint = f"程序要和这里的一样。先停掉它，再在程序的文件夹里运行：{start}"
            raise Failure(f"集群的工作进程 {worker} 找不到本程序", hint) from answer
        builder, unlike = answer
        if builder != builder_digest():
            hint = "在那台机器上换成一样的程序和 Python，再重新启动工作进程。"
            raise Failure(f"集群的工作进程 {worker} 上的程序或 Python 和这里的不一样", hint)
        if unlike:
            hint = "每台机器都要在同一个路径看到程序、网站文件夹（连同 .cache）和输出文件夹，比如都放在共享盘上。"
            raise Failure(f"集群的工作进程 {worker} 看不到 {Path(unlike).parent}，或者看到的和这里的不一样", hint)


@contextmanager
def _token_in(folder: Path) -> Iterator[str]:
    """Yield a file that was just written into `folder`, so that only a machine that shares the folder has it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, prefix=".cluster-") as file:
            file.write(file.name.encode())
            file.flush()
            yield file.name
    except OSError as error:
        hint = "用集群时，网站的 .cache 和输出文件夹要写得进去。"
        raise Failure(f"写不进 {folder}：{error.strerror}", hint) from error


def _templates() -> dict[str, str]:
    """Return the digests of the built-in templates, which are no part of the digest of the builder."""
    folder = BUILT_IN / "templates"
    paths = [f"{folder}/{path}" for path in files_below(str(folder)).files]
    return {path: _digest(path) for path in paths}


def _unlike(files: Mapping[str, str]) -> tuple[str, str]:
    """Return, in a worker, its builder, and the last of `files` that it sees otherwise than by this digest; "" for none."""
    unlike = [path for path, known in files.items() if _digest(path) != known]
    return builder_digest(), unlike[-1] if unlike else ""


def _digest(path: str) -> str:
    with suppress(OSError):
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    return ""


def _workers_of(client: Any) -> Iterable[str]:
    """Return the addresses of the workers that are there now. Raises `Failure` if the cluster does not answer."""
    try:
        return [str(worker) for worker in client.nthreads()]
    except Exception as error:
        raise _lost("调度程序") from error


def _as_completed(client: Any, futures: Sequence[Any], there: frozenset[str]) -> Iterator[Any]:
    """Yield each future once it is done. Raises `Failure` when one of the workers that were `there` is gone."""
    from dask.distributed import wait  # noqa: PLC0415 - an extra, and slow to load

    waiting = set(futures)
    while waiting:
        done: set[Any] = set()
        try:
            done = wait(waiting, LOOK_EVERY, "FIRST_COMPLETED").done  # type: ignore[no-untyped-call]
        except TimeoutError:
            pass
        except CancelledError as error:  # the scheduler forgets work whose data went with a worker
            raise _lost("一个工作进程") from error
        # The scheduler would give the work of a lost worker to another one, or wait for one for ever. But the lost one
        # may have written some pages, and may still be writing.
        if gone := there.difference(_workers_of(client)):
            raise _lost(f"工作进程 {min(gone)}")
        yield from done
        waiting -= done


def _answer(future: Any) -> bytes:
    try:
        answer: bytes = future.result()
    except Exception as error:
        raise _lost("一个工作进程") from error
    return answer


def _lost(who: str) -> Failure:
    hint = "多半是那台机器内存不够、关了机或断了网。看看那里显示了什么，再运行一次。"
    return Failure(f"集群的{who}中途没有了，网站没有改动", hint)


_one_at_a_time = Lock()  # a worker process of Dask may have several threads


def _work_on(chunk: bytes, made_by: bytes) -> bytes:
    """Answer a chunk, in a worker."""

    def work(items: Sequence[Any]) -> Any:
        return _made(made_by)(items)

    with _one_at_a_time:
        return answer_of(work, chunk)


@lru_cache(maxsize=1)
def _made(made_by: bytes) -> Callable[[Any], Any]:
    """Return what works on chunks; it is kept until other work comes."""
    make, arguments = pickle.loads(made_by)
    made: Callable[[Any], Any] = make(*arguments)
    return made


def _pickled(value: object) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
