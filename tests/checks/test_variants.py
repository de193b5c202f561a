"""Variants of one item."""

from __future__ import annotations

from checks_world import found, messages


def test_variants_with_ids_and_names_of_their_own_are_fine() -> None:
    assert found("variants: [{id: a, name: 首次}, {id: b, name: 补办}]") == []


def test_an_id_given_three_times_is_told_twice_with_the_first_place() -> None:
    variants = "variants: [{id: a, name: 首次}, {id: a, name: 补办}, {id: a, name: 换发}]"

    assert found(variants) == [("C310", ("variants", 1, "id")), ("C310", ("variants", 2, "id"))]
    assert {finding.says for finding in messages(variants)} == {"“a”已经用在第1种情形"}


def test_the_name_of_one_variant_may_be_the_id_of_another() -> None:
    assert found("variants: [{id: a, name: b}, {id: b, name: a}]") == []


def test_what_is_replaced_must_be_given() -> None:
    variants = "variants: [{id: a, name: 首次, replaces: [eligibility, materials], materials: [身份证]}]"

    assert found(variants) == [("C311", ("variants", 0, "replaces", 0))]


def test_materials_can_be_replaced_by_none() -> None:
    assert found("variants: [{id: a, name: 首次, replaces: materials, materials: 无}]") == []
