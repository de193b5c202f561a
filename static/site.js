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

/* A code on paper leads here: "#e-3FA2B1" on the guide, "#3FA2B1" on the page of its editions. */
(function () {
  "use strict";
  var code = /^#(?:e-)?([0-9A-F]{6})$/.exec(location.hash);
  if (!code) { return; }
  var now = document.querySelector("[data-edition]"), verdict = document.querySelector(".verdict");
  function say(box, kind) { box.textContent = box.getAttribute("data-" + kind).replace("{code}", code[1]); }
  if (now) {
    var current = now.getAttribute("data-edition") === code[1];
    var told = document.createElement("p"), link = document.createElement("a");
    told.className = current ? "verdict" : "verdict warning";
    told.setAttribute("role", "status");
    told.textContent = now.getAttribute(current ? "data-current" : "data-older").replace("{code}", code[1]);
    if (!current) {
      link.href = now.getAttribute("data-page") + "#" + code[1];
      link.textContent = now.getAttribute("data-see");
      told.appendChild(document.createTextNode(" "));
      told.appendChild(link);
    }
    var head = document.querySelector(".guide-head");
    head.parentNode.insertBefore(told, head.nextSibling);
  } else if (verdict) {
    var here = document.getElementById(code[1]);
    say(verdict, here ? (here.className.indexOf("current") >= 0 ? "current" : "older") : "unknown");
    verdict.hidden = false;
  }
})();
