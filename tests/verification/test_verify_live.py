"""A live site is looked at, and what is wrong with it is named; a good one gets no word of blame."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from live_host import Asked, LiveHost, Reply, Town, released, serving
from site_folder import Files

from builder.cli import main
from builder.cli.console import no_progress
from builder.verification.journal import Journal
from builder.verification.pace import Manners
from builder.verification.verdict import Kind
from builder.verification.verification import Verification, Wanted, verify
from builder.verification.wording import looked_at

NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
QUICK = Manners(pause=0, first_wait=0.01)


def look(town: Town, sample: int | None = None, release: str = "") -> Verification:
    return verify(town.folder, Wanted(town.host.url, release, sample), NOW, no_progress, manners=QUICK)


def test_a_site_that_is_the_release_is_well(town: Town) -> None:
    found = look(town)

    assert found.exit_code == 0
    assert found.causes == []
    assert [one.says for one in found.findings] == []
    assert len(found.verdicts) == len(town.newer.files)
    assert town.host.most_at_once <= 4


CAPTCHA = "<title>安全验证</title><p>请完成滑块验证</p>".encode()
TAG = b'<script src="https://hm.baidu.com/hm.js?0123abcd"></script>'

FAULTS: dict[str, tuple[Kind, Callable[[Reply], Reply]]] = {
    "items/linshi-jiuzhu.html": (Kind.STALE, lambda reply: reply),  # by the files of the release before
    "index.html": (Kind.INJECTED, lambda reply: replace(reply, body=reply.body.replace(b"</body>", TAG + b"</body>"))),
    "places/index.html": (Kind.EOL, lambda reply: replace(reply, body=reply.body.replace(b"\n", b"\r\n"))),
    "data/items.json": (Kind.BOM, lambda reply: replace(reply, body=b"\xef\xbb\xbf" + reply.body)),
    "topics/index.html": (Kind.BLOCKED, lambda _: Reply(405, {"Content-Type": "text/html"}, b"<h1>405</h1>")),
    "places/bianmin-dating.html": (Kind.BLOCKED, lambda _: Reply(200, {"Content-Type": "text/html"}, CAPTCHA)),
    "static/print.css": (Kind.MISSING, lambda _: Reply(404, {}, b"")),
    "static/style.css": (Kind.WRONG_TYPE, lambda reply: replace(reply, headers={"Content-Type": "text/plain"})),
    "search.html": (Kind.TRUNCATED, lambda reply: replace(reply, body=reply.body[:800])),
    "sitemap.html": (Kind.TRUNCATED, lambda reply: replace(reply, body=reply.body[:800], announced=len(reply.body))),
    "static/favicon.svg": (
        Kind.DOUBLE_GZIP,
        lambda reply: replace(
            reply,
            headers={**reply.headers, "Content-Encoding": "gzip"},
            body=gzip.compress(gzip.compress(reply.body)),
        ),
    ),
    "mine.html": (Kind.REDIRECTED, lambda _: Reply(302, {"Location": "https://sso.example.gov.cn/login"}, b"")),
    "robots.txt": (Kind.UNREACHABLE, lambda reply: replace(reply, broken=True)),
    "404.html": (Kind.WRONG_CHARSET, lambda reply: replace(reply, headers={"Content-Type": "text/html; charset=gbk"})),
}


def test_each_of_many_faults_is_named_and_nothing_else_is(town: Town, older_town_files: Files) -> None:
    page = "items/linshi-jiuzhu.html"
    town.host.files[page] = older_town_files[page]
    for path, (_, change) in FAULTS.items():
        town.host.spoil(path, change)

    found = look(town)

    assert {verdict.path: verdict.kind for verdict in found.wrong} == {path: kind for path, (kind, _) in FAULTS.items()}
    assert found.exit_code == 1
    assert len(found.causes) == len(FAULTS) - 1  # both that are truncated have the same one
    assert any("百度统计" in cause.title for cause in found.causes)


def test_a_release_that_was_not_replaced_is_told_in_the_first_line(
    town: Town, older_town_files: Files, capsys: pytest.CaptureFixture[str]
) -> None:
    town.host.files = dict(older_town_files)

    code = main(["verify", town.host.url, "--site", str(town.folder), "--pause", "0"])

    said = capsys.readouterr().out
    assert code == 1
    assert said.startswith(f"网站上还是 {town.older.name} 那一版，不是 {town.newer.name} 的。\n")


def test_a_release_to_which_a_site_was_taken_back_is_told_although_newer_files_are_left(
    town: Town, older_town_files: Files
) -> None:
    poorer = {path: data for path, data in older_town_files.items() if path != "calendar.html"}
    poorer["index.html"] += b"<!-- of the middle of November -->"
    middle = released(town.folder, poorer, "2026-11-15")
    town.host.files = {**town.host.files, **poorer}

    found = look(town)

    assert found.live == middle
    assert not any("一个也没有" in cause.title for cause in found.causes)


def test_a_page_of_maintenance_in_the_place_of_a_guide_is_not_called_an_optimization(town: Town) -> None:
    page = "<!DOCTYPE html><title>数据迁移中</title><p>请周一再来".encode()
    town.host.spoil("items/linshi-jiuzhu.html", lambda reply: replace(reply, body=page))

    (cause,) = look(town).causes

    assert cause.title == "1 个文件整个换成了“数据迁移中”"
    assert "顶替" in cause.fix


def test_a_program_reads_what_is_wrong_and_the_sheet_says_what_to_do(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    del town.host.files["static/print.css"]
    sheet = town.folder / "sheets" / "operator.html"

    code = main(["verify", town.host.url, "--site", str(town.folder), "--pause", "0", "--json", "--out", str(sheet)])

    data = json.loads(capsys.readouterr().out)
    assert code == 1
    assert [(one["path"], one["kind"]) for one in data["wrong"]] == [("static/print.css", "missing")]
    assert data["counts"] == {"missing": 1, "ok": len(town.newer.files) - 1}
    assert "static/print.css" in sheet.read_text("utf-8")
    assert data["causes"][0]["fix"] in sheet.read_text("utf-8")


def test_files_that_show_the_page_for_any_address_are_missing(town: Town) -> None:
    del town.host.files["static/print.css"], town.host.files["items/linshi-jiuzhu.html"]

    def soft(asked: Asked, reply: Reply) -> Reply | None:
        return replace(reply, status=200) if reply.status == 404 else None

    town.host.faults.append(soft)
    found = look(town)

    assert {verdict.kind for verdict in found.wrong} == {Kind.MISSING}
    assert len(found.wrong) == 2
    assert [one.check for one in found.to_mend] == ["soft-404"]


def test_a_busy_host_is_left_alone_as_long_as_it_asks_for(town: Town) -> None:
    refused: list[str] = []

    def busy(asked: Asked, reply: Reply) -> Reply | None:
        if asked.path == "items/linshi-jiuzhu.html" and len(refused) < 2:
            refused.append(asked.path)
            return Reply(429, {"Retry-After": "0"}, b"")
        return None

    town.host.faults.append(busy)

    assert look(town).exit_code == 0
    assert len(refused) == 2


def test_no_more_than_four_files_are_asked_for_at_once(town: Town) -> None:
    town.host.delay = 0.005

    look(town)

    assert 2 <= town.host.most_at_once <= 4


def test_a_firewall_that_lets_nobody_in_any_more_is_not_asked_on(town: Town) -> None:
    town.host.faults.append(lambda asked, reply: Reply(403, {}, b"") if len(town.host.asked) > 30 else None)

    found = look(town)

    assert found.unseen
    assert found.exit_code == 1


def test_a_folder_that_a_firewall_keeps_does_not_hide_the_files_after_it(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    town.host.files |= {f"print/leaflet/community-{number}.html": b"<!doctype html>" for number in range(300)}
    release = released(town.folder, town.host.files, "2026-12-01")
    town.host.faults.append(lambda asked, reply: Reply(403, {}, b"") if asked.path.startswith("print/") else None)

    found = look(town)
    main(["verify", town.host.url, "--site", str(town.folder), "--pause", "0"])

    assert found.unseen
    assert {path.partition("/")[0] for path in (*found.unseen, *found.blocked)} == {"print"}
    assert len(found.verdicts) + len(found.unseen) == len(release.files)
    assert len(found.blocked) < 100
    assert "都在 print/ 里" in capsys.readouterr().out.splitlines()[0]


def test_what_was_right_before_a_kill_is_not_asked_for_again(town: Town) -> None:
    class Killed(Exception):
        pass

    def progress(_name: str, _total: int) -> Callable[[int], None]:
        seen: list[int] = []

        def step(count: int) -> None:
            seen.append(count)
            if sum(seen) >= 30:
                raise Killed

        return step

    with pytest.raises(Killed):
        verify(town.folder, Wanted(town.host.url), NOW, progress, manners=QUICK)
    before = len(town.host.asked)
    found = look(town)

    assert found.exit_code == 0
    assert len(found.verdicts) == len(town.newer.files)
    assert len(town.host.asked) - before < len(town.newer.files)
    assert f"其中 {found.known} 个是上一次没看完时看过的" in looked_at(found)
    whole = look(town)  # nothing is kept of a walk that came to its end
    assert whole.requests > len(town.newer.files)


def test_a_sample_takes_nothing_over_from_an_unfinished_walk(town: Town) -> None:
    sampled = look(town, 20).verdicts
    with Journal(town.folder / ".cache", town.host.url, town.newer.name, NOW) as journal:
        for path in town.newer.files:
            journal.note(path)
    spoiled = next(path for path in sampled if "/" in path and path.endswith(".html"))
    town.host.spoil(spoiled, lambda reply: replace(reply, body=reply.body + b"<script>mine()</script>"))

    assert look(town, 20).verdicts[spoiled].kind is Kind.INJECTED


def test_a_sample_is_the_same_each_time_and_has_files_of_all_kinds(town: Town) -> None:
    first, again = look(town, 20), look(town, 20)

    assert list(first.verdicts) == list(again.verdicts)
    assert len(first.verdicts) < len(town.newer.files)
    kinds = {path.rpartition(".")[2] for path in town.newer.files}
    assert {path.rpartition(".")[2] for path in first.verdicts} == kinds


def test_nobody_at_the_address_is_another_exit_code(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(LiveHost({})) as gone:
        url = gone.url

    assert main(["verify", url, "--site", str(town.folder)]) == 3
    capsys.readouterr()
    assert main(["verify", url, "--json", "--site", str(town.folder)]) == 3
    assert json.loads(capsys.readouterr().out)["well"] is False
    assert main(["verify", "www.example.gov.cn", "--site", str(town.folder)]) == 2
    assert main(["verify", town.host.url, "--release", "2025", "--site", str(town.folder)]) == 2


def test_a_wrong_folder_is_told_before_its_many_missing_files(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["verify", f"{town.host.url}guide/", "--site", str(town.folder), "--pause", "0"])

    assert code == 1
    assert capsys.readouterr().out.startswith("这个网址上没有我们的网站")


def test_extensions_that_a_server_does_not_know_are_one_cause(town: Town) -> None:
    lost = [path for path in town.host.files if path.endswith((".pagefind", ".pf_meta", ".pf_index", ".pf_fragment"))]
    for path in lost:
        del town.host.files[path]

    (cause,) = look(town).causes

    assert {verdict.path for verdict in cause.verdicts} == set(lost)
    assert ".pagefind、.pf_fragment、.pf_index、.pf_meta 的一个也没有" in cause.title


def test_an_edition_of_which_there_is_no_release_is_told_by_its_number(town: Town) -> None:
    town.host.files["data/manifest.json"] = b'{"digest": "' + b"c0ffee42" * 8 + b'",\n"files": {\n}}\n'
    if "data/manifest.json" not in town.newer.files:
        pytest.skip("the manifest is no part of this release")

    assert any("c0ffee42" in finding.says for finding in look(town).findings)


def test_a_file_that_breaks_off_by_chance_is_asked_for_again(town: Town) -> None:
    broken: list[str] = []

    def once(asked: Asked, reply: Reply) -> Reply | None:
        if asked.path == "items/linshi-jiuzhu.html" and not broken:
            broken.append(asked.path)
            return replace(reply, body=reply.body[:500], announced=len(reply.body))
        return None

    town.host.faults.append(once)

    assert look(town).exit_code == 0
    assert broken


def test_a_host_that_wants_to_be_left_alone_for_an_hour_is(town: Town) -> None:
    town.host.faults.append(
        lambda asked, reply: Reply(503, {"Retry-After": "3600"}, b"") if asked.path.startswith("places/") else None
    )

    found = look(town)

    assert {verdict.kind for verdict in found.wrong} == {Kind.BLOCKED}
