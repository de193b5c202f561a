"""A release is signed by its list of checksums, with a key of OpenSSH (``ssh-keygen -Y``, PROTOCOL.sshsig)."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from builder.release.contents import NotPackaged
from builder.support.failure import USAGE_ERROR

NAMESPACE = "banshizhinan"  # so that a signature for something else never counts for a release
SIGNER = "webmaster"  # who is named in the list of allowed signers
SIGNATURE = "SHA256SUMS.sig"
ALLOWED = "allowed_signers"


@dataclass(frozen=True, slots=True)
class Key:
    """A key to sign with: its file, its fingerprint and its public half, as ``ssh-keygen`` shows them."""

    file: Path
    fingerprint: str
    public: str

    @property
    def allowed_signers(self) -> str:
        """The list by which the receiver verifies: whose key counts for what."""
        return f'{SIGNER} namespaces="{NAMESPACE}" {self.public}\n'

    @property
    def how_to_verify(self) -> str:
        """The command that verifies a signature."""
        return f"ssh-keygen -Y verify -f {ALLOWED} -I {SIGNER} -n {NAMESPACE} -s {SIGNATURE} < SHA256SUMS"

    def sign(self, file: Path) -> None:
        """Write the signature of `file` beside it. A passphrase is asked for at the terminal. Raises `NotPackaged`."""
        _ssh_keygen("-Y", "sign", "-f", str(self.file), "-n", NAMESPACE, str(file))


def key_of(file: Path) -> Key:
    """Return the key in `file`. Raises `NotPackaged` if it cannot be read or OpenSSH is missing."""
    if not file.is_file():
        raise NotPackaged(
            f"没有这个密钥文件：{file}", "没有密钥的，运行 ssh-keygen -t ed25519 -f 文件 做一个。", USAGE_ERROR
        )
    said = _ssh_keygen("-l", "-f", str(file)).split()
    public = file.with_name(file.name.removesuffix(".pub") + ".pub")
    text = public.read_text("utf-8", "replace") if public.is_file() else _ssh_keygen("-y", "-f", str(file))
    return Key(file, said[1] if len(said) > 1 else "", " ".join(text.split()[:2]))


def _ssh_keygen(*arguments: str) -> str:
    program = shutil.which("ssh-keygen")
    if program is None:
        raise NotPackaged("没有装 ssh-keygen，签不了名", "装 OpenSSH（Windows 10 以后自带），或者不写 --sign。")
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip() or f"退出码 {done.returncode}").splitlines()[-1]
        raise NotPackaged(f"签名没有做成：{last}", "看密钥文件和口令对不对。", USAGE_ERROR)
    return done.stdout
