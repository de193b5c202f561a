"""Guides are read aloud where the device has a Chinese voice of its own, when asked and until told to stop."""

from __future__ import annotations

import pytest
from browser_world import Served
from playwright.sync_api import Page, expect

GUIDE = "items/canjirenzheng.html"

# A speech synthesis that notes what it was asked to say; its voices come late, as in most browsers.
SPEECH = """(() => {
  const said = [];
  let voices = [];
  const speech = {
    said, cancelled: 0, onvoiceschanged: null,
    getVoices: () => voices,
    speak: one => said.push(one),
    cancel: () => { speech.cancelled++; said.length = 0; },
    arrive: (...some) => { voices = some; if (speech.onvoiceschanged) speech.onvoiceschanged(); },
  };
  Object.defineProperty(window, "speechSynthesis", {value: speech});
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
})()"""
OWN = "speechSynthesis.arrive({lang: 'en-US', localService: true}, {lang: 'zh_CN', localService: true})"
DISTANT = "speechSynthesis.arrive({lang: 'zh-CN', localService: false}, {lang: 'en-US', localService: true})"
SAID = "speechSynthesis.said.map(one => one.text)"


@pytest.fixture
def guide(site: Served, page: Page) -> Page:
    page.add_init_script(SPEECH)
    page.goto(site / GUIDE)
    return page


def test_reads_title_answers_materials_and_steps_when_asked(guide: Page) -> None:
    guide.evaluate(OWN)
    assert guide.evaluate(SAID) == []
    guide.get_by_role("button", name="朗读").click()
    said = guide.evaluate(SAID)
    assert said[0] == "办残疾人证（新办、补办、换新、注销）"
    assert said[1].startswith("谁能办，")
    assert any("监护人证明材料" in one for one in said)
    assert any("先到北京银行挂失" in one for one in said)
    assert not any("勾选" in one for one in said)
    assert guide.evaluate("speechSynthesis.said.every(one => one.lang === 'zh_CN')")


def test_reads_the_chosen_case_alone(guide: Page) -> None:
    guide.evaluate(OWN)
    guide.locator(".cases a", has_text="丢失补办").click()
    guide.get_by_role("button", name="朗读").click()
    said = guide.evaluate(SAID)
    assert any("先到北京银行挂失" in one for one in said)
    assert not any("监护人证明材料" in one for one in said)


def test_stops_when_told_and_at_the_end(guide: Page) -> None:
    guide.evaluate(OWN)
    guide.get_by_role("button", name="朗读").click()
    guide.get_by_role("button", name="停止朗读").click()
    assert guide.evaluate(SAID) == []
    guide.get_by_role("button", name="朗读").click()
    guide.evaluate("speechSynthesis.said[speechSynthesis.said.length - 1].onend()")
    expect(guide.get_by_role("button", name="朗读", exact=True)).to_be_visible()


@pytest.mark.parametrize("voices", ["", DISTANT])
def test_without_a_chinese_voice_of_the_device_there_is_no_button(voices: str, guide: Page) -> None:
    guide.evaluate(voices)
    expect(guide.locator("[data-read]")).to_be_hidden()


def test_without_speech_nothing_fails(site: Served, page: Page) -> None:
    page.add_init_script("delete window.speechSynthesis; delete window.SpeechSynthesisUtterance")
    page.goto(site / GUIDE)
    expect(page.locator("[data-read]")).to_be_hidden()
    expect(page.locator("[data-save]")).to_be_visible()
