"""上传说明: what the person who uploads a release does, in which order, how to see that it worked, and whom to call."""

from __future__ import annotations

from dataclasses import dataclass

from builder.publish import MANIFEST
from builder.release.comparison import Comparison
from builder.release.release import ARCHIVE, Release
from builder.release.signature import Key

TEXT_INDEX = "pagefind/pagefind-entry.json"
LONGEST_ADDRESS = 45  # of the site, so that the address of a page stands in a line
BLANK = "＿" * 12  # to be filled in by hand


@dataclass(frozen=True, slots=True)
class Packed:
    """A zip file of the release: its name, the digest of its bytes and their number, and how many files are in it."""

    name: str
    digest: str
    size: int
    files: int

    @property
    def said(self) -> str:
        """Name and size, as people say it."""
        return f"{self.name}（{self.files} 个文件，{megabytes(self.size)}）"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is done, and how. A line that begins with ``$`` is to be typed."""

    does: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instructions:
    """All that the sheet says. `facts` are pairs of a label and what stands beside it."""

    site: str
    release: str
    facts: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    call: str

    def __str__(self) -> str:
        lines = [f"{self.site} 上传说明（发布包 {self.release}）", ""]
        lines += [f"{label}：{value}" for label, value in self.facts]
        for number, step in enumerate(self.steps, start=1):
            lines += ["", f"{number}. {step.does}"]
            lines += [f"       {line[1:].strip()}" if line.startswith("$") else f"   {line}" for line in step.lines]
        return "\n".join((*lines, "", f"有问题找：{self.call}", ""))


@dataclass(frozen=True, slots=True)
class Delivery:
    """A release as it is handed over: its zip files, the one before it, what is to be deleted, who signs, whom to call."""

    release: Release
    full: Packed
    delta: Packed | None
    before: Release | None
    change: Comparison | None
    delete_now: int
    delete_next: int
    key: Key | None
    call: str

    def instructions(self) -> Instructions:
        """Return what the sheet says of it."""
        return _Writer(self).all()


class _Writer:
    def __init__(self, delivery: Delivery) -> None:
        self._of = delivery
        self._mark = delivery.release.mark
        address = delivery.release.base_url or "（网站的网址）"
        self._address = address if len(address) <= LONGEST_ADDRESS else "（上面的网址）"

    def all(self) -> Instructions:
        steps = (
            self._check(),
            self._back_up(),
            self._upload(),
            self._server(),
            self._look(),
            *self._delete(),
            self._go_back(),
        )
        release = self._of.release
        return Instructions(
            release.site, release.name, tuple(self._facts()), steps, self._of.call or f"{BLANK}　电话 {BLANK}"
        )

    def _facts(self) -> list[tuple[str, str]]:
        of, release = self._of, self._of.release
        facts = [
            (
                "网址",
                release.base_url or "没有写（site.yaml 的 base_url）：二维码、网站地图没有做",
            ),
            ("版号", f"{self._mark}（打开 {self._address}/{MANIFEST}，第一行 digest 后面的前八位）"),
            ("整包", of.full.said),
        ]
        if of.delta:
            facts.append(("增量包", of.delta.said))
        if of.before and of.change:
            facts.append(("改了多少", f"和上一个发布包 {of.before.name} 比：{of.change}"))
        return facts

    def _check(self) -> Step:
        zips = [self._of.full, *filter(None, [self._of.delta])]
        lines = ["Linux：在这个文件夹里运行下面一行，每一行都要是 OK（或“成功”）。", "$ sha256sum -c SHA256SUMS"]
        lines.append("Windows：运行 certutil -hashfile 文件名 SHA256，和这里的一个字不差：")
        lines += [f"$ {one.name}  {one.digest}" for one in zips]
        if self._of.key:
            lines.append(f"签名：下面一行要显示 Good。密钥指纹 {self._of.key.fingerprint}，第一次收到时打电话核对。")
            lines.append(f"$ {self._of.key.how_to_verify}")
        return Step("收到以后先核对，对不上的不要用，重新要一份", tuple(lines))

    def _back_up(self) -> Step:
        return Step("留好现在的网站", ("把服务器上网站的文件夹整个复制一份，不对的时候退得回去。第一次上线的不用。",))

    def _upload(self) -> Step:
        of = self._of
        lines = []
        if of.delta and of.before:
            lines = [
                f"先看网上现在的版号（看法在上面）：是 {of.before.mark} 的，只用增量包 {of.delta.name}；不是、说不准的，用整包 {ARCHIVE}。",
            ]
        lines += [
            "解压，里面的文件照原样盖到网站的文件夹，同名的替换。先不要删旧文件：开着旧页面的人还要用。",
            f"用 FTP 一个个传的：选二进制方式；先传 .html 以外的，再传 .html，最后传 {MANIFEST} 和 {TEXT_INDEX}。",
        ]
        return Step("上传", tuple(lines))

    def _server(self) -> Step:
        return Step(
            "第一次上线、换服务器时：照 server 文件夹设置服务器",
            ("nginx 用 nginx.conf，Apache 用 apache.htaccess，IIS 用 web.config。以前设过的不用再设。",),
        )

    def _look(self) -> Step:
        lines = [
            f"打开 {self._address}/{MANIFEST}?v={self._mark} ，第一行 digest 后面的前八位是 {self._mark}。",
            f"打开 {self._address}/search.html ，输入一个事项的名称，有结果；点开一个，打得开。",
            f"打开 {self._address}/meiyou.html （没有的网页），显示“没有找到这一页”。",
            "能登录服务器的：在网站的文件夹里运行下面一行（files.sha256 先复制过去），什么也不显示就是一个不差。",
            "$ sha256sum -c --quiet files.sha256",
        ]
        lines.append("然后告诉编辑单位，由他们用 build.py verify 全部核对一遍。")
        return Step("看成了没有", tuple(lines))

    def _delete(self) -> list[Step]:
        now, later = self._of.delete_now, self._of.delete_next
        lines = []
        if now:
            lines.append(f"上面都对了，再删 delete-now.txt 里的 {now} 个文件：上上次留下的，现在没有网页用了。")
        if later:
            lines.append(f"delete-next.txt 里的 {later} 个文件这一次不删，下一次上传后再删。")
        return [Step("删旧文件", tuple(lines))] if lines else []

    def _go_back(self) -> Step:
        before = f"，或者把上一个发布包 {self._of.before.name} 的 {ARCHIVE} 照第 3 步盖上" if self._of.before else ""
        return Step("不对就退回", (f"把第 2 步留的一份放回去{before}，再打电话。",))


def megabytes(size: int) -> str:
    """Return a number of bytes as people say it."""
    return f"{size / 1e6:.1f} MB" if size >= 1e5 else f"{max(1, round(size / 1e3))} kB"
