"""Small sites as releases, as `package` keeps them, and what one sees who follows the links of a site."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath

from site_folder import files_in

from builder.cli import main
from builder.release.release import ARCHIVE, FOLDER, RECORD, Release, ReleasedFile

Files = Mapping[str, bytes]
ReadPage = Callable[[str], bytes | None]

_LINK = re.compile(rb'(?:href|src)="([^"#?:]+)(?=["#?])')

ITEMS = {f"item-{number}": f"第{number}件事" for number in range(9)}
FIRST, SECOND = "2026-11-01-0000aaaa", "2026-11-30-0000bbbb"


def page(path: str, *links: str, text: str = "") -> bytes:
    """Return a page at `path` that leads to other files, and names the style sheet."""
    up = "../" * path.count("/")
    hrefs = "".join(f'<a href="{up}{link}"></a>' for link in links)
    return f'<!doctype html><link rel="stylesheet" href="{up}static/style.css?v=1">{hrefs}{text}'.encode()


def guide_site(items: Mapping[str, str], phone: str) -> dict[str, bytes]:
    """Return a site of guides by id: each page shows the phone and leads to its sheet and to the next guide."""
    ids = list(items)
    listed = page("items/index.html", *(f"items/{id}.html" for id in ids))
    files = {
        "index.html": page(
            "index.html", "items/index.html", "search.html", *(f"items/{id}.html" for id in ids[:3]), text=phone
        ),
        "items/index.html": listed,
        "search.html": page("search.html", "search/items.js"),
        "static/style.css": f"/* {len(ids)} */".encode(),
        "search/items.js": ",".join(f"items/{id}.html" for id in ids).encode(),
        "pagefind/pagefind-entry.json": sha256(listed).hexdigest().encode(),
        f"pagefind/index/{sha256(listed).hexdigest()[:7]}.pf_index": listed,
        "sitemap.xml": b"<urlset/>",
        "data/manifest.json": repr(sorted(items.items())).encode() + phone.encode(),
        "404.html": page("404.html", "index.html"),
    }
    for number, (id, text) in enumerate(items.items()):
        after = ids[(number + 1) % len(ids)]
        files[f"items/{id}.html"] = page(
            f"items/{id}.html", f"print/{id}.html", f"items/{after}.html", "index.html", text=text + phone
        )
        files[f"print/{id}.html"] = page(f"print/{id}.html", f"items/{id}.html", text=text + phone)
    return files


BEFORE = guide_site(ITEMS, "0599-8620011")
AFTER = guide_site({**ITEMS, "new-item": "新的事", "newer-item": "更新的事"}, "0599-8620012")
UNUSED = set(BEFORE) - set(AFTER)
CHANGED = {path for path, data in AFTER.items() if data != BEFORE.get(path)}


def office_with_two_releases(site: Path, base_url: str = "") -> Path:
    """Make the folder of a site with two releases, BEFORE and AFTER, and return it."""
    keep_release(site, FIRST, BEFORE, base_url)
    keep_release(site, SECOND, AFTER, base_url)
    return site


def used(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder, without those that AFTER no longer uses."""
    return {path: data for path, data in files_in(folder).items() if path not in UNUSED}


def keep_release(site: Path, name: str, files: Files, base_url: str = "") -> Release:
    """Write a release of these files into the folder of a site."""
    folder = site / FOLDER / name
    folder.mkdir(parents=True)
    rows = {path: ReleasedFile(sha256(data).hexdigest(), len(data)) for path, data in sorted(files.items())}
    release = Release(name, "清江县办事指南", base_url, rows)
    (folder / RECORD).write_bytes(release.as_json())
    with zipfile.ZipFile(folder / ARCHIVE, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(zipfile.ZipInfo(path), data)
    return release


def publish(site: Path, target: object, *options: str) -> int:
    """Run `publish` in this process and return the exit code."""
    return main(["publish", str(target), *options, "--site", str(site / "site.yaml")])


def missing_links(read: ReadPage, start: str = "index.html") -> list[str]:
    """Follow all links from the home page; return those that lead to nothing, as ``page -> file``. No home, no links."""
    if read(start) is None:
        return []
    seen, waiting, missing = {start}, [start], []
    while waiting:
        path = waiting.pop()
        data = read(path) or b""
        for link in _LINK.findall(data):
            led_to = _resolved(path, link.decode())
            if read(led_to) is None:
                missing.append(f"{path} -> {led_to}")
            elif led_to.endswith(".html") and led_to not in seen:
                seen.add(led_to)
                waiting.append(led_to)
    return missing


def in_folder(root: Path) -> ReadPage:
    """Return what reads the files below a folder, and answers None where there is none."""

    def read(path: str) -> bytes | None:
        file = root / path
        return file.read_bytes() if file.is_file() else None

    return read


def _resolved(page: str, link: str) -> str:
    parts: list[str] = list(PurePosixPath(page).parent.parts)
    for part in link.split("/"):
        if part == "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
