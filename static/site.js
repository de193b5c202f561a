/* What makes the pages more comfortable where script runs: nothing here is needed to read them. */
(function () {
  "use strict";
  function remembered(key) { try { return localStorage.getItem(key); } catch (e) { return null; } }
  function remember(key, value) {
    try { if (value === null) { localStorage.removeItem(key); } else { localStorage.setItem(key, value); } } catch (e) { /* no storage: not remembered */ }
  }

  remember("stored", "");
  var remembers = remembered("stored") !== null;
  remember("stored", null);

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

  /* What the visitor puts by, on this device only: the ticks of a guide by its number and row, and, for the page that lists
     them (mine.js), what the guide is called and which of its materials are there. */
  var guide = document.querySelector("[data-item]");
  if (guide) {
    var id = guide.getAttribute("data-item");
    var ticks = "ticks " + id;
    var mine = "mine " + document.querySelector("meta[name=SiteName]").getAttribute("content") + " " + id;
    var before = {};
    try { before = JSON.parse(remembered(mine)) || {}; } catch (e) { /* not written by us */ }
    var saved = before.saved === true;
    var ticked = (remembered(ticks) || "").split(" ");
    var boxes = [].slice.call(guide.querySelectorAll(".tick input"));
    var clear = guide.querySelector(".clear-ticks");
    var save = guide.querySelector("[data-save]");
    var says = save.textContent;
    var only; // the link of the chosen case, none when all are shown
    var caseName = function () { return only.querySelector(".row-title").textContent; };

    /* A row as the list of what to bring words it: with its group, and when it is needed. */
    var wording = function (box) {
      var group = box.closest(".material-group");
      var text = function (within, part, around) {
        var node = within && within.querySelector(part);
        return node ? around.replace("*", [].map.call(node.childNodes, function (one) { return one.textContent.trim(); }).filter(Boolean).join(" ")) : "";
      };
      var row = box.parentNode;
      return text(group, ".group-head", "*：") + text(row, ".material-name", "*") + text(row, ".material-form", " *") + text(row, ".material-when", "（*）");
    };
    /* Whether a row counts: it is shown, and none was ticked that would do instead. */
    var counts = function (box) {
      var choice = box.closest(".any-of");
      return !box.closest("[hidden]") && (box.checked || !choice || !choice.querySelector("input:checked"));
    };
    var keep = function () {
      var names = boxes.filter(function (one) { return one.checked; }).map(function (one) { return one.name; });
      remember(ticks, names.length ? names.join(" ") : null);
      remember(mine, !saved && !names.length ? null : JSON.stringify({
        saved: saved, at: before.at || Date.now(), title: guide.getAttribute("data-title"), area: guide.getAttribute("data-area"),
        only: only && only.getAttribute("data-choose"), name: only && caseName(),
        rows: boxes.filter(counts).map(function (one) { return [wording(one), one.checked]; })
      }));
      save.textContent = saved ? save.getAttribute("data-unsave") : says;
      if (clear) { clear.hidden = !names.length; }
    };

    /* One case of several: the others are folded away. The choice stands in the address, so that it can be sent to others. */
    var links = [].slice.call(guide.querySelectorAll("[data-choose]"));
    var told = guide.querySelector("[data-only]");
    var each = function (selector, act) { [].forEach.call(guide.querySelectorAll(selector), act); };
    var choose = function () {
      var hash = location.hash;
      if (!hash || hash === "#variants" || hash.indexOf("#only-") === 0) { // another jump inside the page changes no choice
        only = links.filter(function (link) { return hash === "#only-" + link.getAttribute("data-choose"); })[0];
      }
      var id = only ? only.getAttribute("data-choose") : "";
      each("[data-case]", function (part) { part.hidden = !!id && part.getAttribute("data-case") !== id; });
      each("[data-not-for]", function (part) { part.hidden = !!id && part.getAttribute("data-not-for").split(" ").indexOf(id) >= 0; });
      each("[data-only-for]", function (part) { part.hidden = part.getAttribute("data-only-for").split(" ").indexOf(id) < 0; });
      links.forEach(function (link) { link.setAttribute("aria-pressed", String(link === only)); });
      told.textContent = only ? told.getAttribute("data-only").replace("{text}", caseName()) : "";
      told.parentNode.querySelector("a").hidden = !only;
      keep();
    };
    links.forEach(function (link) {
      link.setAttribute("role", "button");
      var take = function (event) {
        event.preventDefault();
        location.hash = "only-" + link.getAttribute("data-choose");
      };
      link.addEventListener("click", take);
      link.addEventListener("keydown", function (event) { if (event.key === " ") { take(event); } });
    });
    if (links.length) { window.addEventListener("hashchange", choose); }

    boxes.forEach(function (box) {
      box.checked = ticked.indexOf(box.name) >= 0;
      box.addEventListener("change", keep);
    });
    if (clear) {
      clear.addEventListener("click", function () {
        boxes.forEach(function (one) { one.checked = false; });
        boxes[0].focus();
        keep();
      });
    }
    save.addEventListener("click", function () {
      saved = !saved;
      keep();
    });
    if (links.length) { choose(); } else { keep(); }
    save.hidden = !remembers;
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
