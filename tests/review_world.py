"""A small site under git with a branch, reviewed as data."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from site_folder import SiteFolder

ITEM = """\
name: {name}
department: minzheng
eligibility: 本镇户口
materials: [身份证, 户口簿]
time: 20个工作日
legal: 《社会救助暂行办法》
"""
FILES = {
    "site.yaml": "name: 某镇办事指南\nsearch: 否\nphones: 12345\n",
    "content/areas.yaml": "zhen: {name: 某镇, level: 乡镇街道}\n",
    "content/departments/minzheng.yaml": "name: 民政办\nphones: 66660001\n",
    **{f"content/items/zhen/{id}.yaml": ITEM.format(name=name) for id, name in (
        ("dibao", "申请低保"), ("linshi", "申请临时救助"), ("gaoling", "领高龄津贴"), ("guer", "孤儿认定"), ("canji", "残疾补贴"), ("yiliao", "医疗救助"),
    )},
}  # fmt: skip
GIT = ("git", "-c", "user.name=test", "-c", "user.email=test@example.cn", "-c", "commit.gpgsign=false")


def git(folder: Path, *arguments: str) -> None:
    subprocess.run([*GIT, *arguments], cwd=folder, check=True, capture_output=True)


def branched(folder: Path) -> SiteFolder:
    """Return a site with a main branch of one commit, on a branch that begins there."""
    site = SiteFolder(folder).write_all(FILES)
    git(site.folder, "init", "-qb", "main")
    git(site.folder, "add", ".")
    git(site.folder, "commit", "-qm", "begin")
    git(site.folder, "checkout", "-qb", "edit")
    return site


def reviewed(site: SiteFolder, *options: str, code: int = 0) -> dict[str, object]:
    """Return the review as data."""
    out = site.folder / ".cache/review.json"
    assert site.run("review", "--format", "json", "--out", str(out), "--jobs", "1", *options) == code
    data: dict[str, object] = json.loads(out.read_text("utf-8"))
    return data


def rows(data: dict[str, object]) -> list[tuple[str, str, str, str, str, int]]:
    changes = data["changes"]
    assert isinstance(changes, list)
    return [(one["level"], one["subject"], one["says"], one["was"], one["now"], len(one["items"])) for one in changes]
