/* What makes the pages more comfortable where script runs: nothing here is needed to read them. Pages load it before their text,
   so that nothing moves when the text is to be large or a form is there for scripts only; all else waits until the page is there. */
(function () {
  "use strict";
  function remembered(key) { try { return localStorage.getItem(key); } catch (e) { return null; } }
  function remember(key, value) {
    try { if (value === null) { localStorage.removeItem(key); } else { localStorage.setItem(key, value); } } catch (e) { /* no storage: not remembered */ }
  }

  window.device = { remembered: remembered, remember: remember }; // what other scripts keep on the visitor's device, they keep so, too

  var root = document.documentElement;
  root.setAttribute("data-script", "");
  if (remembered("size") === "large") { root.setAttribute("data-size", "large"); }

  document.addEventListener("DOMContentLoaded", function () {
    offerLargeType();
    offerPrint();
    tellOfNoSearch();
    askTwice();
    rememberArea();
  });

  /* A button that prints the page. */
  function offerPrint() {
    var button = document.querySelector("[data-print]");
    if (button) { button.hidden = false; button.addEventListener("click", function () { window.print(); }); }
  }

  /* Large type: one button, remembered on this device. */
  function offerLargeType() {
    var button = document.querySelector("[data-size-switch]");
    if (!button) { return; }
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
    label();
  }

  /* Whose guides the visitor looked through: the search puts these first. */
  function rememberArea() {
    var here = document.querySelector("[data-here]");
    if (here) { remember("area " + root.getAttribute("data-site"), here.getAttribute("data-here")); }
  }

  /* A button that takes back what the visitor did, with `data-sure`, asks for a second press. */
  function askTwice() {
    var asked, says;
    var settle = function () {
      if (asked) { asked.textContent = says; }
      asked = null;
    };
    document.addEventListener("click", function (event) {
      var button = event.target.closest("[data-sure]");
      var again = button && button === asked;
      settle();
      if (button && !again) {
        event.stopPropagation();
        asked = button;
        says = button.textContent;
        button.textContent = button.getAttribute("data-sure");
      }
    }, true);
    document.addEventListener("focusout", settle);
  }

  /* The search and its data come in one file: where that cannot be read, the list of all guides stands, and it is said why. */
  function tellOfNoSearch() {
    var place = document.getElementById("search-results");
    if (place && !window.createSearchEngine && /[?&]q=[^&]/.test(location.search)) {
      place.querySelector("[role=status]").textContent = place.getAttribute("data-failed");
    }
  }
})();
