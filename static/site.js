/* What makes the pages more comfortable where script runs: nothing here is needed to read them. Pages load it before their text,
   so that nothing moves when the text is to be large or a form is there for scripts only; all else waits until the page is there. */
(function () {
  "use strict";
  function remembered(key) { try { return localStorage.getItem(key); } catch (e) { return null; } }
  function remember(key, value) {
    try { if (value === null) { localStorage.removeItem(key); } else { localStorage.setItem(key, value); } } catch (e) { /* no storage: not remembered */ }
  }

  var root = document.documentElement;
  root.setAttribute("data-script", "");
  if (remembered("size") === "large") { root.setAttribute("data-size", "large"); }

  document.addEventListener("DOMContentLoaded", function () {
    offerLargeType();
    offerPrint();
    judgePaper();
    tellOfNoSearch();
    var guide = document.querySelector("[data-item]");
    if (guide) {
      putBy(guide);
      readAloud(guide);
    }
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

  /* What the visitor puts by, on this device only: the ticks of a guide by its number and row, and, for the page that lists
     them (mine.js), what the guide is called and which of its materials are there. */
  function putBy(guide) {
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

    /* A row as the list of what to bring words it: with its group, which mostly says for whom it is, and when it is needed. */
    var wording = function (box) {
      var group = box.closest(".material-group");
      var head = group && group.querySelector(".group-head");
      var text = function (within, part, around) {
        var node = within && within.querySelector(part);
        return node ? around.replace("*", node.textContent.replace(/\s+/g, " ").trim()) : "";
      };
      var row = box.parentNode;
      return text(head, ".bind", "*，") + (text(head, ".group-title", "*：") || text(head, ".aside", "*")) + text(row, ".material-name", "*") + text(row, ".material-form", " *") + text(row, ".material-when", "（*）");
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
    remember("stored", "");
    save.hidden = remembered("stored") === null;
    remember("stored", null);
  }

  /* Reads the guide aloud, where the device itself has a Chinese voice: one of a distant service would be sent the text. */
  function readAloud(guide) {
    var READ = "h1, .answers > div, .tick h2, .tick h3, .tick p, .material-text, [aria-labelledby=steps] > h2, .variant > h2, .step";
    var speech = window.speechSynthesis;
    var button = guide.querySelector("[data-read]");
    if (!speech || !window.SpeechSynthesisUtterance) { return; }
    var says = button.textContent;
    var voice;
    var reading = false;
    var find = function () {
      var voices = speech.getVoices().filter(function (one) { return one.localService && /^(zh|cmn)/i.test(one.lang); });
      voice = voices.filter(function (one) { return /cn/i.test(one.lang); })[0] || voices[0];
      button.hidden = !voice;
    };
    var stop = function () {
      reading = false;
      speech.cancel();
      button.textContent = says;
    };
    /* The parts that are shown, each as a sentence. */
    var sentences = function () {
      return [].filter.call(guide.querySelectorAll(READ), function (part) {
        return !part.closest("[hidden]") && !part.classList.contains("tick-hint");
      }).map(function (part) {
        var pieces = part.children.length ? part.children : [part];
        return [].map.call(pieces, function (piece) { return piece.textContent.replace(/\s+/g, " ").trim(); }).filter(Boolean).join("，");
      });
    };
    button.addEventListener("click", function () {
      if (reading) { stop(); return; }
      speech.cancel();
      reading = true;
      button.textContent = button.getAttribute("data-stop");
      sentences().forEach(function (text, at, all) {
        var said = new SpeechSynthesisUtterance(text);
        said.voice = voice;
        said.lang = voice.lang;
        said.rate = 0.9;
        if (at === all.length - 1) { said.onend = function () { if (reading) { stop(); } }; }
        speech.speak(said);
      });
    });
    window.addEventListener("pagehide", stop);
    speech.onvoiceschanged = find;
    find();
  }

  /* The search and its data come in one file: where that cannot be read, the list of all guides stands, and it is said why. */
  function tellOfNoSearch() {
    var place = document.getElementById("search-results");
    if (place && !window.searchCore && /[?&]q=[^&]/.test(location.search)) {
      place.querySelector("[role=status]").textContent = place.getAttribute("data-failed");
    }
  }

  /* A code on paper leads here: "#e-3FA2B1" on the guide, "#3FA2B1" on the page of its editions. */
  function judgePaper() {
    var code = (/^#(?:e-)?([0-9A-F]{6})$/.exec(location.hash) || [])[1];
    var now = document.querySelector("[data-edition]"), verdict = document.querySelector(".verdict");
    if (!code) { return; }
    if (now) {
      var current = now.getAttribute("data-edition") === code, head = document.querySelector(".guide-head");
      var told = document.createElement("p");
      told.className = current ? "verdict" : "verdict warning";
      told.setAttribute("role", "status");
      told.textContent = now.getAttribute(current ? "data-current" : "data-older").replace("{code}", code) + " ";
      if (!current) {
        var link = document.createElement("a");
        link.href = now.getAttribute("data-page") + "#" + code;
        link.textContent = now.getAttribute("data-see");
        told.appendChild(link);
      }
      head.parentNode.insertBefore(told, head.nextSibling);
    } else if (verdict) {
      var here = document.getElementById(code);
      var kind = !here ? "unknown" : here.className.indexOf("current") >= 0 ? "current" : "older";
      verdict.textContent = verdict.getAttribute("data-" + kind).replace("{code}", code);
      verdict.hidden = false;
    }
  }
})();
