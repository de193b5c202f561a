/* What a guide can do where script runs: it comes after site.js, in one file with it. */
(function () {
  "use strict";
  var remembered = window.device.remembered, remember = window.device.remember;
  var root = document.documentElement;

  document.addEventListener("DOMContentLoaded", function () {
    judgePaper();
    tellNextTime();
    var guide = document.querySelector("[data-item]");
    if (guide) {
      putBy(guide);
      setTimeout(function () { readAloud(guide); }, 0); // asking for voices takes long on a slow phone: the page is shown first
    }
  });

  /* Whether today is among the days on which one can apply, and until when; if not, when they come round next. Days are written
     "09-01/09-25" of a year, "05/20" of a month, "135" of a week. */
  function tellNextTime() {
    var two = function (n) { return (n < 10 ? "0" : "") + n; };
    var within = function (day, span) {
      var ends = span.split("/");
      if (ends.length < 2) { return span.indexOf(day.getDay() || 7) >= 0; }
      var at = (ends[0].length > 2 ? two(day.getMonth() + 1) + "-" : "") + two(day.getDate());
      return ends[0] <= ends[1] ? ends[0] <= at && at <= ends[1] : ends[0] <= at || at <= ends[1];
    };
    [].forEach.call(document.querySelectorAll("[data-days]"), function (told) {
      var spans = told.getAttribute("data-days").split(" ");
      var today = new Date(), year = today.getFullYear();
      var after = function (n) { return new Date(year, today.getMonth(), today.getDate() + n); };
      var open = function (n) { return spans.some(function (span) { return within(after(n), span); }); };
      /* The first day after the one `from` days ahead on which it is otherwise. */
      var turn = function (from) {
        var n = from + 1;
        while (n < from + 400 && open(n) === open(from)) { n += 1; }
        return n;
      };
      var date = function (n, year) {
        var day = after(n);
        return (day.getFullYear() > year ? told.getAttribute("data-next-year") : "")
          + told.getAttribute("data-date").replace("{m}", day.getMonth() + 1).replace("{d}", day.getDate());
      };
      var now = open(0), change = turn(0);
      if (change === 400) { // every day
        told.hidden = true;
        return;
      }
      var end = now ? change - 1 : turn(change) - 1, from = date(change, year);
      var says = now ? (end ? "open" : "last") : end > change ? "next" : "on";
      told.textContent = told.getAttribute("data-" + says).replace("{from}", from)
        .replace("{to}", date(end, now ? year : after(change).getFullYear()));
    });
  }

  /* What the visitor puts by, on this device only: the ticks of a guide by site, number and material, and, for the page that lists
     them (mine.js), what of the guide is needed there: its name, where it is done, its phone, and what to bring. */
  function putBy(guide) {
    var id = guide.getAttribute("data-item");
    var here = " " + root.getAttribute("data-site") + " " + id;
    var ticks = "ticks" + here, mine = "mine" + here;
    var boxes = [].slice.call(guide.querySelectorAll(".tick input"));
    var clear = guide.querySelector(".clear-ticks");
    var save = guide.querySelector("[data-save]");
    var says = save.textContent;
    var before, saved;
    var only; // the link of the chosen case, none when all are shown
    var caseName = function () { return only.querySelector(".row-title").textContent; };

    var text = function (node) { return node ? node.textContent.replace(/\s+/g, " ").trim() : ""; };
    var all = function (within, selector) { return [].slice.call(within.querySelectorAll(selector)); };
    var childrenOf = function (node, selector) { return [].filter.call(node.children, function (child) { return child.matches(selector); }); };

    var recall = function () {
      var ticked = (remembered(ticks) || "").split(" ");
      boxes.forEach(function (box) { box.checked = ticked.indexOf(box.name) >= 0; });
      before = {};
      try { before = JSON.parse(remembered(mine)) || {}; } catch (e) { /* not written by us */ }
      saved = before.saved === true;
    };

    /* A line of what to bring: a material, or a group of lines, of which one is enough where it has a `choice`. */
    var lineOf = function (li) {
      if (li.matches(".material")) {
        return {
          id: li.querySelector("input").name, name: text(li.querySelector(".material-name")), form: text(li.querySelector(".material-form")),
          aside: text(li.querySelector(".aside")), when: text(li.querySelector(".material-when")),
          details: all(li, ".material-detail").map(text)
        };
      }
      var head = li.querySelector(".group-head");
      return {
        choice: li.matches(".any-of") ? text(head.querySelector(".bind")) : "", whole: li.matches(".any-of") ? "" : text(head.querySelector(".bind")), title: text(head.querySelector(".group-title")),
        when: text(head.querySelector(".aside")), notes: childrenOf(li, ".note").map(text), lines: linesOf(childrenOf(li, ".materials")[0])
      };
    };
    var linesOf = function (ul) { return ul ? childrenOf(ul, "li").map(lineOf) : []; };

    /* What to bring, in the parts that are shown: for every case, and for each one, in whichever lists. `ofCase` says that a case is still to be chosen. */
    var parts = function () {
      return all(guide, ".tick > div, .tick > .unknown-text").filter(function (part) { return !part.hidden; }).map(function (part) {
        return {
          title: text(childrenOf(part, "h3")[0]), ofCase: !only && part.hasAttribute("data-case"), lines: [].concat.apply([], childrenOf(part, ".materials").map(linesOf)),
          says: part.matches("p") ? text(part) : childrenOf(part, "p:not(.note):not(.share)").map(text).join(""), notes: childrenOf(part, ".note").map(text)
        };
      });
    };

    /* Where it is done and whom to call: of the whole guide, and of the chosen case. A line is its text, a number to dial, and a remark. */
    var facts = function () {
      var rows = all(guide, ".answers > [data-keep]");
      if (only) { rows = rows.concat(all(guide, "[data-case='" + only.getAttribute("data-choose") + "'] .facts > [data-keep]")); }
      return rows.map(function (row) {
        return {
          title: text(row.querySelector("dt")),
          lines: all(row, "dd > .line:not(.next-time)").map(function (line) {
            var call = line.querySelector(".tel");
            return call ? [text(call), call.getAttribute("href").replace("tel:", ""), all(line, ".aside").map(text).join("")] : [text(line)];
          })
        };
      });
    };

    var keep = function () {
      var names = boxes.filter(function (one) { return one.checked; }).map(function (one) { return one.name; });
      remember(ticks, names.length ? names.join(" ") : null);
      remember(mine, !saved && !names.length ? null : JSON.stringify({
        saved: saved, at: before.at || Date.now(), seen: Date.now(), title: guide.getAttribute("data-title"), area: guide.getAttribute("data-area"),
        only: only && only.getAttribute("data-choose"), name: only && caseName(), facts: facts(), parts: parts()
      }));
      save.textContent = saved ? save.getAttribute("data-unsave") : says;
      if (clear) { clear.disabled = !names.length; }
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

    recall();
    boxes.forEach(function (box) { box.addEventListener("change", keep); });
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
    if (before.only && location.hash.indexOf("#only-") !== 0) { // the case for which the guide was put by
      only = links.filter(function (link) { return link.getAttribute("data-choose") === before.only; })[0];
      if (only && !location.hash) { location.replace("#only-" + before.only); }
    }
    if (links.length) { choose(); } else { keep(); }
    remember("stored", "");
    save.hidden = remembered("stored") === null;
    remember("stored", null);
    window.addEventListener("pageshow", function (event) { // a browser that comes back shows what was ticked on the other page
      if (event.persisted && !save.hidden) {
        recall();
        keep();
      }
    });
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
