/* What a sheet can do on a screen. */
(() => {
  "use strict";
  const button = document.querySelector("[data-print]");
  if (button) {
    button.hidden = !window.print; // browsers inside apps have none
    button.addEventListener("click", () => window.print());
  }

  /* Of leaflets, the one whose community was chosen is printed. */
  function chooseLeaflet() {
    const chosen = location.hash.slice(1);
    const leaflets = [...document.querySelectorAll(".leaflet")];
    const main = document.getElementById("main");
    leaflets.forEach(leaflet => leaflet.classList.toggle("chosen", leaflet.id === chosen));
    if (main) { main.classList.toggle("leaflets-one", leaflets.some(leaflet => leaflet.id === chosen)); }
  }
  window.addEventListener("hashchange", chooseLeaflet);
  chooseLeaflet();

  /* A code on paper leads here: is it that of the sheet as it is now? */
  const [, code] = /^#([0-9A-F]{6})$/.exec(location.hash) || [];
  const verdict = document.querySelector(".verdict");
  if (code && verdict) {
    const kind = verdict.getAttribute("data-code") === code ? "current" : "older";
    verdict.textContent = verdict.getAttribute(`data-${kind}`).replace("{code}", code);
    verdict.hidden = false;
  }

  /* What is typed on the front of a plate stands on its back, too, as large as it fits the line. Of a line that fits in no size
     that can be read, it is said that it would be cut. */
  const LARGEST = { window: 30 }; // pt
  const LARGEST_OF_OTHERS = 22;
  const SMALLEST = 9;
  const inputs = [...document.querySelectorAll("[data-plate]")];

  function isTooLong(input) { return input.scrollWidth > input.clientWidth; }

  function fit(input) {
    const name = input.getAttribute("data-plate");
    const copy = document.querySelector(`[data-copy="${name}"]`);
    let size = LARGEST[name] || LARGEST_OF_OTHERS;
    const set = () => [input, copy].forEach(node => { node.style.fontSize = `${size}pt`; });
    set();
    while (size > SMALLEST && isTooLong(input)) {
      size -= 1;
      set();
    }
    copy.textContent = input.value;
    input.setAttribute("aria-invalid", String(isTooLong(input)));
    document.querySelector("[data-plate-long]").hidden = !inputs.some(isTooLong);
  }

  inputs.forEach(input => input.addEventListener("input", () => fit(input)));
  if (inputs.length) { window.addEventListener("pageshow", () => inputs.forEach(fit)); } // a browser may have kept what was typed
})();
