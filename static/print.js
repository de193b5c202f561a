/* What a sheet can do on a screen. */
(() => {
  "use strict";
  const button = document.querySelector("[data-print]");
  if (button) {
    button.hidden = false;
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

  /* What is typed on the front of a plate stands on its back, too. */
  document.querySelectorAll("[data-plate]").forEach(input => {
    const copy = document.querySelector(`[data-copy="${input.getAttribute("data-plate")}"]`);
    input.addEventListener("input", () => { copy.textContent = input.value; });
  });
})();
