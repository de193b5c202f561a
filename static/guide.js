/* What a guide can do where script runs: it comes after site.js and days.js, in one file with them. */
(() => {
  "use strict";
  const { remembered, remember, canRemember } = window.device;
  const { FAR, ahead, isWithin, isPast, nextChange, daily } = window.days;

  document.addEventListener("DOMContentLoaded", () => {
    judgePaper();
    tellNextTimes();
    const guide = document.querySelector("[data-item]");
    if (guide) {
      keepGuide(guide);
      setTimeout(() => readAloud(guide), 0); // asking for voices takes long on a slow phone: the page is shown first
    }
  });

  const all = (within, selector) => [...within.querySelectorAll(selector)];
  const childrenOf = (node, selector) => [...node.children].filter(child => child.matches(selector));
  const textOf = node => (node ? node.textContent.replace(/\s+/g, " ").trim() : "");
  const textIn = (within, selector) => textOf(within.querySelector(selector));

  /* --- When one can apply --------------------------------------------------------------------------------------- */

  function tellNextTimes() {
    const told = all(document, "[data-days]");
    if (told.length) { daily(() => told.forEach(tellNextTime)); }
  }

  /* Whether today is among the days on which one can apply, and until when; if not, when they come round next. */
  function tellNextTime(told) {
    const spans = told.getAttribute("data-days").split(" ");
    const isOpen = days => spans.some(span => isWithin(ahead(days), span));
    const dateOf = (days, year) => {
      const day = ahead(days);
      const date = told.getAttribute("data-date").replace("{m}", day.getUTCMonth() + 1).replace("{d}", day.getUTCDate());
      return (day.getUTCFullYear() > year ? told.getAttribute("data-next-year") : "") + date;
    };
    const change = nextChange(isOpen, 0);
    const isNow = isOpen(0);
    if (change === FAR && spans.every(span => isPast(ahead(0), span))) {
      told.hidden = false;
      told.textContent = told.getAttribute("data-past");
      return;
    }
    told.hidden = change === FAR; // every day, or in a later year
    if (told.hidden) { return; }
    const end = (isNow ? change : nextChange(isOpen, change)) - 1;
    const kind = isNow ? (end ? "open" : "last") : (end > change ? "next" : "on");
    const year = ahead(0).getUTCFullYear();
    told.textContent = told.getAttribute(`data-${kind}`)
      .replace("{from}", dateOf(change, year))
      .replace("{to}", dateOf(end, isNow ? year : ahead(change).getUTCFullYear()));
  }

  /* --- What the visitor puts by, on this device only --------------------------------------------------------------

     The ticks of a guide by site, number and material, and, for the page that lists them (mine.js), what of the guide is needed
     there: its name, where it is done, its phone, and what to bring. */
  function keepGuide(guide) {
    const here = ` ${document.documentElement.getAttribute("data-site")} ${guide.getAttribute("data-item")}`;
    const ticksKey = `ticks${here}`;
    const guideKey = `mine${here}`;
    const boxes = all(guide, ".tick input");
    const clear = guide.querySelector(".clear-ticks");
    const save = guide.querySelector("[data-save]");
    const hint = guide.querySelector(".tick-hint span");
    const saveLabel = save.textContent;
    const notKept = document.createElement("p");
    const canKeep = canRemember();
    const cases = casesOf(guide, () => keep(ticks(), isSaved()));

    /* What is kept now: another window may have changed it since it was shown here. */
    function ticks() { return (remembered(ticksKey) || "").split(" ").filter(id => boxes.some(box => box.name === id)); }

    function kept() {
      try { return JSON.parse(remembered(guideKey)) || {}; } catch { return {}; } // not written by us
    }

    function isSaved() { return kept().saved === true; }

    /* Shows what is kept. Where nothing can be, ticks are as good as the page is open. */
    function show() {
      if (canKeep) {
        const ticked = ticks();
        boxes.forEach(box => { box.checked = ticked.includes(box.name); });
        save.textContent = isSaved() ? save.getAttribute("data-unsave") : saveLabel;
      }
      if (clear) { clear.disabled = !boxes.some(box => box.checked); }
    }

    /* Keeps ticks and the guide, both or none. Returns whether they are kept. */
    function keep(ticked, saved) {
      const before = remembered(ticksKey);
      const entry = saved || ticked.length ? JSON.stringify(entryOf(saved)) : null;
      const isKept = remember(ticksKey, ticked.join(" ") || null) && remember(guideKey, entry);
      if (!isKept) { remember(ticksKey, before); }
      show();
      return isKept;
    }

    /* Keeps what the visitor did at a place; where it cannot be kept, it is said there. */
    function keepFrom(place, ticked, saved) {
      notKept.remove();
      if (!canKeep) {
        show();
      } else if (!keep(ticked, saved)) {
        place.append(notKept);
        notKept.textContent = save.getAttribute("data-full");
      }
    }

    function entryOf(saved) {
      const chosen = cases.chosen();
      return {
        saved,
        at: kept().at || Date.now(),
        seen: Date.now(),
        title: guide.getAttribute("data-title"),
        area: guide.getAttribute("data-area"),
        only: chosen && idOf(chosen),
        name: chosen && nameOf(chosen),
        facts: factsOf(guide, chosen),
        parts: partsOf(guide, chosen),
      };
    }

    notKept.setAttribute("role", "alert");
    boxes.forEach(box => box.addEventListener("change", () => {
      const others = ticks().filter(id => id !== box.name);
      keepFrom(box.closest("li"), box.checked ? [...others, box.name] : others, isSaved());
    }));
    if (clear) {
      clear.addEventListener("click", () => {
        boxes.forEach(box => { box.checked = false; });
        boxes[0].focus();
        keepFrom(clear.parentNode, [], isSaved());
      });
    }
    save.addEventListener("click", () => keepFrom(save.parentNode, ticks(), save.textContent === saveLabel));
    show();
    cases.start(kept().only);
    save.hidden = !canKeep;
    if (!canKeep && hint) { hint.textContent = save.getAttribute("data-full"); }
    window.addEventListener("pageshow", show); // a browser that comes back ticks what was ticked when the page was left
    window.addEventListener("storage", show);
  }

  /* --- One case of several: the others are folded away ------------------------------------------------------------ */

  function idOf(link) { return link.getAttribute("data-choose"); }

  function nameOf(link) { return link.querySelector(".row-title").textContent; }

  /* The choice stands in the address, so that it can be sent to others. `changed` is called after every choice. */
  function casesOf(guide, changed) {
    const links = all(guide, "[data-choose]");
    let chosen; // the link of the chosen case, none when all are shown

    function choose() {
      const { hash } = location;
      if (!hash || hash === "#variants" || hash.startsWith("#only-")) { // another jump inside the page changes no choice
        chosen = links.find(link => hash === `#only-${idOf(link)}`);
      }
      links.forEach(link => link.setAttribute("aria-pressed", String(link === chosen)));
      showCase(guide, chosen);
      changed();
    }

    /* Begins with the case for which the guide was put by. */
    function start(before) {
      if (before && !location.hash.startsWith("#only-")) {
        chosen = links.find(link => idOf(link) === before);
        if (chosen && !location.hash) { location.replace(`#only-${before}`); }
      }
      if (links.length) { choose(); } else { changed(); }
    }

    links.forEach(actAsButton);
    if (links.length) { window.addEventListener("hashchange", choose); }
    return { chosen: () => chosen, start };
  }

  function actAsButton(link) {
    const take = event => {
      event.preventDefault();
      location.hash = `only-${idOf(link)}`;
    };
    link.setAttribute("role", "button");
    link.addEventListener("click", take);
    link.addEventListener("keydown", event => { if (event.key === " ") { take(event); } });
  }

  function showCase(guide, chosen) {
    const hideIf = (isHidden, attribute) => all(guide, `[${attribute}]`).forEach(part => {
      part.hidden = isHidden(Boolean(chosen) && part.getAttribute(attribute).split(" ").includes(idOf(chosen)));
    });
    hideIf(isNamed => chosen && !isNamed, "data-case");
    hideIf(isNamed => isNamed, "data-not-for");
    hideIf(isNamed => !isNamed, "data-only-for");
    const told = guide.querySelector("[data-only]");
    told.textContent = chosen ? told.getAttribute("data-only").replace("{text}", nameOf(chosen)) : "";
    told.parentNode.querySelector("a").hidden = !chosen;
  }

  /* --- What of the guide is kept ---------------------------------------------------------------------------------- */

  /* Where it is done and whom to call: of the whole guide, and of the chosen case. */
  function factsOf(guide, chosen) {
    const ofCase = chosen ? all(guide, `[data-case='${idOf(chosen)}'] .facts > [data-keep]`) : [];
    return all(guide, ".answers > [data-keep]").concat(ofCase).map(row => ({
      title: textIn(row, "dt"),
      lines: all(row, "dd > .line:not(.next-time)").map(factLine),
    }));
  }

  /* A line is its text, a number to dial, and a remark. */
  function factLine(line) {
    const call = line.querySelector(".tel");
    if (!call) { return [textOf(line)]; }
    return [textOf(call), call.getAttribute("href").replace("tel:", ""), all(line, ".aside").map(textOf).join("")];
  }

  /* What to bring, in the parts that are shown: for every case, and for each one, in whichever lists. `ofCase` says that a case
     is still to be chosen. */
  function partsOf(guide, chosen) {
    const shown = all(guide, ".tick > div, .tick > .unknown-text").filter(part => !part.hidden);
    return shown.map(part => ({
      title: textOf(childrenOf(part, "h3")[0]),
      ofCase: !chosen && part.hasAttribute("data-case"),
      lines: childrenOf(part, ".materials").flatMap(linesOf),
      says: part.matches("p") ? textOf(part) : childrenOf(part, "p:not(.note):not(.share)").map(textOf).join(""),
      notes: childrenOf(part, ".note").map(textOf),
    }));
  }

  /* A line of what to bring: a material, or a group of lines. */
  function linesOf(list) {
    const brought = childrenOf(list, "li:not(.not-brought)");
    return brought.map(row => (row.matches(".material") ? materialOf(row) : groupOf(row)));
  }

  function materialOf(row) {
    return {
      id: row.querySelector("input").name,
      name: textIn(row, ".material-name"),
      form: textIn(row, ".material-form"),
      aside: textIn(row, ".aside"),
      when: textIn(row, ".material-when"),
      most: row.matches(".for-most"),
      details: all(row, ".material-detail").map(textOf),
    };
  }

  /* Of a group that has a `choice`, one line is enough. */
  function groupOf(row) {
    const head = row.querySelector(".group-head");
    const bind = textIn(head, ".bind");
    const isChoice = row.matches(".any-of");
    return {
      choice: isChoice ? bind : "",
      whole: isChoice ? "" : bind,
      title: textIn(head, ".group-title"),
      when: textIn(head, ".aside"),
      most: row.matches(".for-most"),
      notes: childrenOf(row, ".note").map(textOf),
      lines: childrenOf(row, ".materials").slice(0, 1).flatMap(linesOf),
    };
  }

  /* --- Reading aloud ---------------------------------------------------------------------------------------------- */

  const READ = "h1, .answers > div, .tick h2, .tick h3, .tick p, .material-text, [aria-labelledby=steps] > h2, .variant > h2, .step";

  /* Reads the guide aloud, where the device itself has a Chinese voice: one of a distant service would be sent the text. */
  function readAloud(guide) {
    const speech = window.speechSynthesis;
    const button = guide.querySelector("[data-read]");
    if (!speech || !window.SpeechSynthesisUtterance) { return; }
    const label = button.textContent;
    let voice;
    let isReading = false;

    function findVoice() {
      const chinese = speech.getVoices().filter(one => one.localService && /^(zh|cmn)/i.test(one.lang));
      voice = chinese.find(one => /cn/i.test(one.lang)) || chinese[0];
      button.hidden = !voice;
    }

    function stop() {
      isReading = false;
      speech.cancel();
      button.textContent = label;
    }

    function start() {
      speech.cancel();
      isReading = true;
      button.textContent = button.getAttribute("data-stop");
      sentencesOf(guide).forEach((text, at, { length }) => {
        const said = Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang, rate: 0.9 });
        if (at === length - 1) { said.onend = () => { if (isReading) { stop(); } }; }
        speech.speak(said);
      });
    }

    button.addEventListener("click", () => { if (isReading) { stop(); } else { start(); } });
    window.addEventListener("pagehide", stop);
    speech.onvoiceschanged = findVoice;
    findVoice();
  }

  /* The parts that are shown, each as a sentence. */
  function sentencesOf(guide) {
    const shown = all(guide, READ).filter(part => !part.closest("[hidden], .tick-hint"));
    return shown.map(part => {
      const pieces = part.children.length ? [...part.children] : [part];
      return pieces.map(textOf).filter(Boolean).join("，");
    });
  }

  /* --- A code on paper leads here --------------------------------------------------------------------------------- */

  /* "#e-3FA2B1" on the guide, "#3FA2B1" on the page of its editions. */
  function judgePaper() {
    const [, code] = /^#(?:e-)?([0-9A-F]{6})$/.exec(location.hash) || [];
    const edition = document.querySelector("[data-edition]");
    const verdict = document.querySelector(".verdict");
    if (!code) { return; }
    if (edition) {
      document.querySelector(".guide-head").after(verdictOnGuide(edition, code));
    } else if (verdict) {
      const known = document.getElementById(code);
      const kind = !known ? "unknown" : known.className.includes("current") ? "current" : "older";
      verdict.textContent = verdict.getAttribute(`data-${kind}`).replace("{code}", code);
      verdict.hidden = false;
    }
  }

  function verdictOnGuide(edition, code) {
    const isCurrent = edition.getAttribute("data-edition") === code;
    const told = document.createElement("p");
    told.className = isCurrent ? "verdict" : "verdict warning";
    told.setAttribute("role", "status");
    told.textContent = `${edition.getAttribute(isCurrent ? "data-current" : "data-older").replace("{code}", code)} `;
    if (!isCurrent) {
      const link = document.createElement("a");
      link.href = `${edition.getAttribute("data-page")}#${code}`;
      link.textContent = edition.getAttribute("data-see");
      told.append(link);
    }
    return told;
  }
})();
