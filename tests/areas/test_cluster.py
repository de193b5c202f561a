"""A site built by the workers of a cluster has the same bytes; what is wrong with the cluster is told before work starts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from dask.distributed import LocalCluster
from site_folder import SiteFolder, differing

from builder.support.cluster import Cluster, cluster

Said = pytest.CaptureFixture[str]
Work = Callable[[Sequence[int]], Any]

ITEM = "content/items/xincheng/shebaoka-shenban.yaml"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A scheduler with two worker processes on this machine, each with threads of its own."""
    with LocalCluster(  # type: ignore[no-untyped-call]
        host="127.0.0.1", n_workers=2, threads_per_worker=2, dashboard_address=None
    ) as here:
        yield here.scheduler_address


@pytest.fixture
def processes(address: str, tmp_path: Path) -> Iterator[Cluster]:
    with cluster(address, 1, (tmp_path,)) as found:
        yield found


def test_a_site_has_the_same_bytes_as_built_by_one_process_and_by_two(address: str, site: SiteFolder) -> None:
    site.with_some_items()
    assert site.build("--cluster", address) == 0
    by_cluster = site.published()
    for jobs in ("1", "2"):
        assert site.build("--clean", "--jobs", jobs) == 0
        assert differing(site.published(), by_cluster) == []

    site.set(ITEM, "title", "怎么申领社保卡")
    assert site.build("--cluster", address) == 0
    by_cluster = site.published()
    assert "怎么申领社保卡" in site.page("index.html")
    assert site.build("--clean") == 0
    assert differing(site.published(), by_cluster) == []
