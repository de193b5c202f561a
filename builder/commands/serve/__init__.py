"""``build.py serve``: builds and serves the site, and builds it again when a file changes.

Each build runs ``build.py build`` in its own process, so it does not block the server, and its output can be shown in
the browser. A build after a change leaves the full-text index and what the search is told of texts alone; they are made when
nothing changes any more. The pages are served from the output folder. Two scripts are added to each page on the way: one
reloads it, the other shows the output of the last build.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from builder.commands.serve.changes import file_states, wait_until_stable
from builder.commands.serve.preview import Preview
from builder.commands.serve.program import Builder
from builder.commands.serve.web import listen
from builder.project import open_project
from builder.publish.folders import PUBLIC, preview_folders
from builder.support.fingerprint import BUILT_IN

POLL_INTERVAL = 0.1  # seconds
INDEX_AFTER = 10  # looks at the files without a change
BUILD_TIMEOUT = 600.0  # seconds


def serve(site: Path, *, port: int, jobs: int, say: Callable[[str], None], with_drafts: bool = False) -> int:
    """Build and serve the site until Ctrl-C, then return 0. Raises `ConfigurationError` if there is no file `site`.

    With drafts, it serves a preview, and the published site does not change. The server listens on ``127.0.0.1`` at
    `port` or the next free port; 0 means any free port. `say` is called with messages for the editor.
    """
    if not site.is_file():
        open_project(site)
    try:
        asyncio.run(_serve(site.resolve(), port, jobs, say, with_drafts=with_drafts))
    except KeyboardInterrupt:
        say("已停止。")
    return 0


async def _serve(site: Path, port: int, jobs: int, say: Callable[[str], None], *, with_drafts: bool) -> None:
    preview = Preview(preview_folders(site.parent)[0] if with_drafts else site.parent / PUBLIC)
    arguments = ["build", "--quiet", "--no-pdf", "--site", site.name, "--jobs", str(jobs)]
    arguments += ["--drafts"] if with_drafts else ["--out", str(preview.out)]
    address = listen(preview, port, say)
    say("正在生成网站……")
    watched = _watched_paths(site)
    known = file_states(watched)
    with Builder(site.parent) as builder:
        await _build(preview, builder, arguments)
        say(preview.says or "网站没有问题。")
        say(f"请在浏览器里打开 {address}。内容改动后网页会自动更新；要结束，按 Ctrl+C。")
        looks = INDEX_AFTER  # since the last change
        while True:
            await asyncio.sleep(POLL_INTERVAL)
            if (current := file_states(watched)) != known:
                known, looks = await wait_until_stable(watched, current), 0
                await _build(preview, builder, [*arguments, "--keep-index"])
                say(preview.says or "已更新，没有问题。")
            elif looks < INDEX_AFTER:
                looks += 1
                if looks == INDEX_AFTER:
                    await _build(preview, builder, arguments, for_search=True)


async def _build(preview: Preview, builder: Builder, arguments: list[str], *, for_search: bool = False) -> None:
    with preview.building(for_search=for_search):
        code, says = await builder.run(arguments, BUILD_TIMEOUT)
    builder.prepare()
    preview.show(says, failed=code != 0)


def _watched_paths(site: Path) -> tuple[Path, ...]:
    folders = (folder / name for folder in (site.parent, BUILT_IN) for name in ("templates", "static"))
    return tuple(dict.fromkeys((site, site.parent / "content", *folders)))
