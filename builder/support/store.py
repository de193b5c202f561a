"""A persistent cache: results of earlier builds by key. It may lose entries; it never makes a build fail or wrong."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

FILE = "store.sqlite"
APPLICATION_ID: Final = 0x42535A4E  # marks the file as ours
TABLES = (
    "CREATE TABLE entry (room TEXT, key TEXT, crc INTEGER, value BLOB, PRIMARY KEY (room, key))",
    "CREATE TABLE builder (digest TEXT)",
)
PAGE_SIZE = 16384  # bytes; large enough that most values fit into one page
KEYS_PER_QUERY = 500  # SQLite before 3.32 accepts 999 parameters at most
BUSY_TIMEOUT = 5.0  # seconds to wait for another process

# UnicodeDecodeError: SQLite's message about a damaged table may quote bytes that are not UTF-8.
ERRORS = (sqlite3.Error, UnicodeDecodeError)

# Our statements are correct, so SQLITE_ERROR means that the file has other tables than ours.
UNREADABLE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR})


class Store:
    """Maps keys to bytes, in named tables that need not be created first. Use it in a ``with`` block.

    No method raises an error. A file that cannot be read is deleted. If the folder cannot be written, the store stays
    empty. Each value is stored with a checksum, so that a damaged value is dropped instead of returned.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connection: sqlite3.Connection | None = None

    @classmethod
    def open(cls, folder: Path, builder_digest: str) -> Self:
        """Return the store in `folder`. Entries of a builder with another `builder_digest` are deleted."""
        store = cls(folder / FILE)
        store._open(builder_digest)
        if store._connection is None:  # an unreadable file is deleted now, so try again
            store._open(builder_digest)
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. From now on the store is empty."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None

    def get_many(self, table: str, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the values of those `keys` that are in `table`."""
        if self._connection is None:
            return {}
        try:
            return dict(_valid_entries(self._connection, table, keys))
        except ERRORS as error:
            self._discard_if_unreadable(error)
            return {}

    def put_many(self, table: str, rows: Iterable[tuple[str, bytes]]) -> None:
        """Store `rows` of key and value, all or none of them. Existing values are replaced."""
        entries = ((table, key, _checksum(table, key, value), value) for key, value in rows)
        self._change("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)", entries)

    def keep_only(self, table: str, keys: Collection[str]) -> None:
        """Delete every entry of `table` except `keys`."""
        if self._connection is None:
            return
        try:
            known = {key for (key,) in self._connection.execute("SELECT key FROM entry WHERE room = ?", (table,))}
        except ERRORS as error:
            self._discard_if_unreadable(error)
            return
        stale = known.difference(keys)
        if stale:
            self._change("DELETE FROM entry WHERE room = ? AND key = ?", ((table, key) for key in stale))

    def forget(self) -> None:
        """Delete every entry of every table."""
        self._change("DELETE FROM entry", [()])

    def _open(self, builder_digest: str) -> None:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self._file, timeout=BUSY_TIMEOUT, isolation_level=None)
            _prepare(self._connection, builder_digest)
        except ERRORS as error:
            self._discard_if_unreadable(error)
            self.close()
        except OSError:
            self.close()

    def _change(self, statement: str, rows: Iterable[tuple[str | int | bytes, ...]]) -> None:
        if self._connection is None:
            return
        try:
            with _transaction(self._connection):
                self._connection.executemany(statement, rows)
        except ERRORS as error:
            self._discard_if_unreadable(error)

    def _discard_if_unreadable(self, error: Exception) -> None:
        """Delete the file if `error` means that it cannot be read. Keep one that is only busy, full or read-only."""
        code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
        if code & 0xFF not in UNREADABLE:  # the low byte is the primary result code
            return
        self.close()
        for suffix in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                self._file.with_name(FILE + suffix).unlink()


def _prepare(connection: sqlite3.Connection, builder_digest: str) -> None:
    """Create the tables in a new file; empty those of another builder. Raises one of `ERRORS`."""
    connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
    connection.execute("PRAGMA synchronous = NORMAL")
    if _is_ours(connection) and _builder_of(connection) == builder_digest:
        return
    with _transaction(connection):
        if not _is_ours(connection):
            for table in TABLES:
                connection.execute(table)  # fails if another program's file has a table of this name
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        if _builder_of(connection) != builder_digest:
            connection.execute("DELETE FROM entry")
            connection.execute("DELETE FROM builder")
            connection.execute("INSERT INTO builder VALUES (?)", (builder_digest,))


def _is_ours(connection: sqlite3.Connection) -> bool:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    return bool(application == APPLICATION_ID)


def _builder_of(connection: sqlite3.Connection) -> str | None:
    row = connection.execute("SELECT digest FROM builder").fetchone()
    return row[0] if row else None


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _valid_entries(connection: sqlite3.Connection, table: str, keys: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    wanted = frozenset(keys)
    for key, crc, value in _candidates(connection, table, keys):
        if key in wanted and isinstance(value, bytes) and crc == _checksum(table, key, value):
            yield key, value


def _candidates(
    connection: sqlite3.Connection, table: str, keys: Sequence[str]
) -> Iterator[tuple[str, object, object]]:
    select = "SELECT key, crc, value FROM entry"
    (total,) = connection.execute("SELECT count(*) FROM entry").fetchone()
    if len(keys) > total // 4:  # a scan of the whole table is faster than that many index look-ups
        yield from connection.execute(f"{select} NOT INDEXED WHERE room = ?", (table,))
        return
    for start in range(0, len(keys), KEYS_PER_QUERY):
        batch = keys[start : start + KEYS_PER_QUERY]
        yield from connection.execute(
            f"{select} WHERE room = ? AND key IN ({', '.join('?' * len(batch))})", (table, *batch)
        )


def _checksum(table: str, key: str, value: bytes) -> int:
    return zlib.crc32(value, zlib.crc32(f"{table}/{key}".encode()))
