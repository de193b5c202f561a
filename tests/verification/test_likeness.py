"""What was put into our bytes is found again, wherever it stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from builder.verification.likeness import insertions, with_plain_ends

PAGE = "".join(f"<li><a href='guide-{n}.html'>第{n}个事项</a></li>\n" for n in range(60)).encode()


@given(st.integers(0, len(PAGE)), st.binary(min_size=1, max_size=300))
def test_one_insertion_is_found(at: int, put_in: bytes) -> None:
    found = insertions(PAGE, PAGE[:at] + put_in + PAGE[at:])

    assert found is not None
    assert [len(one) for one in found] == [len(put_in)]


@given(st.lists(st.integers(1, 59), min_size=1, max_size=8, unique=True))
def test_several_insertions_are_found_as_they_were(before: list[int]) -> None:
    tags = {n: f'<script src="//x.example/{n}.js"></script>'.encode() for n in before}
    theirs = PAGE
    for n, tag in tags.items():
        line = f"<li><a href='guide-{n}.html'>".encode()
        theirs = theirs.replace(line, tag + line)

    assert insertions(PAGE, theirs) == [tags[n] for n in sorted(tags)]


@given(st.integers(0, len(PAGE) - 1))
def test_a_change_is_no_insertion(at: int) -> None:
    changed = PAGE[:at] + bytes([PAGE[at] ^ 0x80]) + PAGE[at + 1 :]

    assert insertions(PAGE, changed) is None or len(changed) > len(PAGE)


@given(st.binary(max_size=200))
def test_line_ends_are_one_whatever_they_were(data: bytes) -> None:
    plain = with_plain_ends(data)

    assert b"\r" not in plain
    assert with_plain_ends(data.replace(b"\n", b"\r\n")) == plain
