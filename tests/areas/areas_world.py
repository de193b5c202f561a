"""A site of three areas, of which one leads to another."""

from __future__ import annotations

import shutil

from site_folder import Files, SiteFolder

LEADING, LED_TO, THIRD = (f"content/items/{item}.yaml" for item in ("dong/banka", "xi/lingka", "nan/guashi"))


def three_areas(site: SiteFolder) -> SiteFolder:
    """Write it, and return it."""
    return site.write_all(
        {
            "site.yaml": "name: 三镇办事指南\nsearch: 否\nphones: 12345\n",
            "content/areas.yaml": "".join(f"{id}: {{name: {id}镇, level: 乡镇街道}}\n" for id in ("dong", "xi", "nan")),
            "content/topics.yaml": "ka: {name: 社保卡}\n",
            "content/departments/suo.yaml": "name: 社保所\n",
            "content/laws.yaml": "fa: {title: 社会保险法, status: 已废止}\n",
            LEADING: item("申办社保卡") + "next: lingka\n",
            LED_TO: item("领取社保卡") + "legal: fa\nsteps: [{actor: 本人, do: 拿单子}, {actor: 窗口, do: 发卡}]\n",
            THIRD: item("挂失社保卡"),
        }
    )


def item(name: str) -> str:
    return f"name: {name}\ndepartment: suo\ntopics: ka\nchecked: 2026-01-02\n"


def built_anew(site: SiteFolder) -> Files:
    """Return what a clean build in one process makes of a copy."""
    copy = SiteFolder(site.folder.parent / "copy")
    shutil.rmtree(copy.folder, ignore_errors=True)
    shutil.copytree(site.folder, copy.folder, ignore=shutil.ignore_patterns("public", ".cache"))
    assert copy.build() == 0
    return copy.published()
