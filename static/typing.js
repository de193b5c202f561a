/* Status lines of boxes that answer while somebody types. */
(() => {
  "use strict";
  const PAUSE = 1000; // ms without a key before something is announced
  let lastTyped = -PAUSE;

  document.addEventListener("input", ({ target }) => {
    if (target.matches("[type=search]")) { lastTyped = performance.now(); }
  }, true);

  /* Writes a text into a status line. While somebody types it waits, and only the last one is said. */
  function announce(status, text) {
    clearTimeout(status.waiting);
    const wait = window.device.isComposing() ? PAUSE : lastTyped + PAUSE - performance.now();
    if (text && wait > 0) {
      status.waiting = setTimeout(() => announce(status, text), wait);
    } else if (status.textContent !== text) {
      status.textContent = text;
    }
  }

  window.announce = announce;
})();
