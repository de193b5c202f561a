"""``build.py serve``: build, show, watch, and build again when an editor saves.

Each build is a program of its own, the same that ``build.py build`` is: it cannot block the pages, whatever it says is
what the page shows, and what it publishes is what anyone else would get. The pages come from the output folder; only
on their way to the browser are they given the scripts that reload them and show what is wrong.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from builder.commands.serve.changes import facts, settled
from builder.commands.serve.preview import Preview
from builder.commands.serve.program import run
from builder.commands.serve.web import listen
from builder.project import PUBLIC, open_project, preview_places
from builder.support.fingerprint import BUILT_IN

PAUSE = 0.3  # seconds between two looks at the files
LONGEST = 600.0  # seconds that a build may take


def serve(site: Path, *, port: int, jobs: int, say: Callable[[str], None], with_drafts: bool = False) -> int:
    """Build and show the site until Ctrl-C, then return 0. Raises ConfigurationError when there is no `site` file.

    With drafts it shows a preview, and the published site stays as it is. The address is ``127.0.0.1`` with `port`, or
    the next free one; port 0 means any. `say` gets what the editor should read.
    """
    if not site.is_file():
        open_project(site)
    try:
        asyncio.run(_serve(site.resolve(), port, jobs, say, with_drafts=with_drafts))
    except KeyboardInterrupt:
        say("已停止。")
    return 0


async def _serve(site: Path, port: int, jobs: int, say: Callable[[str], None], *, with_drafts: bool) -> None:
    preview = Preview(preview_places(site.parent)[0] if with_drafts else site.parent / PUBLIC)
    place = ["--drafts"] if with_drafts else ["--out", str(preview.out)]
    command = [sys.executable, str(BUILT_IN / "build.py"), "build", "--quiet", "--no-pdf", "--site", site.name]
    command += ["--jobs", str(jobs), *place]
    address = listen(preview, port, say)
    say("正在生成网站……")
    watched = _watched(site)
    seen = facts(watched)
    await _build(preview, command, site.parent)
    say(preview.says or "网站没有问题。")
    say(f"请在浏览器里打开 {address}。内容改动后网页会自动更新；要结束，按 Ctrl+C。")
    while True:
        await asyncio.sleep(PAUSE)
        if (now := facts(watched)) != seen:
            seen = await settled(watched, now)
            await _build(preview, command, site.parent)
            say(preview.says or "已更新，没有问题。")


async def _build(preview: Preview, command: list[str], folder: Path) -> None:
    with preview.building():
        code, says = await run(command, folder, LONGEST)
    preview.show(says, failed=code != 0)


def _watched(site: Path) -> tuple[Path, ...]:
    folders = (folder / name for folder in (site.parent, BUILT_IN) for name in ("templates", "static"))
    return tuple(dict.fromkeys((site, site.parent / "content", *folders)))
