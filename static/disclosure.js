/* Narrows a disclosure list to the rows that hold some words, one term, one form. Without it the whole list stands. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const box = document.querySelector(".narrowing");
  if (!box) { return; }
  const LONGEST = 100; // characters that are looked for
  const words = document.getElementById("narrow-words");
  const term = document.getElementById("narrow-term");
  const form = document.getElementById("narrow-form");
  const status = box.querySelector(".narrowing-status");
  const duties = [...document.querySelectorAll(".disclosed tbody")].map(body => ({ body, rows: rowsOf(body) }));

  function rowsOf(body) {
    const duty = body.querySelector(".duty").textContent;
    return [...body.querySelectorAll(".disclosed-row")].map(row => ({
      row,
      text: compact(`${duty} ${row.textContent}`),
      term: row.getAttribute("data-term"),
      forms: row.getAttribute("data-form").split("|"),
    }));
  }

  /* Spaces within a text of the list are no matter of those who look for it. */
  function compact(text) { return window.foldText(text).replace(/ /g, ""); }

  function narrow() {
    if (window.device.isComposing()) { return; }
    const wanted = window.foldText(words.value.slice(0, LONGEST)).split(" ").filter(Boolean);
    const fits = row => wanted.every(word => row.text.includes(word))
      && (!term.value || row.term === term.value) && (!form.value || row.forms.includes(form.value));
    let shown = 0;
    for (const { body, rows } of duties) {
      rows.forEach(row => { row.row.hidden = !fits(row); });
      const left = rows.filter(row => !row.row.hidden).length;
      body.hidden = !left;
      shown += left;
    }
    say(wanted.length || term.value || form.value, shown);
  }

  function say(isNarrowed, shown) {
    const text = shown ? box.getAttribute("data-narrowed").replace("{n}", shown) : box.getAttribute("data-none");
    window.announce(status, isNarrowed ? text : "");
  }

  for (const event of ["input", "change", "compositionend"]) { box.addEventListener(event, narrow); }
  box.querySelector(".narrowing-clear").addEventListener("click", () => {
    for (const field of [words, term, form]) { field.value = ""; }
    narrow();
    words.focus();
  });
  narrow(); // something may have been typed before the script came
  window.addEventListener("pageshow", narrow); // a browser that comes back to the page has kept what was typed
});
