"""What events (一件事) leave out, for editors: items, lives, papers without a number, sayings for many items."""

from __future__ import annotations

from checks_world import filed, site

from builder.checks.event_coverage import event_coverage, sentences

COUNTED = "materials:\n  - {name: 证明, form: 原件, copies: {original: 1}}\n  - {name: 照片, form: 照片, copies: 2}\n"


def items(n: int) -> dict[str, str]:
    return {f"content/items/xincheng/shi-{at}.yaml": filed(name=f"事{at}") for at in range(n)}


def test_items_in_no_event_and_lives_of_no_area_are_told() -> None:
    files = {
        **items(3),
        "content/lives.yaml": "shiye: 没了工作\nshengyu: 生孩子\n",
        "content/events/xincheng-shiye.yaml": "life: shiye\narea: xincheng\nitems: [shi-0, shi-1]\n",
    }
    coverage = event_coverage(site(files))

    assert coverage
    assert [card.id for card in coverage.alone] == ["shi-2"]
    assert sentences(coverage) == [
        "一件事 1 个。3 个事项里，1 个不在任何一件事里。",
        "还没有地区写的大事：生孩子。",
    ]


def test_papers_count_that_say_in_which_form_and_how_many() -> None:
    files = {
        "content/items/xincheng/jia.yaml": filed(COUNTED, "甲"),
        "content/items/xincheng/yi.yaml": filed(
            "materials:\n  - {name: 申请书, form: 原件}\n  - 户口簿\n  - {name: 照片, form: 复印件}\n", "乙"
        ),
        "content/lives.yaml": "shiye: 没了工作\n",
        "content/events/xincheng-shiye.yaml": "life: shiye\narea: xincheng\nitems: [jia, yi]\n",
    }
    coverage = event_coverage(site(files))

    assert coverage
    assert (coverage.lines, coverage.countable, coverage.share) == (4, 1, 25)


def test_a_saying_for_many_items_of_an_area_hints_at_an_event_until_there_is_one() -> None:
    terms = "everyday:\n  - {say: [做好事], items: [shi-0, shi-1, shi-2, shi-3, shi-4, shi-5]}\n"
    files = {**items(6), "content/terms.yaml": terms, "content/lives.yaml": "xingshan: 做好事\n"}
    event = "life: xingshan\narea: xincheng\nitems: [shi-0, shi-1, shi-2, shi-3]\n"
    before = event_coverage(site(files))
    after = event_coverage(site({**files, "content/events/xincheng-xingshan.yaml": event}))

    assert before
    assert after
    assert before.hints == (("做好事", "天津市滨海新区新城镇", 6),)
    assert after.hints == ()


def test_a_site_without_lives_is_not_asked() -> None:
    assert event_coverage(site(items(2))) is None
