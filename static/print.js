(function () {
  "use strict";
  var button = document.querySelector("[data-print]");
  if (button) { button.hidden = false; button.addEventListener("click", function () { window.print(); }); }

  /* Of leaflets, the one whose community was chosen is printed. */
  var main = document.getElementById("main");
  function choose() {
    var leaflets = [].slice.call(document.querySelectorAll(".leaflet")), one = location.hash.slice(1);
    var there = leaflets.some(function (leaflet) { return leaflet.id === one; });
    leaflets.forEach(function (leaflet) { leaflet.classList.toggle("chosen", leaflet.id === one); });
    if (main) { main.classList.toggle("leaflets-one", there); }
  }
  window.addEventListener("hashchange", choose);
  choose();

  /* A code on paper leads here: is it that of the sheet as it is now? */
  var code = (/^#([0-9A-F]{6})$/.exec(location.hash) || [])[1], verdict = document.querySelector(".verdict");
  if (code && verdict) {
    var kind = verdict.getAttribute("data-code") === code ? "current" : "older";
    verdict.textContent = verdict.getAttribute("data-" + kind).replace("{code}", code);
    verdict.hidden = false;
  }

  /* What is typed on the front of a plate stands on its back, too. */
  [].slice.call(document.querySelectorAll("[data-plate]")).forEach(function (input) {
    var copy = document.querySelector('[data-copy="' + input.getAttribute("data-plate") + '"]');
    input.addEventListener("input", function () { copy.textContent = input.value; });
  });
})();
