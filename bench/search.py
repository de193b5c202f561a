"""Measure the search of a built site through its real search page, in headless Chromium.

    uv run bench/search.py public                                       bytes, requests and times
    uv run bench/search.py public --queries Q.jsonl --list L.jsonl --documents FOLDER
    uv run bench/search.py public --spoken bench/questions/*.jsonl      right items, in seconds: without a browser
    uv run bench/search.py public --spoken bench/questions/once.jsonl --browser 40     is the real page the same?

With queries it also tells how often a right item comes first (R@1), among the first three (R@3), and the mean reciprocal
rank (MRR), by class. Each line of Q has a query (q), its class (cls) and the entries of the check-list L that are right
(rel, 2 exactly, 1 acceptable). Which item of the site covers an entry is told by name and provenance, as in tools/coverage.py;
the content is read from the current folder.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from spoken import asked, asker, misses, questions_of, table

from tools.coverage import covering, items, wanted
from tools.documents import Document, content

OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SLOW_3G = {"offline": False, "latency": 2000, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # DevTools'
QUESTION = "社保卡丢了怎么办"
TYPED = "社保卡 失业登记 低保 残疾人 养老保险 医保报销 居住证 补贴 老年证 sbk".split()  # noqa: SIM905
STORIES = [
    "老伴走了丧葬费找谁要",
    "残疾人家的孩子考上大学了",
    "工地上摔断腿老板不管",
    "我爸瘫在床上没人照顾",
    "老板跑路工资没给",
]
KINDS = ("R@1", "R@3", "R@10", "MRR", "none")


def main() -> None:
    options = _options()
    if options.spoken and not options.browser:
        results = asked(questions_of(options.spoken), asker(options.site))
        if options.misses:
            print(misses(results))
        print(table(results))
        return
    with _served(options.site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.chromium, args=OPTIONS)
        if options.spoken:
            _compare(browser, address, options)
            return
        _costs(browser, address)
        if options.queries:
            _quality(browser, address, options)
        browser.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path, help="the folder of the built site")
    parser.add_argument("--queries", type=Path)
    parser.add_argument("--list", type=Path, help="the check-list that the queries name entries of")
    parser.add_argument("--documents", type=Path, help="the documents that the check-list was made from")
    parser.add_argument(
        "--spoken", type=Path, nargs="+", help="questions with the items of the sample site that are right"
    )
    parser.add_argument(
        "--browser", type=int, default=0, metavar="N", help="ask N of them, evenly spread, on the real page"
    )
    parser.add_argument("--misses", action="store_true", help="name the queries whose first result is wrong")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    return parser.parse_args()


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Serve `folder` packed with gzip, as hosts do."""

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            path = Path(self.translate_path(self.path))
            if not path.is_file():
                self.send_error(404)
                return
            data = path.read_bytes()
            packed = (
                data if path.suffix in (".pagefind", ".pf_index", ".pf_meta", ".pf_fragment") else gzip.compress(data)
            )
            self.send_response(200)
            self.send_header("Content-Type", self.guess_type(path))
            if packed is not data:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(packed)))
            self.end_headers()
            self.wfile.write(packed)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()


def _network(page: Page) -> tuple[CDPSession, list[float]]:
    """Return a session and the list to which the bytes of every response are added."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    return session, sizes


def _ask(page: Page, question: str) -> float:
    """Type a question, and return the ms from the last key until what the answer is can be seen."""
    return float(
        page.evaluate(
            """question => new Promise(done => {
              const box = document.getElementById("q"), list = document.querySelector("#search-results .results");
              const said = document.querySelector(".results-said");
              const start = performance.now();
              const seen = new MutationObserver(() => {
                if (!said.textContent) return;
                seen.disconnect(); done(performance.now() - start);
              });
              box.value = ""; box.dispatchEvent(new Event("input")); list.textContent = ""; said.textContent = "";
              seen.observe(said, { childList: true, characterData: true, subtree: true });
              box.value = question; box.dispatchEvent(new Event("input"));
              setTimeout(() => { seen.disconnect(); done(-1); }, 30000);
            })""",
            question,
        )
    )


def _costs(browser: Browser, address: str) -> None:
    page = browser.new_page()
    session, sizes = _network(page)
    page.goto(f"{address}/search.html", wait_until="networkidle")
    loaded = (len(sizes), sum(sizes))
    first = _ask(page, QUESTION)
    page.wait_for_load_state("networkidle")
    print(f"search page: {loaded[0]} requests, {loaded[1] / 1000:.0f} kB")
    print(f"with the first search: {len(sizes)} requests, {sum(sizes) / 1000:.0f} kB, {first:.0f} ms")
    print(f"warm, from key to results: {_warm(page, TYPED)}")
    page.close()
    for question in STORIES[:3]:
        page = browser.new_page()
        _, sizes = _network(page)
        page.goto(f"{address}/search.html", wait_until="networkidle")
        first = _ask(page, question)
        page.wait_for_timeout(1500)
        page.wait_for_load_state("networkidle")
        print(f"with a first story, {question}: {len(sizes)} requests, {sum(sizes) / 1000:.0f} kB, {first:.0f} ms")
        if question != STORIES[2]:
            page.close()
    print(f"warm, stories: {_warm(page, STORIES)}")
    page.close()
    page = browser.new_page()
    session, _ = _network(page)
    page.goto(f"{address}/search.html", wait_until="networkidle")
    session.send("Network.emulateNetworkConditions", SLOW_3G)
    print(f"slow 3G, search page loaded: first results after {_ask(page, QUESTION):.0f} ms")
    page.close()


def _warm(page: Page, questions: list[str]) -> str:
    """Return what questions take that were asked before."""
    for question in questions:
        _ask(page, question)
        page.wait_for_timeout(300)
    times = []
    for question in questions * 5:
        times.append(_ask(page, question))
        page.wait_for_timeout(20)
    times.sort()
    return f"median {median(times):.0f} ms, p95 {times[int(len(times) * 0.95)]:.0f} ms"


def _compare(browser: Browser, address: str, options: argparse.Namespace) -> None:
    """Ask each question on a page that was just opened, and say where it answers otherwise than the scripts alone."""
    questions = questions_of(options.spoken)
    some = questions[:: max(1, len(questions) // options.browser)]
    alone = asker(options.site)

    def on_page(question: str) -> list[str]:
        page = browser.new_page()
        page.goto(f"{address}/search.html")
        _ask(page, question)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(100)
        links = page.eval_on_selector_all(
            "#search-results .results > li > a", "all => all.map(one => one.getAttribute('href'))"
        )
        page.close()
        return [Path(link).stem for link in links]

    results = asked(some, on_page)
    for one in results:
        if one.answers != alone(one.question["q"]):
            print(f"  otherwise: {one.question['q']} -> {one.answers[:6]}, alone {alone(one.question['q'])[:6]}")
    print(table(results))


def _quality(browser: Browser, address: str, options: argparse.Namespace) -> None:
    entries = [json.loads(line) for line in options.queries.read_text("utf-8").splitlines()]
    documents = {path.name: Document(path) for path in options.documents.glob("*.txt")}
    there = list(items(list(content(Path.cwd()))))
    covers: dict[str, set[str]] = {}
    for one in wanted(options.list, documents):
        for item in covering(one, there):
            covers.setdefault(Path(item.file).stem, set()).add(one.id)
    page = browser.new_page()
    page.goto(f"{address}/search.html", wait_until="networkidle")
    scores: dict[str, list[list[float]]] = {}
    for entry in entries:
        page.fill("#q", entry["q"])
        time.sleep(0.15)
        page.wait_for_load_state("networkidle")
        time.sleep(0.1)
        links = page.eval_on_selector_all(
            "#search-results .results a", "all => all.map(one => one.getAttribute('href'))"
        )
        grades = [max((entry["rel"].get(id, 0) for id in covers.get(Path(link).stem, ())), default=0) for link in links]
        rank = next((at for at, grade in enumerate(grades) if grade), -1)
        row = [rank == 0, 0 <= rank < 3, 0 <= rank < 10, 1 / (rank + 1) if rank >= 0 else 0, not links]
        scores.setdefault(entry["cls"], []).append([float(one) for one in row])
        scores.setdefault("all", []).append([float(one) for one in row])
        if options.misses and rank != 0:
            print(
                f"  {entry['cls']}: {entry['q']} -> {[Path(link).stem for link in links[:4]]}, right at {rank + 1 or 'none'}"
            )
    scores["all"] = scores.pop("all")
    print(f"{'class':10}{'n':>4}" + "".join(f"{kind:>7}" for kind in KINDS))
    for name, rows in scores.items():
        means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
        print(f"{name:10}{len(rows):4}" + "".join(f"{mean:7.2f}" for mean in means))


if __name__ == "__main__":
    main()
