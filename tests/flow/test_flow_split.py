from itertools import combinations, pairwise

import pytest
from flow_world import LABELS, Dice

from builder.guide.flow import Shape
from builder.guide.flow.grid import LETTER, Figure, Grid, Link
from builder.guide.flow.layout import Layout
from builder.guide.flow.split import cuts, parts

HEIGHT, EM, LEAST = 400.0, 10.0, 70.0  # of the sheet; of its type; what pills take of each part


def tall(seed: int) -> tuple[Grid, Layout]:
    """Return a column of nine steps of random heights with random lines over them."""
    random = Dice(seed)
    count = 9
    links = {Link(n, n + 1, "") for n in range(count - 1)}
    links |= {Link(random.randrange(count), random.randrange(count), "") for _ in range(7)}
    figures = [Figure(Shape.STEP, "办理", str(n), node=n) for n in range(count)]
    grid = Grid(figures, list(range(count)), [0] * count, sorted(links), [("", 1)], 1, count)
    rows, y = [], 0.0
    for _ in range(count):
        rows.append((y, y + random.randint(20, 90)))
        y = rows[-1][1] + 20
    return grid, Layout(300, y, EM, 0, [], [], [], [], rows)


def cost(grid: Grid, layout: Layout, begins: tuple[int, ...]) -> tuple[int, int, float] | None:
    """Return what a reader would count against cuts before `begins`: parts, lines cut, unevenness; None if too tall."""
    filled = [
        (layout.rows[end - 1][1] - layout.rows[start][0]) / (HEIGHT - LEAST)
        for start, end in pairwise((*begins, grid.height))
    ]
    cut = 0
    for row in begins[1:]:
        on = {target for source, target, _ in grid.links if source < row <= target}
        back = [link for link in grid.links if link.target < row <= link.source]
        cut += len(on) + len(back)
    return (len(begins), cut, sum((1 - part) ** 2 for part in filled)) if max(filled) <= 1 else None


@pytest.mark.parametrize("seed", range(40))
def test_no_other_cuts_make_fewer_parts_or_go_through_fewer_lines(seed: int) -> None:
    grid, layout = tall(seed)
    all_cuts = [(0, *some) for size in range(grid.height) for some in combinations(range(1, grid.height), size)]
    possible = [found for begins in all_cuts if (found := cost(grid, layout, begins))]

    found = cost(grid, layout, tuple(cuts(grid, layout, HEIGHT)))

    assert found is not None
    assert found == pytest.approx(min(possible))


@pytest.mark.parametrize("seed", range(40))
def test_each_letter_that_goes_out_comes_in_once(seed: int) -> None:
    grid, layout = tall(seed)

    made = parts(grid, cuts(grid, layout, HEIGHT), LABELS)

    letters = [[figure.text for figure in part.figures if figure.kind == LETTER] for part in made]
    out = {(text[0], int(text[-1])) for some in letters for text in some if "接" in text}
    come = [(text[0], number) for number, some in enumerate(letters, 1) for text in some if "承" in text]
    assert sorted(out) == sorted(come)
