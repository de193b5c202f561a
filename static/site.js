/* What makes the pages more comfortable where script runs: nothing here is needed to read them. */
(function () {
  "use strict";
  function remembered(key) { try { return localStorage.getItem(key); } catch (e) { return null; } }
  function remember(key, value) {
    try { if (value === null) { localStorage.removeItem(key); } else { localStorage.setItem(key, value); } } catch (e) { /* no storage: not remembered */ }
  }

  /* Large type: one button, remembered on this device. */
  var root = document.documentElement;
  if (remembered("size") === "large") { root.setAttribute("data-size", "large"); }
  var button = document.querySelector("[data-size-switch]");
  if (button) {
    var label = function () {
      var large = root.getAttribute("data-size") === "large";
      button.textContent = button.getAttribute(large ? "data-smaller" : "data-larger");
    };
    button.addEventListener("click", function () {
      var large = root.getAttribute("data-size") !== "large";
      if (large) { root.setAttribute("data-size", "large"); } else { root.removeAttribute("data-size"); }
      remember("size", large ? "large" : null);
      label();
    });
    button.hidden = false;
    label();
  }

  /* Ticked materials: remembered on this device, by the item's number and the row. */
  var guide = document.querySelector("[data-item]");
  if (guide) {
    var key = "ticks " + guide.getAttribute("data-item");
    var ticked = (remembered(key) || "").split(" ");
    var boxes = [].slice.call(guide.querySelectorAll(".tick input"));
    var clear = guide.querySelector(".clear-ticks");
    var offer = function () { if (clear) { clear.hidden = !boxes.some(function (one) { return one.checked; }); } };
    boxes.forEach(function (box) {
      box.checked = ticked.indexOf(box.name) >= 0;
      box.addEventListener("change", function () {
        var names = boxes.filter(function (one) { return one.checked; }).map(function (one) { return one.name; });
        remember(key, names.length ? names.join(" ") : null);
        offer();
      });
    });
    if (clear) {
      clear.addEventListener("click", function () {
        boxes.forEach(function (one) { one.checked = false; });
        remember(key, null);
        boxes[0].focus();
        offer();
      });
    }
    offer();
  }
})();
