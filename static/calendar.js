/* What the calendar can tell where script runs: what is open today, what closes soon, and this month first. It comes after
   site.js and days.js, in one file with them. */
(() => {
  "use strict";
  const { FAR, ahead, dateOn, isWithin, isPast, nextChange, daily } = window.days;
  const SOON = 30; // days within which what ends is said to end soon
  const ONCE_A_YEAR = 5; // characters of a day that comes round once a year, or of one that does not

  const all = (within, selector) => [...within.querySelectorAll(selector)];

  document.addEventListener("DOMContentLoaded", () => {
    const now = document.querySelector("[data-now]");
    if (!now) { return; }
    const lines = linesOf(document);
    const begin = monthsOf(now);
    const above = now.querySelector("[data-above]");
    daily(() => tell(now, lines, begin(ahead(0).getUTCMonth()), above));
  });

  /* The periods of the page, each once: one that lasts for months stands in each of them. */
  function linesOf(page) {
    const found = new Map();
    all(page, "main section > .rows > li[data-days]").forEach(line => {
      const link = line.querySelector("a");
      const key = [link.getAttribute("href"), line.getAttribute("data-says")].join(" ");
      if (!found.has(key)) { found.set(key, []); }
      found.get(key).push(line);
    });
    return [...found.values()];
  }

  /* Returns what puts a month (from 0) and those after it before the others, which are those of the next year, and returns it. */
  function monthsOf(now) {
    const months = all(document, "[data-month]").map(section => {
      const heading = section.querySelector("h2");
      const link = document.querySelector(`.months a[href="#${heading.id}"]`);
      return { section, heading, link, name: heading.textContent };
    });
    const after = months[months.length - 1].section.nextElementSibling;
    const afterLink = months[months.length - 1].link.parentNode.nextElementSibling;
    return first => {
      [...months.slice(first), ...months.slice(0, first)].forEach((month, at) => {
        const isNext = at >= months.length - first;
        const name = isNext ? now.getAttribute("data-next-year") + month.name : month.name;
        month.heading.textContent = at ? name : now.getAttribute("data-this-month").replace("{month}", name);
        month.section.parentNode.insertBefore(month.section, after);
        month.link.parentNode.parentNode.insertBefore(month.link.parentNode, afterLink);
        if (at) { month.link.removeAttribute("aria-current"); } else { month.link.setAttribute("aria-current", "date"); }
      });
      return months[first].section;
    };
  }

  /* What is open and what closes soon is said above; so it is not said again in this month. */
  function tell(now, lines, month, above) {
    const soon = [];
    const open = [];
    lines.forEach(same => {
      const told = same[0];
      const spans = told.getAttribute("data-days").split(" ").filter(Boolean);
      const until = told.getAttribute("data-until").split(" ").filter(Boolean);
      const isOver = spans.length > 0 && spans.every(span => isPast(ahead(0), span));
      same.forEach(line => { line.hidden = isOver; });
      const comesOften = [...spans, ...until].every(span => span.split("/").pop().length < ONCE_A_YEAR);
      const left = spans.length ? daysOpen(spans) : daysUntil(until);
      if (left === null) { return; }
      if (!comesOften && left < SOON) {
        soon.push({ line: told, left, isWeekly: false });
      } else if (spans.length || isThisMonth(left)) {
        open.push({ line: told, left, isWeekly: spans.length > 0 && !spans[0].includes("/") });
      } else {
        return;
      }
      same.forEach(line => { line.hidden = line.hidden || month.contains(line); });
    });
    month.append(above);
    above.hidden = !month.querySelector("li") || month.querySelector("li:not([hidden])") !== null;
    show(now, "[data-soon]", soon);
    show(now, "[data-open]", open);
    now.hidden = false;
  }

  /* How many days more one can apply after today, null where not today, or where it is always. */
  function daysOpen(spans) {
    const isOpen = days => spans.some(span => isWithin(ahead(days), span));
    const change = nextChange(isOpen, 0);
    return isOpen(0) && change < FAR ? change - 1 : null;
  }

  function isThisMonth(left) { return ahead(left).getUTCMonth() === ahead(0).getUTCMonth(); }

  /* How many days it is until the next of these last days, null where none is to come. A month may not have the day: then
     it is the last of the month. */
  function daysUntil(days) {
    for (let left = 0; left < FAR; left += 1) {
      const [at, next] = [dateOn(ahead(left)), dateOn(ahead(left + 1))];
      if (days.some(day => isLast(at.slice(-day.length), next.slice(-day.length), day))) { return left; }
    }
    return null;
  }

  function isLast(at, next, day) { return at === day || at < day && (next > day || next < at); }

  function show(now, selector, found) {
    const list = now.querySelector(selector);
    list.textContent = "";
    found.sort((one, other) => one.left - other.left).forEach(one => list.append(rowOf(now, one)));
    list.nextElementSibling.hidden = found.length > 0;
  }

  function rowOf(now, { line, left, isWeekly }) {
    const row = document.createElement("li");
    const link = line.querySelector("a").cloneNode(true);
    const facts = link.querySelector(".row-facts");
    const here = document.createElement("b");
    here.className = "row-here";
    here.textContent = saidOf(now, left, isWeekly);
    const says = facts.querySelector(".row-says");
    facts.textContent = link.querySelector(".row-area") ? " · " : "";
    facts.append(here, " · ", says);
    all(link, "svg").forEach(drawing => drawing.remove());
    row.append(link);
    return row;
  }

  function saidOf(now, left, isWeekly) {
    const said = name => now.getAttribute(`data-${name}`);
    if (!left) { return said(isWeekly ? "today" : "last"); }
    const day = ahead(left);
    const date = said("date").replace("{m}", day.getUTCMonth() + 1).replace("{d}", day.getUTCDate());
    const year = day.getUTCFullYear() > ahead(0).getUTCFullYear() ? said("next-year") : "";
    return said("left").replace("{to}", year + date).replace("{n}", left);
  }
})();
