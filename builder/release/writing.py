"""All files of a release, written into its folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from builder.content.settings import ReleaseSettings
from builder.project import Project
from builder.release.comparison import Comparison, compared, gone_for_good
from builder.release.contents import Contents, NotPackaged
from builder.release.folder import SUMS, pack, write_texts
from builder.release.instructions import Delivery, Packed
from builder.release.needs import Needs
from builder.release.release import ARCHIVE, RECORD, Release
from builder.release.server import TEXTS, server_settings
from builder.release.signature import ALLOWED, Key
from builder.render.templates import environment_of, rendered
from builder.support.failure import USAGE_ERROR

CHECKSUMS = "files.sha256"  # of all files of the site, for ``sha256sum -c`` in its folder on the host
ADDRESSES = "addresses.txt"
DELETE_NOW, DELETE_NEXT = "delete-now.txt", "delete-next.txt"
SHEET, SHEET_AS_TEXT = "shuoming.html", "shuoming.txt"  # 说明; ASCII, as all names, so that none is changed on the way
SERVER = "server"


def write_release(
    folder: Path,
    project: Project,
    contents: Contents,
    release: Release,
    before: Release | None,
    earlier: Sequence[Release],
    key: Key | None,
) -> Delivery:
    """Write a release into an empty folder, with a delta if it has a base, and return what is handed over.

    `before` is the release with which it is compared, `earlier` are those before that. Raises `NotPackaged`, `TooLarge`.
    """
    needs = Needs()
    draft = f'<p class="warning">{project.words["draft_note"]}</p>'.encode()
    looked_at = _looked_at(contents, needs, draft)
    full = pack(folder / ARCHIVE, looked_at, len(contents.files), release.dated, f"release {release.name}")
    change = compared(before, release) if before else None
    delta = _delta(folder, contents, release, change) if release.base and change else None
    old = gone_for_good(earlier, release, before) if before else []
    parent, own = project.settings.parent, project.settings.release or ReleaseSettings()
    gone = change.gone if change else ()
    delivery = Delivery(release, full, delta, before, change, len(old), len(gone), key, own.contact)
    texts = {
        RECORD: release.as_json(),
        CHECKSUMS: contents.checksums,
        ADDRESSES: _lines(addresses(release)),
        SHEET_AS_TEXT: str(delivery.instructions()).encode(),
        **_from_templates(project, delivery, needs.policy(parent.url if parent else "")),
    }
    if old:
        texts[DELETE_NOW] = _lines(old)
    if gone:
        texts[DELETE_NEXT] = _lines(gone)
    if key:
        texts[ALLOWED] = key.allowed_signers.encode()
    write_texts(folder, texts)
    if key:
        key.sign(folder / SUMS)
    return delivery


def addresses(release: Release) -> list[str]:
    """Return the addresses of the pages: in full where the site has an address, else their paths."""
    place = f"{release.base_url}/" if release.base_url else ""
    return [f"{place}{path}" for path in release.files if path.endswith(".html") and path != "404.html"]


def _looked_at(contents: Contents, needs: Needs, draft: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield all files, having looked at what they need. No build publishes a page that says it is a `draft`; look again."""
    for path, data in contents.read(contents.files):
        if path.endswith(".html") and draft in data:
            raise NotPackaged(
                f"{path} 是草稿，不能发布", "草稿只在 serve --drafts 里看。先运行 build.py，再打包。", USAGE_ERROR
            )
        needs.look_at(path, data)
        yield path, data


def _delta(folder: Path, contents: Contents, release: Release, change: Comparison) -> Packed:
    """Write what has to be unpacked over the base of a release; the zip's comment names both."""
    says = f"release {release.name}, to be unpacked over release {release.base} and no other"
    file = folder / f"delta-from-{release.base}.zip"
    return pack(file, contents.read(change.to_upload), len(change.to_upload), release.dated, says)


def _from_templates(project: Project, delivery: Delivery, policy: str) -> dict[str, bytes]:
    release, folders = delivery.release, project.template_folders
    environment = environment_of(folders, project.cache / "templates")
    indexes = sorted(
        {path.rpartition("/")[0] for path in release.files if path.endswith((".pf_index", ".pf_fragment"))}
    )
    values = {
        "sheet": delivery.instructions(),
        "server": server_settings(release.base_url, release.files, policy),
        "texts": TEXTS,
        "indexes": indexes,
    }
    made = {SHEET: "sheet.html"} | {
        f"{SERVER}/{name}": name for name in ("nginx.conf", "apache.htaccess", "web.config")
    }
    return {file: rendered(environment, folders, f"release/{name}", values) for file, name in made.items()}


def _lines(texts: Iterable[str]) -> bytes:
    return "".join(f"{text}\n" for text in texts).encode()
