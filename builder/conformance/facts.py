"""The facts that every page of a government site must state (国办发〔2017〕47号) and that ``site.yaml`` supplies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.content.history import History
from builder.content.model.companions import FreePage
from builder.content.model.disclosure import DisclosureList
from builder.content.settings import Settings
from builder.content.site import Site


@dataclass(frozen=True, slots=True)
class Fact:
    """A required fact: its name, the fields of ``site.yaml`` that can supply it, and where pages show it."""

    fields: tuple[str, ...]
    name: str
    where: str

    def is_stated(self, settings: Settings) -> bool:
        """Return whether at least one of the fields has a value."""
        return any(getattr(settings, field) not in ("", (), None) for field in self.fields)


HOST = Fact(("host",), "主办单位", "页脚、来源")
CONTACT = Fact(("phones", "email", "address"), "联系方式", "页脚")
CODE = Fact(("site_id_code",), "网站标识码", "标签、页脚、找错入口")
ADDRESS = Fact(("base_url",), "网站地址", "标签、找错入口")
ICP = Fact(("icp",), "ICP备案号", "页脚")
POLICE = Fact(("police",), "公安备案号", "页脚")
MARK = Fact(("party_mark",), "党政机关网站标识", "页脚")
FACTS = (HOST, CONTACT, CODE, ADDRESS, ICP, POLICE, MARK)


def missing_facts(settings: Settings) -> tuple[Fact, ...]:
    """Return the facts that ``site.yaml`` lacks. A channel of a parent site lacks none: the parent states them."""
    return () if settings.parent else tuple(fact for fact in FACTS if not fact.is_stated(settings))


def undated(site: Site) -> Iterator[str]:
    """Yield the file of each public guide, disclosure list and free page that has no date."""
    yield from (card.file for card in site.public if not (card.changed or site.date_of(card)))
    lists = (listed for listed in site.all(DisclosureList) if not listed.record.is_draft)
    yield from (listed.file for listed in lists if not site.date_of(listed))
    yield from (page.file for page in site.all(FreePage) if not (page.record.published or site.date_of(page)))


def notes(settings: Settings, history: History, without: int, no_changes: str) -> list[str]:
    """Return lines in Chinese to print after a build: facts and dates that pages lack, though nothing is wrong.

    `without` is the number of files without a date. `no_changes` says why there is no page of changes, "" if there is one.
    """
    lines = []
    if missing := missing_facts(settings):
        facts = "、".join(f"{fact.name} {fact.fields[0]}（{fact.where}）" for fact in missing)
        lines.append(f"政府网站每页要有、site.yaml 还没写的：{facts}。本站是上级网站的栏目，就写 parent（上级网站）。")
    if without:
        why = f"{history.missing_reason}，" if history.missing_reason else "还没有提交到 git，"
        lines.append(f"没有发布日期的内容文件 {without} 个：{why}内容里也没写 published；{history.remedy}。")
    if no_changes:
        lines.append(f"没有做更新记录：{no_changes}。")
    return lines
