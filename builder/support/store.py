"""What earlier builds worked out, by content key. A cache: it may forget, it never makes a build fail or wrong."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

FILE = "store.sqlite"
APPLICATION: Final = 0x42535A4E  # marks the file as ours
TABLES = (
    "CREATE TABLE entry (room TEXT, key TEXT, crc INTEGER, value BLOB, PRIMARY KEY (room, key))",
    "CREATE TABLE builder (digest TEXT)",
)
PAGE = 16384  # bytes: a value of some kilobytes lies in one piece
AT_ONCE = 500  # keys in one question; old SQLite takes no more than 999
PATIENCE = 5.0  # seconds to wait for another process

# Our statements are right, so an error in one means tables that are not ours.
UNREADABLE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR})


class Store:
    """Key to bytes, in tables that come into being when first named. Use it in a ``with`` block.

    A file that cannot be read is thrown away; a folder that cannot be written gives a store that remembers nothing.
    Every value is kept with a checksum, so that a damaged one is forgotten instead of returned.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connection: sqlite3.Connection | None = None

    @classmethod
    def open(cls, folder: Path, builder_digest: str) -> Self:
        """Return the store in `folder`, empty unless it was filled by the builder with `builder_digest`."""
        store = cls(folder / FILE)
        store._open(builder_digest)
        if store._connection is None:  # what could not be read is out of the way now
            store._open(builder_digest)
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; from now on nothing is remembered."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None

    def get_many(self, table: str, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the values of those `keys` that are known."""
        if self._connection is None:
            return {}
        try:
            return dict(_selected(self._connection, table, keys))
        except sqlite3.Error as error:
            self._mishap(error)
            return {}

    def put_many(self, table: str, rows: Iterable[tuple[str, bytes]]) -> None:
        """Remember `rows`, all or none of them; a key known before gets its new value."""
        entries = ((table, key, _checksum(table, key, value), value) for key, value in rows)
        self._change("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)", entries)

    def keep_only(self, table: str, keys: Collection[str]) -> None:
        """Forget everything in `table` but `keys`."""
        if self._connection is None:
            return
        try:
            known = {key for (key,) in self._connection.execute("SELECT key FROM entry WHERE room = ?", (table,))}
        except sqlite3.Error as error:
            self._mishap(error)
            return
        stale = known.difference(keys)
        if stale:
            self._change("DELETE FROM entry WHERE room = ? AND key = ?", ((table, key) for key in stale))

    def forget(self) -> None:
        """Forget everything."""
        self._change("DELETE FROM entry", [()])

    def _open(self, builder_digest: str) -> None:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self._file, timeout=PATIENCE, isolation_level=None)
            _prepare(self._connection, builder_digest)
        except sqlite3.Error as error:
            self._mishap(error)
            self.close()
        except OSError:
            self.close()

    def _change(self, statement: str, rows: Iterable[tuple[str | int | bytes, ...]]) -> None:
        if self._connection is None:
            return
        try:
            with _transaction(self._connection):
                self._connection.executemany(statement, rows)
        except sqlite3.Error as error:
            self._mishap(error)

    def _mishap(self, error: sqlite3.Error) -> None:
        """Throw the file away if it cannot be read; bear with one that is only busy, full or read-only."""
        code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
        if code & 0xFF not in UNREADABLE:  # the upper bits are details
            return
        self.close()
        for suffix in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                self._file.with_name(FILE + suffix).unlink()


def _prepare(connection: sqlite3.Connection, builder_digest: str) -> None:
    """Make the tables in a new file, and empty them when another builder filled them. Raises `sqlite3.Error`."""
    connection.execute(f"PRAGMA page_size = {PAGE}")
    connection.execute("PRAGMA synchronous = NORMAL")
    if _is_ours(connection) and _filled_by(connection) == builder_digest:
        return
    with _transaction(connection):
        if not _is_ours(connection):
            for table in TABLES:
                connection.execute(table)  # fails in a foreign file that has such a table
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
        if _filled_by(connection) != builder_digest:
            connection.execute("DELETE FROM entry")
            connection.execute("DELETE FROM builder")
            connection.execute("INSERT INTO builder VALUES (?)", (builder_digest,))


def _is_ours(connection: sqlite3.Connection) -> bool:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    return bool(application == APPLICATION)


def _filled_by(connection: sqlite3.Connection) -> str | None:
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


def _selected(connection: sqlite3.Connection, table: str, keys: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    wanted = frozenset(keys)
    for key, crc, value in _candidates(connection, table, keys):
        if key in wanted and isinstance(value, bytes) and crc == _checksum(table, key, value):
            yield key, value


def _candidates(
    connection: sqlite3.Connection, table: str, keys: Sequence[str]
) -> Iterator[tuple[str, object, object]]:
    question = "SELECT key, crc, value FROM entry"
    (total,) = connection.execute("SELECT count(*) FROM entry").fetchone()
    if len(keys) > total // 4:  # in the order of the file, without leafing through the index
        yield from connection.execute(f"{question} NOT INDEXED WHERE room = ?", (table,))
        return
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        yield from connection.execute(
            f"{question} WHERE room = ? AND key IN ({', '.join('?' * len(some))})", (table, *some)
        )


def _checksum(table: str, key: str, value: bytes) -> int:
    return zlib.crc32(value, zlib.crc32(f"{table}/{key}".encode()))
