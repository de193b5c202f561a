/* An event where script runs: it comes after site.js, in one file with it. The answers stand in the address, so that it can be sent on;
   the day on which it happened is kept nowhere. */
(() => {
  "use strict";
  const DAY = 24 * 3600 * 1000;
  const { remembered, remember, canRemember, inChina } = window.device;

  document.addEventListener("DOMContentLoaded", () => {
    const event = document.querySelector("[data-event]");
    if (event) { ask(event); keepTicks(event); tellLastDays(event); }
  });

  const isShown = node => !node.closest("[hidden]");
  const all = (within, selector) => [...within.querySelectorAll(selector)];

  function ask(event) {
    const main = event.querySelector(".event-ask");
    const rows = all(event, "[data-option]");
    const radios = all(event, "fieldset input");
    const said = event.querySelector("[data-said]");
    const everything = document.getElementById("all");
    const date = event.querySelector(".event-date");
    const sheet = event.querySelector("[data-sheet]");
    const wholeSheet = sheet && sheet.href;
    const optionOf = one => one.getAttribute("data-option");
    const first = main ? main.getAttribute("data-question") : "";
    const idOf = radio => radio.name.slice(2); // behind q-
    const known = rows.map(one => `${first}=${optionOf(one)}`).concat(radios.map(one => `${idOf(one)}=${one.value}`));
    const isKnown = pair => known.includes(pair) && !pair.endsWith("=");
    let chosen = {}; // the option by question; of the first one "" for all

    /* Whether a condition holds: one of those between bars, with each of its answers; none is an answer, too. */
    const holds = (condition, answers) => condition.split("|").some(each => each.split(" ").every(pair => {
      const [id, options] = pair.split("=");
      return options.split(",").includes(answers[id] || "");
    }));

    function show() {
      all(event, "[data-if]").forEach(one => { one.hidden = !holds(one.getAttribute("data-if"), chosen); });
      // A step keeps its number. One that a further answer spares stays, so that nobody looks for number 1.
      all(event, ".event-steps > [data-if]").forEach(one => {
        const isSpared = one.hidden && chosen[first] && holds(one.getAttribute("data-if"), { [first]: chosen[first] });
        if (isSpared) {
          one.hidden = false;
          one.setAttribute("data-not-needed", event.getAttribute("data-not-needed"));
        } else {
          one.removeAttribute("data-not-needed");
        }
      });
      if (sheet) { sheet.href = chosen[first] ? wholeSheet.replace(/\.html$/, `/${chosen[first]}.html`) : wholeSheet; }
      if (main) { everything.hidden = !(first in chosen); }
      radios.forEach(one => { one.checked = one.value === (chosen[idOf(one)] || ""); });
      event.toggleAttribute("data-chosen", Boolean(chosen[first]));
      if (date) { date.hidden = !all(event, "[data-after]").some(isShown); }
      rows.forEach(one => {
        if (optionOf(one) === chosen[first]) { one.setAttribute("aria-current", "true"); } else { one.removeAttribute("aria-current"); }
      });
    }

    /* The first answer is a step that “back” takes back; other answers take its place. */
    function choose(id, option) {
      const isFirst = main && everything.hidden;
      chosen[id] = option;
      const answers = known.filter(pair => isKnown(pair) && Object.keys(chosen).some(one => pair === `${one}=${chosen[one]}`));
      const state = (chosen[first] === "" ? ["all"] : []).concat(answers).join("&");
      history[isFirst ? "pushState" : "replaceState"](null, "", state ? `#${state}` : location.pathname + location.search);
      said.hidden = true;
      show();
    }

    /* What the address says; it may name what is not there any more. */
    function start() {
      const named = location.hash.slice(1).split("&");
      const pairs = named.filter(one => one.includes("="));
      const link = rows.find(one => one.hash === location.hash);
      chosen = link || named.includes("all") ? { [first]: link ? optionOf(link) : "" } : {};
      pairs.filter(isKnown).map(pair => pair.split("=")).forEach(([id, option]) => { chosen[id] = option; });
      said.hidden = pairs.every(isKnown);
      said.textContent = said.hidden ? "" : event.getAttribute("data-dropped");
      show();
    }

    if (main) {
      main.addEventListener("click", press => {
        const option = press.target.closest("[data-option]");
        if (!option || press.ctrlKey || press.metaKey || press.shiftKey) { return; }
        press.preventDefault();
        choose(first, optionOf(option));
        const next = all(everything, "legend, h2").find(isShown); // another question, or what is to be done
        next.focus({ preventScroll: true });
        next.scrollIntoView();
      });
    }
    radios.forEach(one => one.addEventListener("change", () => choose(idOf(one), one.value)));
    window.addEventListener("hashchange", start);
    start();
  }

  /* What is kept on this device: the ticks (one paper has one mark in all parts), and for mine.js what is shown of a saved event. */
  function keepTicks(event) {
    const here = ` ${document.documentElement.getAttribute("data-site")} ${event.getAttribute("data-event")}`;
    const [ticksKey, eventKey] = [`ticks${here}`, `mine${here}`];
    const boxes = all(event, ".tick input");
    const save = event.querySelector("[data-save]");
    const saveLabel = save.textContent;
    const ticked = () => (remembered(ticksKey) || "").split(" ").filter(mark => boxes.some(box => box.value === mark));
    const kept = () => { try { return JSON.parse(remembered(eventKey)) || {}; } catch { return {}; } };
    const show = () => {
      const marks = ticked();
      boxes.forEach(box => { box.checked = marks.includes(box.value); });
      save.textContent = kept().saved ? save.getAttribute("data-unsave") : saveLabel;
    };
    const keep = (marks, saved) => {
      const before = remembered(ticksKey);
      const entry = saved || marks.length ? JSON.stringify(Object.assign(entryOf(event), { saved, at: kept().at || Date.now() })) : null;
      const isKept = remember(ticksKey, marks.join(" ") || null) && remember(eventKey, entry);
      if (!isKept) { remember(ticksKey, before); }
      if (isKept) { show(); } else { save.textContent = save.getAttribute("data-full"); }
      return isKept;
    };
    boxes.forEach(box => box.addEventListener("change", () => {
      const others = ticked().filter(mark => mark !== box.value);
      if (!keep(box.checked ? [...others, box.value] : others, Boolean(kept().saved))) {
        boxes.filter(one => one.value === box.value).forEach(one => { one.checked = box.checked; });
      }
    }));
    save.hidden = !canRemember();
    save.addEventListener("click", () => keep(ticked(), !kept().saved));
    show();
    if (kept().title && shown(event, ".event-part").length) { keep(ticked(), Boolean(kept().saved)); } // what is shown now may differ from what was kept
    window.addEventListener("pageshow", show);
    window.addEventListener("storage", show);
  }

  const textOf = node => (node.innerText || node.textContent).replace(/\s+/g, " ").trim(); // without what style hides
  const shown = (within, selector) => all(within, selector).filter(isShown);
  const texts = (within, selector) => shown(within, selector).map(textOf);
  const below = (node, selector) => [...node.children].filter(one => one.matches(selector) && isShown(one));

  /* What mine.js shows of the event: the list of what is chosen, or of each answer, and when one can come. */
  function entryOf(event) {
    const isChosen = event.hasAttribute("data-chosen") || !event.querySelector(".event-ask");
    // What was counted from the day stays out: it would tell the day.
    const terms = isChosen ? shown(event, ".event-terms li").map(one => textOf(one.firstChild)) : [];
    return {
      seen: Date.now(),
      title: event.getAttribute("data-title"),
      area: event.getAttribute("data-area"),
      only: location.hash.includes("=") ? location.hash.slice(1) : "",
      name: isChosen ? texts(event, ".event-part h2").join("") : "",
      facts: terms.length ? [{ title: texts(event, ".event-terms-head")[0], lines: terms.map(text => [text]) }] : [],
      parts: shown(event, ".event-part").map(part => ({
        title: isChosen ? "" : texts(part, "h2").join("；"),
        notes: texts(part, ".unknown-text"),
        says: "",
        ofCase: !isChosen,
        lines: [].concat(...shown(part, ".tick > .materials").map(linesOf)),
      })),
    };
  }

  const linesOf = list => below(list, "li").map(lineOf);

  function lineOf(line) {
    const head = below(line, "p")[0];
    if (head) {
      const [title, choice, when] = ["b", "em", "i"].map(tag => texts(head, tag).join(""));
      return { title, choice, when, notes: [], lines: linesOf(below(line, ".materials")[0]) };
    }
    const [form, more] = ["em", "u"].map(tag => texts(line, tag).join("；"));
    const also = texts(line, "i").map(text => more + text);
    return {
      id: line.querySelector("input").value, name: texts(line, "b").join(""), form, aside: "",
      when: form ? "" : also.join("；"), details: [...(form ? also : []), ...texts(line, "small")],
    };
  }

  /* The last day of each term that counts from a day: that day itself does not count (民法典 第201条). */
  function tellLastDays(event) {
    const box = event.querySelector("[data-day]");
    if (!box) { return; }
    box.value = "";
    box.addEventListener("input", () => all(event, "[data-after]").forEach(term => {
      const old = term.querySelector(".event-last");
      if (old) { old.remove(); }
      const start = Date.parse(`${box.value}T00:00:00Z`);
      if (Number.isNaN(start)) { return; }
      const last = new Date(start + term.getAttribute("data-after") * DAY);
      const told = document.createElement("b");
      told.className = "event-last";
      const today = inChina(Date.now());
      told.textContent = event.getAttribute("data-last-day").replace("{y}", last.getUTCFullYear())
        .replace("{m}", last.getUTCMonth() + 1).replace("{d}", last.getUTCDate())
        + (Date.parse(today.toISOString().slice(0, 10)) > last ? event.getAttribute("data-over")
          : last.getUTCDay() % 6 ? "" : event.getAttribute("data-weekend"));
      term.append(told);
    }));
    window.addEventListener("pagehide", () => { box.value = ""; });
  }
})();
