"""The word list."""

from __future__ import annotations

from checks_world import FILE, filed, found_in


def terms(text: str) -> dict[str, str]:
    return {"content/terms.yaml": text}


def test_an_everyday_word_is_written_once() -> None:
    words = terms("everyday:\n- {say: [丢卡, 补卡], items: shebaoka-buling}\n- {say: 丢卡, items: shebaoka-buling}\n")
    (finding,) = found_in({FILE: filed()} | words)

    assert (finding.code, finding.path) == ("R220", ("everyday", 1, "say", 0))


def test_an_everyday_word_twice_in_one_entry_is_told_too() -> None:
    (finding,) = found_in({FILE: filed()} | terms("everyday: [{say: [丢卡, 丢卡], items: shebaoka-buling}]\n"))

    assert finding.path == ("everyday", 0, "say", 1)


RETIRED = terms(
    "retired:\n- {term: [劳保卡, 社保本], instead: 社会保障卡}\n- {term: 居住证明, why: 2015年起不再开具}\n"
)


def test_a_retired_term_in_the_plain_title_is_told_with_the_present_one() -> None:
    (finding,) = found_in({FILE: filed("title: 换社保本")} | RETIRED)

    assert (finding.code, finding.path, finding.hint) == ("L510", ("title",), "“社保本”改成“社会保障卡”")


def test_without_a_present_term_the_reason_is_told() -> None:
    (finding,) = found_in({FILE: filed("title: 开居住证明")} | RETIRED)

    assert finding.hint == "2015年起不再开具"


def test_the_official_name_stays_as_the_list_has_it() -> None:
    assert found_in({FILE: filed(name="劳保卡换发")} | RETIRED) == []


def test_a_hidden_item_may_keep_the_old_word() -> None:
    assert found_in({FILE: filed("title: 换社保本\nstatus: 草稿")} | RETIRED) == []
