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

  const markOf = box => box.getAttribute("data-mark");
  const all = (within, selector) => [...within.querySelectorAll(selector)];

  function ask(event) {
    const main = event.querySelector("nav[data-question]");
    const more = all(event, "fieldset[data-question]");
    const said = event.querySelector("[data-said]");
    const idOf = node => node.getAttribute("data-question");
    const parts = all(event, "[data-part]");
    const optionsOf = node => all(node, "[data-option], input").map(one => one.getAttribute("data-option") || one.value).filter(Boolean);
    const questions = [main, ...more].filter(Boolean);
    const date = event.querySelector(".event-date");
    let chosen = {};
    let isAll = false; // all answers to the first question are wanted

    /* What the address says; `isOld` where it names what is not there any more. */
    function read() {
      const found = {};
      let isOld = false;
      for (const pair of location.hash.slice(1).split("&").filter(one => one.includes("="))) {
        const [id, option] = pair.split("=");
        const question = questions.find(one => idOf(one) === id);
        if (question && optionsOf(question).includes(option)) { found[id] = option; } else { isOld = true; }
      }
      const link = parts.find(part => location.hash === `#${part.id}`);
      if (link && main) { found[idOf(main)] = link.getAttribute("data-part"); }
      isAll = Boolean(main) && !found[idOf(main)] && location.hash.slice(1).split("&").includes("all");
      return [found, isOld];
    }

    /* Whether what hangs on `condition` holds, as far as it is known: any of the answers between bars, in which all have to hold. */
    const holds = condition => condition.split("|").some(each => each.split(" ").every(pair => {
      const [id, options] = pair.split("=");
      return !chosen[id] || options.split(",").includes(chosen[id]);
    }));

    function show() {
      const part = main ? chosen[idOf(main)] : "";
      parts.forEach(one => { one.hidden = !isAll && one.getAttribute("data-part") !== part; });
      all(event, "[data-if]").forEach(one => { one.hidden = !holds(one.getAttribute("data-if")); });
      all(event, ".event-sort").forEach(one => { one.hidden = [...one.nextElementSibling.children].every(line => line.hidden); });
      const shown = parts.length ? parts.filter(one => !one.hidden) : [event];
      more.forEach(one => {
        const isAsked = shown.some(within => all(within, "[data-if]").some(line => line.getAttribute("data-if").includes(`${idOf(one)}=`)));
        one.hidden = !isAsked;
        all(one, "input").forEach(input => { input.checked = input.value === (chosen[idOf(one)] || ""); });
      });
      event.toggleAttribute("data-chosen", Boolean(part));
      if (date) { date.hidden = !shown.some(within => all(within, "[data-after]").some(term => !term.hidden)); }
      if (main) {
        all(main, "[data-option]").forEach(one => {
          const isChosen = one.getAttribute("data-option") === (isAll ? "" : part);
          if (isChosen) { one.setAttribute("aria-current", "true"); } else { one.removeAttribute("aria-current"); }
        });
      }
    }

    /* The first answer is a step that “back” takes back; other answers take its place. */
    function choose(id, option) {
      const isFirst = main && !isAll && !chosen[idOf(main)];
      if (option) { chosen[id] = option; } else { delete chosen[id]; }
      isAll = Boolean(main) && !chosen[idOf(main)];
      const answers = questions.map(idOf).filter(one => chosen[one]).map(one => `${one}=${chosen[one]}`);
      const state = (isAll ? ["all"] : []).concat(answers).join("&");
      const address = state ? `#${state}` : location.pathname + location.search;
      if (isFirst) { history.pushState(null, "", address); } else { history.replaceState(null, "", address); }
      said.hidden = true;
      show();
    }

    /* To what comes after the first answer: the next question, or what is to be done. */
    function goOn() {
      const next = more.concat(parts).find(one => !one.hidden);
      const head = next.querySelector("legend, h2");
      head.focus({ preventScroll: true });
      next.scrollIntoView();
    }

    function start() {
      let isOld = false;
      [chosen, isOld] = read();
      said.textContent = isOld ? event.getAttribute("data-dropped") : "";
      said.hidden = !isOld;
      show();
    }

    if (main) {
      main.addEventListener("click", press => {
        const option = press.target.closest("[data-option]");
        if (!option || press.ctrlKey || press.metaKey || press.shiftKey) { return; }
        press.preventDefault();
        choose(idOf(main), option.getAttribute("data-option"));
        goOn();
      });
    }
    more.forEach(one => one.addEventListener("change", press => choose(idOf(one), press.target.value)));
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
    const ticked = () => (remembered(ticksKey) || "").split(" ").filter(mark => boxes.some(box => markOf(box) === mark));
    const kept = () => { try { return JSON.parse(remembered(eventKey)) || {}; } catch { return {}; } };
    const show = () => {
      const marks = ticked();
      boxes.forEach(box => { box.checked = marks.includes(markOf(box)); });
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
      const others = ticked().filter(mark => mark !== markOf(box));
      if (!keep(box.checked ? [...others, markOf(box)] : others, Boolean(kept().saved))) {
        boxes.filter(one => markOf(one) === markOf(box)).forEach(one => { one.checked = box.checked; });
      }
    }));
    save.hidden = !canRemember();
    save.addEventListener("click", () => keep(ticked(), !kept().saved));
    show();
    if (kept().title && shownIn(event).length) { keep(ticked(), Boolean(kept().saved)); } // what is shown now may differ from what was kept
    window.addEventListener("pageshow", show);
    window.addEventListener("storage", show);
  }

  const shownIn = event => all(event, ".event-part").filter(one => !one.hidden);
  const textOf = node => (node ? node.textContent.replace(/\s+/g, " ").trim() : "");
  const textsOf = (within, selector) => all(within, selector).filter(one => !one.hidden).map(textOf);

  /* What mine.js shows of the event: the list of what is chosen, or of each answer, and when one can come. */
  function entryOf(event) {
    const shown = shownIn(event);
    const parts = shown.length ? shown : all(event, ".event-part");
    const chosen = parts.length === 1 ? parts[0] : null;
    // What was counted from the day stays out: it would tell the day.
    const terms = chosen ? all(chosen, ".event-terms li").filter(one => !one.hidden).map(one => textOf(one.firstChild)) : [];
    return {
      seen: Date.now(),
      title: event.getAttribute("data-title"),
      area: event.getAttribute("data-area"),
      only: location.hash.includes("=") ? location.hash.slice(1) : "",
      name: chosen && chosen.hasAttribute("data-part") ? textOf(chosen.querySelector("h2")) : "",
      facts: terms.length ? [{ title: textOf(chosen.querySelector(".event-terms-head")), lines: terms.map(text => [text]) }] : [],
      parts: parts.map(part => ({
        title: chosen ? "" : textOf(part.querySelector("h2")),
        notes: textsOf(part, ".unknown-text"),
        says: "",
        ofCase: !chosen,
        lines: [].concat(...all(part, ".tick > .materials").map(linesOf)),
      })),
    };
  }

  const linesOf = list => [...list.children].filter(one => !one.hidden).map(lineOf);

  function lineOf(line) {
    if (line.matches(".material-group")) {
      const head = line.querySelector(".group-head");
      return {
        title: textOf(head.querySelector(".group-title")), choice: textOf(head.querySelector(".bind")),
        when: textOf(head.querySelector(".aside")), notes: [], lines: linesOf(line.querySelector(".materials")),
      };
    }
    const [form, also] = [textOf(line.querySelector(".material-form")), textsOf(line, ".material-when")];
    return {
      id: markOf(line.querySelector("input")), name: textOf(line.querySelector(".material-name")), form, aside: "",
      when: form ? "" : also.join("；"), details: [...(form ? also : []), ...textsOf(line, ".material-detail")],
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
