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

  /* What is typed on the front of a plate stands on its back, too. */
  [].slice.call(document.querySelectorAll("[data-plate]")).forEach(function (input) {
    var copy = document.querySelector('[data-copy="' + input.getAttribute("data-plate") + '"]');
    input.addEventListener("input", function () { copy.textContent = input.value; });
  });
})();
