"""How a host is asked: through the proxy of the environment, but never for this machine itself."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from live_host import LiveHost, Reply, serving

from builder.verification.answers import Response
from builder.verification.fetching import Access, Fetcher


def test_a_host_is_asked_through_the_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(LiveHost({"index.html": b"<p>home</p>"})) as proxy, Fetcher(Access()) as fetcher:
        monkeypatch.setenv("http_proxy", proxy.address)
        monkeypatch.setenv("no_proxy", "")
        answer = fetcher.follow("http://www.example.gov.cn/bszn/index.html")

    assert isinstance(answer, Response)
    assert answer.status == 200
    assert proxy.asked == ["http://www.example.gov.cn/bszn/index.html"]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "[::1]", "town.localhost"])
def test_this_machine_is_never_asked_through_a_proxy(host: str) -> None:
    access = Access(proxies={"http": "http://proxy.example.cn:3128"})

    assert access.proxy_for(urlsplit(f"http://{host}:8000/")) is None
    assert access.proxy_for(urlsplit("http://www.example.gov.cn/")) is not None


def test_a_connection_that_the_host_closed_meanwhile_is_opened_again() -> None:
    with serving(LiveHost({"index.html": b"<p>home</p>"})) as host, Fetcher(Access()) as fetcher:
        host.faults.append(lambda asked, reply: Reply(broken=True) if len(host.asked) == 2 else None)
        answers = [fetcher.get(f"{host.url}index.html") for _ in range(3)]

    assert [answer.status for answer in answers if isinstance(answer, Response)] == [200, 200, 200]


def test_a_circle_of_redirects_is_told_by_its_target() -> None:
    with serving(LiveHost({})) as host, Fetcher(Access()) as fetcher:
        host.faults.append(lambda asked, reply: Reply(302, {"Location": "b" if asked.path == "a" else "a"}))
        answer = fetcher.follow(f"{host.url}a")

    assert isinstance(answer, Response)
    assert answer.target == f"{host.url}a"
    assert answer.hops == (f"{host.url}a",)
