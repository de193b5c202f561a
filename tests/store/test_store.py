"""A cache may forget. It may not fail, and it may not lie."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.support.store import FILE, Store

ROWS = {f"key-{number}": bytes([number % 256]) * number for number in range(1200)}

posix = pytest.mark.skipif(os.name == "nt", reason="processes are forked and killed here")


def fill(folder: Path, rows: dict[str, bytes], digest: str = "builder") -> None:
    with Store.open(folder, digest) as store:
        store.put_many("page", rows.items())


def recall(folder: Path, digest: str = "builder") -> dict[str, bytes]:
    with Store.open(folder, digest) as store:
        return store.get_many("page", list(ROWS))


def test_remembers_from_build_to_build(tmp_path: Path) -> None:
    fill(tmp_path, ROWS)

    assert recall(tmp_path) == ROWS


@pytest.mark.parametrize("count", [0, 1, 7, 1200])
def test_gives_what_is_asked_for_and_known(tmp_path: Path, count: int) -> None:
    fill(tmp_path, ROWS)
    asked = list(ROWS)[:count]

    with Store.open(tmp_path, "builder") as store:
        assert store.get_many("page", [*asked, "unknown"]) == {key: ROWS[key] for key in asked}


def test_tables_do_not_know_each_other(tmp_path: Path) -> None:
    with Store.open(tmp_path, "builder") as store:
        store.put_many("page", [("a", b"page"), ("b", b"page")])
        store.put_many("card", [("a", b"card")])
        store.keep_only("page", ["b"])

        assert store.get_many("page", ["a", "b"]) == {"b": b"page"}
        assert store.get_many("card", ["a", "b"]) == {"a": b"card"}


def test_a_new_value_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    with Store.open(tmp_path, "builder") as store:
        store.put_many("page", [("a", b"1"), ("a", b"2")])
        store.put_many("page", [("a", b"3")])

        assert store.get_many("page", ["a"]) == {"a": b"3"}


def test_keeps_only_what_was_used(tmp_path: Path) -> None:
    fill(tmp_path, ROWS)
    used = list(ROWS)[::3]

    with Store.open(tmp_path, "builder") as store:
        store.keep_only("page", used)

    assert list(recall(tmp_path)) == used


def test_another_builder_begins_anew(tmp_path: Path) -> None:
    fill(tmp_path, ROWS)

    assert recall(tmp_path, "another builder") == {}
    assert recall(tmp_path) == {}


def test_a_batch_is_remembered_whole_or_not_at_all(tmp_path: Path) -> None:
    def broken() -> Iterator[tuple[str, bytes]]:
        yield "key-1", b"half"
        raise ValueError("no more")

    fill(tmp_path, ROWS)

    with Store.open(tmp_path, "builder") as store, pytest.raises(ValueError, match="no more"):
        store.put_many("page", broken())

    assert recall(tmp_path) == ROWS


@posix
@pytest.mark.parametrize("rows_before", [0, 1, 500, 1199])
def test_a_killed_build_costs_only_its_last_batch(tmp_path: Path, rows_before: int) -> None:
    def killed() -> Iterator[tuple[str, bytes]]:
        for number, key in enumerate(ROWS):
            if number == rows_before:
                os._exit(9)
            yield key, b"half" * 5000

    fill(tmp_path, ROWS)
    child = os.fork()
    if not child:
        try:
            Store.open(tmp_path, "builder").put_many("page", killed())
        finally:
            os._exit(0)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert recall(tmp_path) == ROWS
    fill(tmp_path, {"key-1": b"new"})
    assert recall(tmp_path) == ROWS | {"key-1": b"new"}


@posix
def test_two_builds_write_at_once(tmp_path: Path) -> None:
    children = []
    for part in range(2):
        child = os.fork()
        if not child:
            code = 70
            try:
                for start in range(part, 1200, 60):
                    fill(tmp_path, {key: ROWS[key] for key in list(ROWS)[start : start + 60 : 2]})
                code = 0
            finally:
                os._exit(code)
        children.append(child)

    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0]
    assert recall(tmp_path) == ROWS


@pytest.mark.parametrize("content", [b"not a database", b"SQLite format 3\0" + b"\xff" * 5000, b"\0" * 9000, b""])
def test_a_foreign_file_is_thrown_away(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)

    assert recall(tmp_path) == {}
    fill(tmp_path, ROWS)
    assert recall(tmp_path) == ROWS


@pytest.mark.parametrize("table", ["entry (name TEXT)", "builder (name TEXT)"])
@pytest.mark.parametrize("application", [0, 0x42535A4E])
def test_a_foreign_database_is_thrown_away(tmp_path: Path, table: str, application: int) -> None:
    foreign = sqlite3.connect(tmp_path / FILE)
    foreign.execute(f"CREATE TABLE {table}")
    foreign.execute(f"PRAGMA application_id = {application}")
    foreign.close()

    assert recall(tmp_path) == {}
    fill(tmp_path, ROWS)
    assert recall(tmp_path) == ROWS


def test_a_file_with_column_names_that_are_not_utf8_is_thrown_away(tmp_path: Path) -> None:
    fill(tmp_path, ROWS)
    content = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(content.replace(b"PRIMARY KEY (room", b"PRIMARY KEY (\x80oom"))

    assert recall(tmp_path) == {}
    fill(tmp_path, ROWS)
    assert recall(tmp_path) == ROWS


@settings(max_examples=settings().max_examples // 2)
@given(st.data())
def test_a_damaged_file_forgets_but_does_not_lie(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("cache")
    fill(folder, ROWS)
    content = bytearray((folder / FILE).read_bytes())
    for _ in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(content) - 1))
        harm = data.draw(st.binary(min_size=1, max_size=300))
        content[start : start + len(harm)] = harm
    end = data.draw(st.integers(0, len(content)) | st.just(len(content)))
    (folder / FILE).write_bytes(content[:end])

    with Store.open(folder, "builder") as store:
        for keys in (list(ROWS)[:5], list(ROWS)):
            known = store.get_many("page", keys)
            assert known.items() <= ROWS.items()
        store.keep_only("page", list(ROWS)[:600])
        store.put_many("page", ROWS.items())

    assert recall(folder).items() <= ROWS.items()
    fill(folder, ROWS)
    fill(folder, ROWS)
    assert recall(folder).items() <= ROWS.items()


def test_a_folder_that_cannot_be_written_remembers_nothing(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, not a folder", "utf-8")

    with Store.open(tmp_path / "cache" / "store", "builder") as store:
        store.put_many("page", ROWS.items())
        store.keep_only("page", [])

        assert store.get_many("page", list(ROWS)) == {}


def test_a_busy_file_can_still_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.support.store.BUSY_TIMEOUT", 0.01)
    fill(tmp_path, ROWS)
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with Store.open(tmp_path, "builder") as store:
        store.put_many("page", [("key-1", b"new")])

        assert store.get_many("page", list(ROWS)) == ROWS
    other.close()


def test_a_closed_store_remembers_nothing(tmp_path: Path) -> None:
    fill(tmp_path, ROWS)
    store = Store.open(tmp_path, "builder")
    store.close()

    store.put_many("page", [("key-1", b"new")])

    assert store.get_many("page", list(ROWS)) == {}
    assert recall(tmp_path) == ROWS
