"""An FTP server on the loopback, as poor as those of many hosts: it can neither tell nor set the time of a file."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyftpdlib.authorizers import DummyAuthorizer  # type: ignore[import-untyped]
from pyftpdlib.handlers import FTPHandler  # type: ignore[import-untyped]
from pyftpdlib.servers import FTPServer  # type: ignore[import-untyped]

USER, PASSWORD = "bszn", "Mm-2026"
TIMES = ("MFMT", "MDTM", "MLST", "MLSD", "MFF")


@dataclass
class FtpServer:
    """A running server. `watch` is called after each command, with its name, while no other one is answered."""

    root: Path
    port: int = 0
    commands: list[str] = field(default_factory=list)
    watch: Callable[[str], None] = lambda _command: None
    may_rename_over: bool = True
    refuses: str = ""  # what is answered to each file

    def remote(self, folder: str = "", user: str = USER) -> str:
        """Return the server as rclone takes it; the password is in the environment."""
        return f":ftp,host=127.0.0.1,port={self.port},user={user}:/{folder}"


@contextmanager
def ftp_server(root: Path, permissions: str = "elradfmwMT") -> Iterator[FtpServer]:
    """Serve a folder by FTP in a thread."""
    log = logging.getLogger("pyftpdlib")
    log.addHandler(logging.NullHandler())
    log.propagate = False
    root.mkdir(parents=True, exist_ok=True)
    served = FtpServer(root)
    authorizer = DummyAuthorizer()
    authorizer.add_user(USER, PASSWORD, str(root), perm=permissions)

    class Handler(FTPHandler):  # type: ignore[misc] # the library has no types
        proto_cmds = {name: facts for name, facts in FTPHandler.proto_cmds.items() if name not in TIMES}  # noqa: RUF012

        def process_command(self, cmd: str, *arguments: Any, **named: Any) -> None:
            super().process_command(cmd, *arguments, **named)
            served.commands.append(cmd)
            served.watch(cmd)

        def on_file_received(self, _file: str) -> None:
            served.commands.append("received")
            served.watch("received")

        def ftp_STOR(self, file: str, mode: str = "w") -> Any:  # noqa: N802 - the library calls it so
            if served.refuses:
                self.respond(served.refuses)
                return None
            return super().ftp_STOR(file, mode)

        def ftp_RNTO(self, path: str) -> Any:  # noqa: N802 - the library calls it so
            if not served.may_rename_over and os.path.exists(path):
                self.respond("550 Cannot create a file when that file already exists.")
                return None
            return super().ftp_RNTO(path)

    Handler.authorizer = authorizer
    Handler.banner = "ready"
    server = FTPServer(("127.0.0.1", 0), Handler)
    served.port = server.socket.getsockname()[1]
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            server.ioloop.loop(timeout=0.05, blocking=False)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        ended.set()
        thread.join()
        server.close_all()
