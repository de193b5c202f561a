"""Edits of made-up files in every style of YAML: indents, quotes, brackets, remarks, blank lines, line ends."""

from __future__ import annotations

import re
from typing import Any

import yaml
from editing_world import KEYS, TEXTS, VALUES, ContentFile, changed, lines_around, value_at, values_of
from hypothesis import assume, given
from hypothesis import strategies as st

from builder.content.source import read
from builder.content.source.plain import _Parser
from builder.editing import Change, Insert, Remove, Set, edited

NAME = "content/other.yaml"  # of which the model says nothing
NAMES = st.sampled_from((NAME, "content/items/xincheng/a.yaml", "content/materials.yaml"))
REMARKS = st.sampled_from(("  # 备注{}", "\n# 备注{}", "\n", "\n    # 备注{}", "\n  # 备注{}"))


class Dumper(yaml.SafeDumper):
    """Writes texts of several lines below a mark; `dashes_right` says where dashes stand."""

    dashes_right = True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT002
        super().increase_indent(flow, indentless and not self.dashes_right)


class FlatDumper(Dumper):
    dashes_right = False


def text(dumper: Dumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


for each in (Dumper, FlatDumper):
    each.add_representer(str, text)


@st.composite
def files(draw: st.DrawFn, width: int) -> ContentFile:
    """Make a file in some style with lines of this width, and put remarks and blank lines wherever they change nothing."""
    values = draw(st.dictionaries(KEYS, VALUES, min_size=2, max_size=4))
    written = yaml.dump(
        values,
        Dumper=draw(st.sampled_from((Dumper, FlatDumper))),
        allow_unicode=True,
        sort_keys=False,
        width=width,
        indent=draw(st.sampled_from((2, 4))),
        default_style=draw(st.sampled_from((None, '"', "'"))),
        default_flow_style=draw(st.sampled_from((None, False, True))),
    )
    assume(_values(written) is not None and not looks_like_slips(written))
    for number in range(draw(st.integers(0, 6))):
        ends = [match.start() for match in re.finditer("\n", written)]
        end = draw(st.sampled_from(ends))
        with_remark = written[:end] + draw(REMARKS).format(number) + written[end:]
        written = with_remark if _values(with_remark) == _values(written) else written
    written = written.removesuffix("\n") if draw(st.booleans()) else written
    written = written.replace("\n", "\r\n") if draw(st.booleans()) else written
    assume(_values(written) is not None)
    return ContentFile(draw(NAMES), (draw(st.sampled_from(("", "\ufeff"))) + written).encode())


def looks_like_slips(written: str) -> bool:
    """Tell whether the reader looks for slips in a text that is valid: what it then finds depends on all of it."""
    parser = _Parser(NAME, written)
    parser.parse()
    return parser.suspicious


def _values(written: str) -> dict[str, Any] | None:
    document, _ = read(NAME, written.encode())
    return document.raw if document else None


@given(st.data())
def test_whatever_the_style_only_what_changes_is_written_anew(data: st.DataObject) -> None:
    width = data.draw(st.sampled_from((20, 10_000)))
    file = data.draw(files(width))
    path = data.draw(st.sampled_from(file.paths))
    there, value = value_at(file.values, path), data.draw(TEXTS | VALUES)
    changes: list[Change] = [Set(path, value), Remove(path)]
    if isinstance(there, list):
        changes.append(Insert(path, data.draw(st.integers(0, len(there))), value))
    change = data.draw(st.sampled_from(changes))
    after = edited(file.name, file.data, [change]).decode()
    assert values_of(file.name, after.encode()) == changed(file.values, change)
    if not isinstance(change, Insert) and width > 20:  # else several values share some lines
        before, behind = lines_around(file, change)
        assert after.startswith(before)
        assert after.endswith(behind)
    if isinstance(change, Insert) or (isinstance(there, str) and isinstance(value, str) and isinstance(change, Set)):
        assert re.findall("# 备注.", after) == re.findall("# 备注.", file.data.decode())
    assert after.startswith("\ufeff") is file.data.startswith("\ufeff".encode())
    if "\\n" not in repr((value, file.values)):  # else the last line may have to end
        assert after.endswith("\n") is file.data.endswith(b"\n")
    assert ("\r" in re.sub("\r\n", "", after)) is False
