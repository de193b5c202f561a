from dataclasses import replace
from xml.etree import ElementTree as ET

from flow_world import LABELS, REGISTRATION, REVIEW, SEEDS, line_of, random_flow

from builder.guide.flow import A4, PHONE, Chart, Drawing, Edge, Node, Shape, draw

SVG = "{http://www.w3.org/2000/svg}"


def drawing(chart: Chart, prefix: str = "gs-001") -> Drawing:
    return draw(chart, A4, title="失业登记流程图", description="共6步", prefix=prefix, labels=LABELS)


def tree(svg: str) -> ET.Element:
    """Return the drawing as the page will have it; HTML supplies the namespace."""
    return ET.fromstring(  # noqa: S314 - our own drawing
        svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    )


def words(svg: str) -> str:
    return "".join("".join(text.itertext()) for text in tree(svg).iter(f"{SVG}text")).replace(" ", "")


def test_is_named_and_described_for_those_who_cannot_see_it() -> None:
    (svg,) = drawing(REGISTRATION).svgs
    root = tree(svg)

    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "gs-001-t gs-001-d"
    assert [(child.get("id"), child.text) for child in root[:2]] == [
        ("gs-001-t", "失业登记流程图"),
        ("gs-001-d", "共6步"),
    ]


def test_numbers_its_parts() -> None:
    titles = [tree(svg)[0].text for svg in drawing(line_of(30)).svgs]

    assert titles == ["失业登记流程图（图1，共2图）", "失业登记流程图（图2，共2图）"]


def test_says_every_step_answer_and_lane_in_real_text() -> None:
    (svg,) = drawing(REVIEW).svgs

    for said in (*(node.text for node in REVIEW.nodes), *(edge.label for edge in REVIEW.edges), *REVIEW.lanes):
        assert said in words(svg)


def test_random_flows_are_well_formed_whole_and_the_same_twice() -> None:
    drawn = 0
    for seed in SEEDS:
        chart = random_flow(seed)
        svgs = drawing(chart).svgs
        if not svgs:  # too many lanes for a sheet that stands
            continue
        drawn += 1
        said = "".join(map(words, svgs))
        ids = [found for svg in svgs for element in tree(svg).iter() if (found := element.get("id"))]
        assert len(ids) == len(set(ids)) == 2 * len(svgs), seed
        assert [node.text for node in chart.nodes if node.text.replace(" ", "") not in said] == [], seed
        assert svgs == drawing(chart).svgs, seed
    assert drawn > len(SEEDS) / 2


def test_obeys_a_policy_without_inline_styles_or_scripts() -> None:
    for svg in drawing(line_of(30)).svgs + drawing(REVIEW).svgs:
        for element in tree(svg).iter():
            assert element.tag.removeprefix(SVG) in {"svg", "title", "desc", "g", "path", "rect", "text", "tspan"}
            assert not {"style", "href", "onload", "font-family"} & set(element.keys())


def test_keeps_every_line_and_word_on_a_printer_that_knows_only_black_and_white() -> None:
    (svg,) = drawing(REVIEW).svgs

    paints = {element.get(name) for element in tree(svg).iter() for name in ("fill", "stroke")} - {None, "none"}
    assert paints == {"#000", "#fff", "#f4f4f4", "#666"}  # the greys are the ground and the borders of the lanes


def test_escapes_what_authors_write() -> None:
    nasty = "<b>&\"'</b>"
    chart = Chart((nasty,), (Node("1", nasty, nasty, nasty, nasty, Shape.DECISION),), (Edge("1", "1", nasty),))

    (svg,) = draw(chart, A4, title=nasty, description=nasty, prefix=nasty, labels=LABELS).svgs

    assert tree(svg)[0].text == nasty
    assert nasty in words(svg)


def test_draws_nothing_rather_than_small_type() -> None:
    assert drawing(line_of(14, tuple("甲乙丙丁戊己庚辛壬癸子丑寅卯"))) == Drawing(())


def test_stays_small_in_a_page() -> None:
    (svg,) = drawing(REVIEW).svgs

    assert len(svg.encode()) < 400 * len(REVIEW.nodes)


def test_speaks_the_words_it_is_given() -> None:
    first, second = draw(
        line_of(30),
        A4,
        title="Flow",
        description="",
        prefix="p",
        labels=replace(LABELS, continues="to {n}", continued="from {n}"),
    ).svgs

    assert "to2" in words(first)
    assert "from1" in words(second)


def test_a_phone_drawing_is_as_wide_as_a_phone() -> None:
    (svg,) = draw(REVIEW, PHONE, title="", description="", prefix="p", labels=LABELS).svgs

    assert 250 <= int(tree(svg).get("width", "0")) <= 320
