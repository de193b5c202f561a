"""A site built by the workers of a cluster has the same bytes; what is wrong with the cluster is told before work starts."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from dask.distributed import Future, LocalCluster
from site_folder import SiteFolder, differing

from builder import examining
from builder.cli import last_build
from builder.publish import PublishError
from builder.support import cluster as clusters
from builder.support.cluster import Cluster, cluster
from builder.support.cluster import _digest as digest
from builder.support.failure import Failure

Said = pytest.CaptureFixture[str]
Work = Callable[[Sequence[int]], Any]

ITEM = "content/items/xincheng/shebaoka-shenban.yaml"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A scheduler with two worker processes on this machine, each with threads of its own."""
    with LocalCluster(  # type: ignore[no-untyped-call]
        host="127.0.0.1", n_workers=2, threads_per_worker=2, dashboard_address="127.0.0.1:0"
    ) as here:
        yield here.scheduler_address


@pytest.fixture
def processes(address: str, tmp_path: Path) -> Iterator[Cluster]:
    with cluster(address, 1, (tmp_path,)) as found:
        yield found


def test_a_site_has_the_same_bytes_as_built_by_one_process(address: str, site: SiteFolder) -> None:
    site.with_some_items()
    for edit in ("怎么申领社保卡", "到哪里办社保卡"):
        site.set(ITEM, "title", edit)
        assert site.build("--cluster", address) == 0
        by_cluster = site.published()
        assert edit in site.page("index.html")
        assert site.build("--clean") == 0
        assert differing(site.published(), by_cluster) == []


def test_errors_in_content_publish_nothing(address: str, site: SiteFolder, capsys: Said) -> None:
    site.with_some_items().write("content/items/songshan/xin.yaml", "name: [\n")
    assert site.build("--cluster", address) == 1
    assert "content/items/songshan/xin.yaml:1:" in capsys.readouterr().out
    assert not site.out.exists()


def test_an_error_of_a_template_arrives_as_what_it_is(address: str, site: SiteFolder, capsys: Said) -> None:
    site.with_some_items().write("templates/item.html", "{{ view.mei_you }}")
    assert site.build("--cluster", address) == 2
    assert "templates/item.html" in capsys.readouterr().out
    assert not site.out.exists()


def test_the_answer_of_the_last_build_is_neither_given_nor_lost(
    address: str, one_guide: SiteFolder, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(last_build, "RACY_NS", -(10**12))  # what was just written is known by its facts
    assert one_guide.build() == 0
    note = one_guide.read(".cache/last-build.json")

    monkeypatch.setattr(examining, "study_areas", None)  # what builds fails now
    assert one_guide.build() == 0
    assert one_guide.build("--cluster", address) == 3
    assert one_guide.read(".cache/last-build.json") == note


# --- Work on chunks -------------------------------------------------------------------------------------------------------

made: list[int] = []


def counting_squares(more: int) -> Work:
    made.append(1)
    return lambda chunk: (os.getpid(), len(made), [number * number + more for number in chunk])


def doing(work: Work) -> Work:
    return work


def thirteen_cannot_be_published(chunk: Sequence[int]) -> Sequence[int]:
    if 13 in chunk:
        raise PublishError("磁盘空间不足", "请清理磁盘", 3)
    return chunk


def thirteen_kills(chunk: Sequence[int]) -> Sequence[int]:
    if 13 in chunk:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return chunk


def never_made() -> Work:
    raise KeyError("no dictionary")


def slowly_noted(folder: str) -> Work:
    def note(chunk: Sequence[int]) -> None:
        Path(folder, str(chunk[0])).touch()
        time.sleep(0.2)

    return note


def test_results_come_in_order_and_each_process_makes_its_work_once(processes: Cluster) -> None:
    done: list[int] = []
    with processes.workers([1], counting_squares, (5,)) as workers:
        results = workers.map(range(50), 8, done.append)
        again = workers.map(range(3), 1)
        assert workers.map([], 1) == []

    assert [number for _, _, squares in results for number in squares] == [number * number + 5 for number in range(50)]
    assert sorted(done) == [2, 8, 8, 8, 8, 8, 8]
    assert {times for _, times, _ in (*results, *again)} == {1}
    assert os.getpid() not in {process for process, _, _ in results}


def test_a_failure_arrives_as_what_it_is(processes: Cluster) -> None:
    with processes.workers([1], doing, (thirteen_cannot_be_published,)) as workers:
        with pytest.raises(PublishError) as caught:
            workers.map(range(40), 2)
        assert (caught.value.says, caught.value.hint, caught.value.exit_code) == ("磁盘空间不足", "请清理磁盘", 3)
        assert "in thirteen_cannot_be_published" in "".join(caught.value.__notes__)
    with processes.workers([1], never_made, ()) as workers, pytest.raises(KeyError, match="no dictionary"):
        workers.map(range(40), 2)


def test_an_interrupt_gives_up_what_was_not_begun(processes: Cluster, tmp_path: Path) -> None:
    def interrupt(count: int) -> None:
        raise KeyboardInterrupt

    with processes.workers([1], slowly_noted, (str(tmp_path),)) as workers, pytest.raises(KeyboardInterrupt):
        workers.map(range(60), 1, interrupt)
    with processes.workers([1], doing, (thirteen_cannot_be_published,)) as workers:
        assert workers.map(range(2), 2) == [range(2)], "the cluster is free again"
    assert len(list(tmp_path.iterdir())) < 20


# --- What is wrong with a cluster -----------------------------------------------------------------------------------------


@pytest.fixture
def deaf() -> Iterator[str]:
    """An address where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{taken.getsockname()[1]}"


def test_where_nobody_listens_is_told_and_nothing_is_made(deaf: str, site: SiteFolder, capsys: Said) -> None:
    site.with_some_items()
    assert site.build("--cluster", deaf) == 3
    said = capsys.readouterr().err
    assert f"连不上集群 {deaf}" in said
    assert "python -m dask scheduler" in said
    assert not site.out.exists()


@pytest.mark.parametrize("wrong", ["a", "http://127.0.0.1:80", "127.0.0.1", "127.0.0.1:x", "中"])
def test_what_is_no_address_is_told(wrong: str, one_guide: SiteFolder, capsys: Said) -> None:
    assert one_guide.build("--cluster", wrong) == 2
    assert "主机:端口" in capsys.readouterr().err


def test_without_dask_it_is_told_how_to_run(
    one_guide: SiteFolder, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "dask.distributed", None)
    assert one_guide.build("--cluster", "127.0.0.1:8786") == 2
    assert "uv run --extra cluster build.py build --cluster 127.0.0.1:8786" in capsys.readouterr().err


def refused(address: str, folder: Path) -> Failure:
    """Return why the cluster is not used for work in this folder."""
    with pytest.raises(Failure) as caught, cluster(address, 1, (folder,)):
        pass
    return caught.value


def test_a_worker_that_does_not_see_a_folder_is_told(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def elsewhere(folder: Path) -> Iterator[str]:
        yield f"{folder}/token"  # which is not there for the workers

    monkeypatch.setattr(clusters, "_token_in", elsewhere)
    monkeypatch.setattr(clusters, "_digest", lambda path: f"of {path}" if path.endswith("token") else digest(path))
    failure = refused(address, tmp_path)
    assert f"看不到 {tmp_path}" in failure.says
    assert "共享盘" in failure.hint


def test_a_worker_with_another_builder_is_told(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "builder_digest", lambda: "newer")
    assert "程序或 Python 和这里的不一样" in refused(address, tmp_path).says


def test_a_folder_that_cannot_be_written_is_told(address: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "写不进" in refused(address, tmp_path / "file").says


def test_what_is_looked_for_leaves_no_trace(processes: Cluster, tmp_path: Path) -> None:
    assert list(tmp_path.iterdir()) == []


def test_work_that_the_scheduler_forgot_is_told(processes: Cluster) -> None:
    def forget(_done: int) -> None:
        processes.client.cancel([Future(key, processes.client) for key in list(processes.client.futures)])

    with processes.workers([1], counting_squares, (0,)) as workers, pytest.raises(Failure, match="中途没有了"):
        workers.map(range(40), 2, forget)


# The last one: it leaves the cluster with other workers.
def test_a_lost_worker_is_told(processes: Cluster) -> None:
    with processes.workers([1], doing, (thirteen_kills,)) as workers, pytest.raises(Failure, match="中途没有了"):
        workers.map(range(40), 2)
