"""Whatever is sent over whatever, and wherever an upload is killed: nobody meets a missing file, and the end is right."""

from __future__ import annotations

import random  # noqa: TID251 - the order in which a server receives what is sent at once; its seed is drawn
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from release_world import guide_site, keep_release, missing_links

from builder.cli.console import no_progress
from builder.upload import phases, uploading
from builder.upload.ledger import Ledger, OnTarget, read_ledger, write_ledger
from builder.upload.phases import Step, plan
from builder.upload.target import Done, Read, without_secrets
from builder.upload.targets import is_folder, target_key
from builder.upload.uploading import Wanted


class Killed(BaseException):
    """The program is gone: nothing after this happens."""


@dataclass
class Server:
    """A target in memory, whose uploader dies when it has had so many files or notes."""

    name: str = "server"
    can_look: bool = False
    files: dict[str, bytes] = field(default_factory=dict)
    met: list[str] = field(default_factory=list)
    chance: random.Random = field(default_factory=random.Random)
    lives_for: int = 10**9

    def live(self) -> None:
        self.lives_for -= 1
        if self.lives_for < 0:
            raise Killed

    def all_paths(self) -> set[str]:
        return set(self.files)

    def top_names(self) -> set[str]:
        return {path.split("/")[0] for path in self.files}

    def digests(self, paths: Iterable[str]) -> Mapping[str, str]:
        return {path: sha256(self.files[path]).hexdigest() for path in paths if path in self.files}

    def send(self, paths: Collection[str], read: Read, done: Done) -> None:
        for path in self.chance.sample(sorted(paths), len(paths)):
            self.live()
            self.files[path] = read(path)
            self.met += missing_links(self.files.get)
            self.live()
            done(path)

    def delete(self, paths: Collection[str]) -> None:
        for path in paths:
            self.live()
            self.files.pop(path, None)
            self.met += missing_links(self.files.get)

    def clear(self, _paths: Collection[str]) -> None:
        self.live()


ids = st.sampled_from(["a", "b", "c", "d", "e", "f"])
sites = st.tuples(st.lists(ids, min_size=1, max_size=4, unique=True), st.sampled_from(["1", "2"])).map(
    lambda drawn: guide_site({id: id for id in drawn[0]}, drawn[1])
)
uploads = st.lists(st.tuples(sites, st.integers(0, 60)), min_size=1, max_size=3)


@dataclass
class Office:
    """A site from which releases are uploaded to a server in memory."""

    site: Path
    server: Server
    releases: int = 0

    def publish(self, files: Mapping[str, bytes], lives_for: int = 10**9) -> bool:
        """Upload a new release of these files, and return whether it came to its end."""
        self.releases += 1
        self.server.lives_for = lives_for
        release = keep_release(self.site, f"2026-11-{self.releases:02}-{self.releases:08}", files)
        with suppress(Killed), uploading.uploading(self.site, Wanted("server:", release)) as upload:
            ledger = uploading.send(self.site, upload, release, lambda _step, _paths: None, no_progress)
            uploading.delete(upload, ledger)
            return True
        return False


@contextmanager
def office(seed: int) -> Iterator[Office]:
    server = Server(chance=random.Random(seed))  # noqa: S311 - no secret

    def write_while_alive(file: Path, ledger: Ledger) -> None:
        server.live()
        write_ledger(file, ledger)
        server.live()

    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(phases, "MOST_FILES", 3)
        patch.setattr("os.fsync", lambda _file: None)  # which takes longer than all the rest
        patch.setattr(uploading, "open_target", lambda *_: server)
        patch.setattr(uploading, "write_ledger", write_while_alive)
        yield Office(Path(folder), server)


@given(sites, uploads, sites, st.integers(0, 10**6))
def test_uploads_that_are_killed_anywhere(
    first: dict[str, bytes], killed: Sequence[tuple[dict[str, bytes], int]], last: dict[str, bytes], seed: int
) -> None:
    with office(seed) as here:
        here.publish(first)
        for files, moment in killed:
            here.publish(files, lives_for=moment)
        here.publish(last)
        assert {path: here.server.files[path] for path in last} == last
        here.publish({**last, "new.txt": b"1"})

        assert here.server.met == []
        assert here.server.files == {**last, "new.txt": b"1"}


def test_another_release_over_one_that_was_killed_at_each_of_its_moments() -> None:
    first, last = guide_site({"a": "1"}, "1"), guide_site({"a": "1", "b": "2"}, "2")
    moment, came_to_its_end = 0, False
    while not came_to_its_end:
        with office(moment) as here:
            here.publish(first)
            came_to_its_end = here.publish(guide_site({"a": "1", "b": "1", "c": "1", "d": "1"}, "1"), moment)
            here.publish(last)

            assert here.server.met == [], moment
            assert {path: here.server.files[path] for path in last} == last
            moment += 1
    assert moment > 60


def test_new_files_come_before_what_names_them_and_entry_points_last(tmp_path: Path) -> None:
    before = keep_release(tmp_path, "2026-11-01-00000001", guide_site({"a": "1", "b": "1"}, "1"))
    after = keep_release(tmp_path, "2026-11-02-00000002", guide_site({"a": "1", "b": "1", "c": "1"}, "2"))
    there = Ledger("t", before.name, {path: OnTarget(file.digest, settled=True) for path, file in before.files.items()})

    order = [(step, paths) for step, paths in plan(after, there).send]

    assert [step for step, _ in order] == [
        Step.NEW_FILES,
        Step.NEW_PAGES,
        Step.FILES,
        Step.PAGES,
        Step.ENTRIES,
        Step.HOME,
        Step.MANIFEST,
    ]
    assert dict(order)[Step.NEW_PAGES] == ("items/c.html", "print/c.html")
    assert dict(order)[Step.FILES] == ("search/items.js", "static/style.css")
    assert dict(order)[Step.ENTRIES] == ("pagefind/pagefind-entry.json",)


def test_a_ledger_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    files = {
        "a.html": OnTarget("ab" * 32, settled=True),
        "b.html": OnTarget("", certain=False),
        "c.html": OnTarget("cd" * 32, settled=True, unused_since="2026-11-02-00000002"),
    }
    ledger = Ledger("gov:bszn", "2026-11-02-00000002", files)
    write_ledger(tmp_path / "targets" / "gov.json", ledger)

    assert read_ledger(tmp_path / "targets" / "gov.json", "gov:bszn") == ledger
    assert ledger.interrupted == ("b.html",)


@pytest.mark.parametrize(
    ("text", "folder"),
    [
        ("/media/usb/bszn", True),
        ("public2", True),
        ("./a:b", True),
        (r"E:\bszn", True),
        ("E:/bszn", True),
        (r"\\server\web", True),
        ("gov:bszn", False),
        (":ftp,host=ftp.example.gov.cn,user=bszn:/www", False),
        ("g:", True),
    ],
)
def test_a_folder_is_told_from_a_remote(text: str, *, folder: bool) -> None:
    assert is_folder(text) is folder


@pytest.mark.parametrize(
    ("remote", "shown"),
    [
        (":ftp,host=h,user=u,pass=Zm9v-b:/www", ":ftp,host=h,user=u,pass=…:/www"),
        (':sftp,host=h,pass="a,b:c",user=u:/', ":sftp,host=h,pass=…,user=u:/"),
        (
            ":s3,access_key_id=AK,secret_access_key=SK,provider=Other:b",
            ":s3,access_key_id=…,secret_access_key=…,provider=Other:b",
        ),
        ("gov:pass=1", "gov:pass=1"),
    ],
)
def test_no_password_is_shown_or_noted(remote: str, shown: str) -> None:
    assert without_secrets(remote) == shown
    assert not {"zm9v", "sk"} & set(target_key(remote).split("-"))
