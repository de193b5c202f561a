/* Lists what guide.js has put by on this device: guides saved, materials ticked. A tick here is the tick on the guide. Nothing is
   asked of any server. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const { remembered, remember, canRemember, carry, inChina } = window.device;
  const list = document.querySelector("[data-mine-list]");
  const template = document.querySelector("[data-mine-entry]");
  const status = document.querySelector("[data-mine-status]");
  const here = ` ${document.documentElement.getAttribute("data-site")} `;
  const prefix = `mine${here}`;
  const tallies = []; // functions that show the ticks of a guide as they are kept now
  const marks = list.getAttribute("data-marks").split(" "); // of the guides that the site has
  const movedGuides = list.getAttribute("data-moved").split(" ").filter(Boolean).map(pair => pair.split(":"));

  function part(name) { return document.querySelector(`[data-mine-${name}]`); }

  /* --- Words and elements --------------------------------------------------------------------------------------- */

  /* A phrase that a node holds, its placeholders filled in. */
  function phrase(node, name, values) {
    return node.getAttribute(`data-${name}`).replace(/{(\w+)}/g, (_, placeholder) => values[placeholder]);
  }

  /* An element with what stands in it: texts, nodes, lists of nodes; what is empty is left out. */
  function make(tag, className, ...content) {
    const node = document.createElement(tag);
    node.append(...content.flat().filter(Boolean));
    if (className) { node.className = className; }
    return node;
  }

  function span(className, text) { return text && make("span", className, text); }

  function notesOf(texts) { return (texts || []).map(text => make("p", "note", text)); }

  function dayOf(time) {
    const then = inChina(time);
    return phrase(list, "day", { year: then.getUTCFullYear(), month: then.getUTCMonth() + 1, date: then.getUTCDate() });
  }

  /* --- What is put by ------------------------------------------------------------------------------------------- */

  /* The ids of what is put by. Throws where there is no storage. */
  function ids() { return Object.keys(localStorage).filter(key => key.startsWith(prefix)).map(key => key.slice(prefix.length)); }

  /* What is kept under an id, null where it was not written by us. */
  function entryOf(id) {
    try {
      const entry = JSON.parse(remembered(prefix + id));
      return entry && typeof entry.title === "string" ? Object.assign(entry, { id }) : null;
    } catch {
      return null;
    }
  }

  /* Returns whether nothing is left of a guide. */
  function forget(id) { return [remember(prefix + id, null), remember(ticksKey(id), null)].every(Boolean); }

  function ticksKey(id) { return `ticks${here}${id}`; }

  /* The rows of a guide that are ticked. */
  function ticksOf(id) { return (remembered(ticksKey(id)) || "").split(" ").filter(Boolean); }

  /* Returns whether the tick is kept. A guide that was only ticked stays in the list without ticks. */
  function tick(id, row, isTicked) {
    const others = ticksOf(id).filter(other => other !== row);
    const ticked = isTicked ? [...others, row] : others;
    const entry = ticked.length ? null : entryOf(id);
    return (!entry || remember(prefix + id, JSON.stringify(Object.assign(entry, { saved: true }))))
      && remember(ticksKey(id), ticked.join(" ") || null);
  }

  /* --- How much of it is there ---------------------------------------------------------------------------------- */

  function nothing() { return { needed: 0, ready: 0, maybe: 0, maybeReady: 0 }; }

  /* Counts what to bring: a choice is one, however many would do; what is needed only in some case is counted by itself. */
  function count(lines, ticked, depends, sum) {
    for (const line of lines) {
      const maybe = depends || Boolean((line.when && !line.most) || line.aside);
      if (line.lines && !line.choice) {
        count(line.lines, ticked, maybe, sum);
      } else {
        sum[maybe ? "maybe" : "needed"] += 1;
        if (isThere(line, ticked)) { sum[maybe ? "maybeReady" : "ready"] += 1; }
      }
    }
    return sum;
  }

  /* Whether a line is there: the one material, one of a choice, or all of a group that are needed in any case. */
  function isThere(line, ticked) {
    if (!line.lines) { return ticked.includes(line.id); }
    if (line.choice) { return line.lines.some(choice => isThere(choice, ticked)); }
    const sum = count(line.lines, ticked, false, nothing());
    return sum.needed ? sum.ready === sum.needed : sum.maybeReady > 0;
  }

  function tallyOf(told, sum) {
    const says = [];
    if (sum.needed) { says.push(phrase(told, sum.ready === sum.needed ? "ready" : "needed", sum)); }
    if (sum.maybe) {
      const there = sum.maybeReady ? phrase(told, "maybe-there", { ready: sum.maybeReady }) : "";
      says.push(phrase(told, sum.needed ? "maybe" : "only-maybe", sum) + there);
    }
    return says.length ? `${says.join("；")}。` : "";
  }

  /* --- Materials, as the guide has them ------------------------------------------------------------------------- */

  /* `drawn` takes each line with its node, for what a tick changes. */
  function materialsOf(lines, ticked, drawn) {
    return make("ul", "materials", lines.map(line => {
      const node = line.lines ? groupOf(line, ticked, drawn) : materialOf(line, ticked);
      drawn.push({ line, node });
      return node;
    }));
  }

  function groupOf(line, ticked, drawn) {
    const head = [span("bind", line.choice || line.whole), span("group-title", line.title), span("aside", line.when)];
    return make(
      "li", line.choice ? "material-group any-of" : "material-group",
      make("p", "group-head", head, line.choice && thereMark()), notesOf(line.notes), materialsOf(line.lines, ticked, drawn),
    );
  }

  function materialOf(line, ticked) {
    const box = Object.assign(make("input"), { type: "checkbox", autocomplete: "off", name: line.id });
    box.checked = ticked.includes(line.id);
    const there = thereMark();
    there.setAttribute("aria-hidden", "true"); // a reader of the screen hears that the box is ticked
    return make("li", "material", make("label", "", box, make(
      "span", "material-text",
      span("material-name", line.name), span("material-form", line.form), span("aside", line.aside), there,
      span("material-when", line.when), line.details.map(detail => span("material-detail", detail)),
    )));
  }

  function thereMark() { return make("span", "is-there", list.getAttribute("data-is-there")); }

  /* The materials of an entry, and their count, which follows the ticks. */
  function fillMaterials(entry, into, told) {
    const drawn = [];
    for (const { title, notes, says, lines } of entry.parts) {
      const heading = title && make("h4", "small-head", title);
      const materials = lines.length && materialsOf(lines, ticksOf(entry.id), drawn);
      into.append(...[heading, ...notesOf(notes), says && make("p", "", says), materials].filter(Boolean));
    }
    const tally = () => {
      const ticked = ticksOf(entry.id);
      const sum = nothing();
      into.querySelectorAll("input").forEach(box => { box.checked = ticked.includes(box.name); });
      entry.parts.forEach(({ lines, ofCase }) => count(lines, ticked, ofCase, sum));
      told.textContent = tallyOf(told, sum);
      drawn.forEach(({ line, node }) => node.classList.toggle("there", isThere(line, ticked)));
    };
    into.addEventListener("change", ({ target }) => {
      const isKept = tick(entry.id, target.name, target.checked);
      tally();
      if (!isKept) { told.textContent = list.getAttribute("data-full"); }
    });
    tallies.push(tally);
    tally();
  }

  /* --- Entries -------------------------------------------------------------------------------------------------- */

  function factOf({ title, lines }) { return make("div", "", make("dt", "", title), make("dd", "", lines.map(factLine))); }

  function factLine([text, number, remark]) {
    const call = () => [Object.assign(make("a", "tel", text), { href: `tel:${number}` }), make("span", "aside", remark)];
    return make("span", "line", number ? call() : text.replace(list.getAttribute("data-below"), list.getAttribute("data-in-guide")));
  }

  function sectionOf(entry) {
    const section = document.importNode(template.content, true);
    const place = name => section.querySelector(`[data-fill=${name}]`);
    const keepIf = (wanted, name) => { if (!wanted) { section.querySelector(`[data-part=${name}]`).remove(); } };
    const isGone = !marks.includes(window.markOf(entry.id));
    const only = entry.only ? `#only-${entry.only}` : "";
    place("link").textContent = entry.title;
    const isTold = movedGuides.some(([old]) => old === entry.id); // its old page says why it is gone
    const isEvent = entry.id.startsWith("e/");
    const address = isEvent ? `${list.getAttribute("data-events")}${entry.id.slice(2)}` : list.getAttribute("data-items") + entry.id;
    if (!isGone || isTold) { place("link").href = `${address}.html${isEvent && only ? `#${entry.only}` : only}`; }
    place("search").href = `${list.getAttribute("data-search")}?q=${encodeURIComponent(entry.title)}`;
    fillText(place("area"), entry.area);
    fillText(place("case"), entry.name);
    fillText(place("seen"), Number.isFinite(entry.seen) && dayOf(entry.seen));
    place("facts").append(...entry.facts.map(factOf));
    fillMaterials(entry, place("materials"), place("count"));
    keepIf(isGone, "gone");
    keepIf(entry.parts.some(({ ofCase }) => ofCase), "choose");
    keepIf(entry.facts.length, "facts");
    keepIf(entry.parts.length, "list");
    const remove = section.querySelector("[data-mine-remove]");
    remove.setAttribute("aria-label", `${remove.textContent}：${entry.title}`);
    remove.addEventListener("click", () => {
      const isRemoved = forget(entry.id);
      show();
      if (isRemoved) { tell("removed"); }
    });
    return section;
  }

  function fillText(node, text) {
    if (text) { node.textContent = (node.getAttribute("data-says") || "{text}").replace(/{\w+}/, text); } else { node.remove(); }
  }

  /* --- The page ------------------------------------------------------------------------------------------------- */

  function tell(what) {
    status.textContent = status.getAttribute(`data-${what}`);
    status.tabIndex = -1;
    status.focus();
  }

  /* What was written by others, or long ago, may have another shape: it is left out. */
  function shown(entry) {
    try { return [sectionOf(entry)]; } catch { return []; }
  }

  function show() {
    let found;
    try {
      found = ids();
    } catch {
      part("off").classList.remove("without-script");
      return;
    }
    movedGuides.filter(([old, id]) => id && found.includes(old)).forEach(([old, id]) => carry(old, id));
    found = ids();
    tallies.length = 0;
    list.textContent = "";
    list.append(...found.map(entryOf).filter(Boolean).sort((a, b) => b.at - a.at).flatMap(shown));
    const isEmpty = !list.firstChild;
    const isOff = isEmpty && !canRemember();
    part("off").classList.toggle("without-script", !isOff);
    part("none").hidden = !isEmpty || isOff;
    part("tools").hidden = isEmpty;
  }

  function datePaper() { part("printed").textContent = phrase(part("printed"), "mine-printed", { day: dayOf(Date.now()) }); }

  part("clear").addEventListener("click", () => {
    const isCleared = ids().map(forget).every(Boolean);
    show();
    if (isCleared) { tell("cleared"); }
  });
  window.addEventListener("pageshow", show); // a browser that comes back to the page shows what was ticked meanwhile
  window.addEventListener("storage", ({ key }) => { // and so does one whose other window changed it
    if (key === null || key.startsWith(prefix)) { show(); } else { tallies.forEach(tally => tally()); }
  });
  window.addEventListener("beforeprint", datePaper);
  datePaper();
});
