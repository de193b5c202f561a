/* What makes the pages more comfortable where script runs: nothing here is needed to read them. Pages load it before their text,
   so that nothing moves when the text is to be large or a form is there for scripts only; all else waits until the page is there. */
(() => {
  "use strict";
  const root = document.documentElement;

  const TO_CHINA = 8 * 3600 * 1000; // ms by which clocks in China are ahead of UTC
  const SIZE = "guides size"; // also of other sites of ours on this host; pages of others may keep a "size", too
  let isComposing = false; // an input method has letters in a box that are on their way to become characters

  function remembered(key) {
    try { return localStorage.getItem(key); } catch { return null; }
  }

  /* Keeps a value, null for none. Returns whether it can be read back: a device may be full, or keep nothing. */
  function remember(key, value) {
    try {
      if (value === null) { localStorage.removeItem(key); } else { localStorage.setItem(key, value); }
    } catch { /* what is there now tells */ }
    return remembered(key) === value;
  }

  function canRemember() { return remember("guides stored", "") && remember("guides stored", null); }

  /* Puts what is kept of a guide under its new id; what is kept there already stays, and the ticks of both count. */
  function carry(from, to) {
    const here = ` ${root.getAttribute("data-site")} `;
    const [ticks, mine] = ["ticks", "mine"].map(what => [`${what}${here}${from}`, `${what}${here}${to}`]);
    if (remembered(ticks[0]) === null && remembered(mine[0]) === null) { return; }
    const rows = [ticks[1], ticks[0]].map(remembered).filter(Boolean).join(" ").split(" ");
    const isKept = remember(ticks[1], [...new Set(rows)].filter(Boolean).join(" ") || null)
      && (remembered(mine[1]) !== null || remember(mine[1], remembered(mine[0])));
    if (isKept) { [ticks[0], mine[0]].forEach(key => remember(key, null)); }
  }

  for (const event of ["compositionstart", "compositionend"]) {
    document.addEventListener(event, () => { isComposing = event === "compositionstart"; }, true);
  }

  /* What other scripts use: what is kept on the visitor's device, whether an input method is at work, and the day that it is in
     China (to be read as UTC), where the guides are, wherever the device is. */
  const inChina = time => new Date(time + TO_CHINA);
  window.device = { remembered, remember, canRemember, carry, inChina, isComposing: () => isComposing };

  root.setAttribute("data-script", "");
  if (remembered(SIZE) === "large") { root.setAttribute("data-size", "large"); }

  document.addEventListener("DOMContentLoaded", () => {
    offerLargeType();
    offerPrint();
    tellOfNoSearch();
    askTwice();
    rememberArea();
  });

  /* A button that prints the page. */
  function offerPrint() {
    const button = document.querySelector("[data-print]");
    if (!button) { return; }
    button.hidden = !window.print; // browsers inside apps have none
    button.addEventListener("click", () => window.print());
  }

  /* Large type: one button, remembered on this device. */
  function offerLargeType() {
    const button = document.querySelector("[data-size-switch]");
    if (!button) { return; }
    const isLarge = () => root.getAttribute("data-size") === "large";
    const label = () => { button.textContent = button.getAttribute(isLarge() ? "data-smaller" : "data-larger"); };
    button.addEventListener("click", () => {
      if (isLarge()) { root.removeAttribute("data-size"); } else { root.setAttribute("data-size", "large"); }
      remember(SIZE, isLarge() ? "large" : null);
      label();
    });
    label();
  }

  /* Whose guides the visitor looked through: the search puts these first. */
  function rememberArea() {
    const here = document.querySelector("[data-here]");
    if (here) { remember(`area ${root.getAttribute("data-site")}`, here.getAttribute("data-here")); }
  }

  /* A button that takes back what the visitor did, with `data-sure`, asks for a second press. */
  function askTwice() {
    let asked = null; // the button that was pressed once
    let label;
    const settle = () => {
      if (asked) { asked.textContent = label; }
      asked = null;
    };
    document.addEventListener("click", event => {
      const button = event.target.closest("[data-sure]");
      const isSure = button && button === asked;
      settle();
      if (button && !isSure) {
        event.stopPropagation();
        asked = button;
        label = button.textContent;
        button.textContent = button.getAttribute("data-sure");
      }
    }, true);
    document.addEventListener("focusout", settle);
  }

  /* The search and its data come in one file: where that cannot be read, the list of all guides stands, and it is said why. */
  function tellOfNoSearch() {
    const results = document.getElementById("search-results");
    if (results && !window.createSearchEngine && /[?&]q=[^&]/.test(location.search)) {
      results.querySelectorAll(".results-said, .results-status").forEach(line => {
        line.textContent = results.getAttribute("data-failed");
      });
    }
  }
})();
