/* Lists what site.js has put by on this device: guides saved, materials ticked. A tick here is the tick on the guide. Nothing is
   asked of any server. */
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var list = document.querySelector("[data-mine-list]");
  var template = document.querySelector("[data-mine-entry]");
  var status = document.querySelector("[data-mine-status]");
  var here = " " + document.documentElement.getAttribute("data-site") + " ";
  var prefix = "mine" + here;
  var marks = list.getAttribute("data-marks").split(" ");

  function part(name) { return document.querySelector("[data-mine-" + name + "]"); }
  function said(node, name, values) {
    return node.getAttribute("data-" + name).replace(/{(\w+)}/g, function (whole, key) { return values[key]; });
  }
  function make(tag, className, text) {
    var node = document.createElement(tag);
    if (className) { node.className = className; }
    if (text) { node.textContent = text; }
    return node;
  }
  function day(time) {
    var then = new Date(time);
    return said(list, "day", { year: then.getFullYear(), month: then.getMonth() + 1, date: then.getDate() });
  }

  /* The mark of a guide, as builder/marks.py reckons it. */
  function markOf(id) {
    var hashed = 2166136261;
    for (var i = 0; i < id.length; i++) { hashed = Math.imul(hashed ^ id.charCodeAt(i), 16777619) >>> 0; }
    return ("000" + (hashed % 1679616).toString(36)).slice(-4);
  }

  /* What is put by, the newest first. Throws where there is no storage. */
  function entries() {
    var found = [];
    for (var i = 0; i < localStorage.length; i++) {
      var key = localStorage.key(i);
      if (key.indexOf(prefix) === 0) {
        try {
          var entry = JSON.parse(localStorage.getItem(key));
          entry.parts.concat(entry.facts); // fails where it is not ours
          entry.title = String(entry.title);
          entry.id = key.slice(prefix.length);
          found.push(entry);
        } catch (e) { /* not written by us */ }
      }
    }
    return found.sort(function (one, other) { return other.at - one.at; });
  }

  function forget(id) {
    localStorage.removeItem(prefix + id);
    localStorage.removeItem("ticks" + here + id);
  }

  /* The rows of a guide that are ticked. */
  function ticksOf(id) { return (localStorage.getItem("ticks" + here + id) || "").split(" ").filter(Boolean); }

  function tick(id, row, checked) {
    var ticked = ticksOf(id).filter(function (one) { return one !== row; });
    if (checked) { ticked.push(row); }
    if (ticked.length) { localStorage.setItem("ticks" + here + id, ticked.join(" ")); return; }
    localStorage.removeItem("ticks" + here + id);
    var entry = JSON.parse(localStorage.getItem(prefix + id)); // a guide that was only ticked stays in the list
    if (entry) { localStorage.setItem(prefix + id, JSON.stringify(Object.assign(entry, { saved: true }))); }
  }

  /* Counts what to bring: a choice is one, however many would do; what is needed only in some case is counted by itself. */
  function count(lines, ticked, depends, sum) {
    lines.forEach(function (line) {
      var maybe = depends || !!line.when || !!line.aside;
      if (line.lines && !line.choice) { count(line.lines, ticked, maybe, sum); return; }
      sum[maybe ? "maybe" : "needed"] += 1;
      if (there(line, ticked)) { sum[maybe ? "maybeReady" : "ready"] += 1; }
    });
    return sum;
  }
  function nothing() { return { needed: 0, ready: 0, maybe: 0, maybeReady: 0 }; }

  /* Whether a line is there: the one material, one of a choice, or all of a group that are needed in any case. */
  function there(line, ticked) {
    if (!line.lines) { return ticked.indexOf(line.id) >= 0; }
    if (line.choice) { return line.lines.some(function (one) { return there(one, ticked); }); }
    var sum = count(line.lines, ticked, false, nothing());
    return sum.needed ? sum.ready === sum.needed : sum.maybeReady > 0;
  }

  function ready() { return make("span", "is-there", list.getAttribute("data-is-there")); }

  function notes(texts) { return (texts || []).map(function (text) { return make("p", "note", text); }); }

  function addTo(node, parts) { parts.forEach(function (one) { node.appendChild(one); }); }

  /* The lines as the guide has them; `drawn` takes each with its node, for what a tick changes. */
  function materials(lines, ticked, drawn) {
    var ul = make("ul", "materials");
    lines.forEach(function (line) {
      var li = ul.appendChild(make("li", !line.lines ? "material" : line.choice ? "material-group any-of" : "material-group"));
      drawn.push({ line: line, node: li });
      if (line.lines) {
        var head = li.appendChild(make("p", "group-head"));
        if (line.choice || line.whole) { head.appendChild(make("span", "bind", line.choice || line.whole)); }
        if (line.title) { head.appendChild(make("span", "group-title", line.title)); }
        if (line.when) { head.appendChild(make("span", "aside", line.when)); }
        if (line.choice) { head.appendChild(ready()); }
        addTo(li, notes(line.notes));
        li.appendChild(materials(line.lines, ticked, drawn));
        return;
      }
      var label = li.appendChild(make("label"));
      var box = label.appendChild(make("input"));
      box.type = "checkbox";
      box.name = line.id;
      box.checked = ticked.indexOf(line.id) >= 0;
      var text = label.appendChild(make("span", "material-text"));
      text.appendChild(make("span", "material-name", line.name));
      if (line.form) { text.appendChild(make("span", "material-form", line.form)); }
      if (line.aside) { text.appendChild(make("span", "aside", line.aside)); }
      text.appendChild(ready()).setAttribute("aria-hidden", "true"); // a reader of the screen hears that the box is ticked
      if (line.when) { text.appendChild(make("span", "material-when", line.when)); }
      addTo(text, line.details.map(function (detail) { return make("span", "material-detail", detail); }));
    });
    return ul;
  }

  /* The materials of an entry, and their count, which follows the ticks. */
  function fillMaterials(entry, into, told) {
    var drawn = [];
    entry.parts.forEach(function (one) {
      if (one.title) { into.appendChild(make("h4", "small-head", one.title)); }
      addTo(into, notes(one.notes));
      if (one.says) { into.appendChild(make("p", "", one.says)); }
      if (one.lines.length) { into.appendChild(materials(one.lines, ticksOf(entry.id), drawn)); }
    });
    function tally() {
      var ticked = ticksOf(entry.id);
      var sum = nothing();
      entry.parts.forEach(function (one) { count(one.lines, ticked, one.ofCase, sum); });
      var says = [];
      if (sum.needed) { says.push(said(told, sum.ready === sum.needed ? "ready" : "needed", sum)); }
      if (sum.maybe) {
        says.push(said(told, sum.needed ? "maybe" : "only-maybe", sum) + (sum.maybeReady ? said(told, "maybe-there", { ready: sum.maybeReady }) : ""));
      }
      told.textContent = says.length ? says.join("；") + "。" : "";
      drawn.forEach(function (one) { one.node.classList.toggle("there", there(one.line, ticked)); });
    }
    into.addEventListener("change", function (event) {
      tick(entry.id, event.target.name, event.target.checked);
      tally();
    });
    tally();
  }

  function fillFacts(facts, into) {
    facts.forEach(function (fact) {
      var row = into.appendChild(make("div"));
      row.appendChild(make("dt", "", fact.title));
      var answer = row.appendChild(make("dd"));
      fact.lines.forEach(function (line) {
        var shown = answer.appendChild(make("span", "line"));
        if (line[1]) {
          shown.appendChild(make("a", "tel", line[0])).href = "tel:" + line[1];
          shown.appendChild(make("span", "aside", line[2]));
        } else { shown.textContent = line[0].replace(list.getAttribute("data-below"), list.getAttribute("data-in-guide")); }
      });
    });
  }

  function section(entry) {
    var made = document.importNode(template.content, true);
    var gone = marks.indexOf(markOf(entry.id)) < 0;
    function place(name) { return made.querySelector("[data-fill=" + name + "]"); }
    function fill(name, text) {
      var node = place(name);
      if (text) { node.textContent = (node.getAttribute("data-says") || "{text}").replace(/{\w+}/, text); } else { node.parentNode.removeChild(node); }
    }
    function keep(name, wanted) {
      var node = made.querySelector("[data-part=" + name + "]");
      if (!wanted) { node.parentNode.removeChild(node); }
    }
    var link = place("link");
    link.textContent = entry.title;
    if (!gone) { link.href = list.getAttribute("data-items") + entry.id + ".html" + (entry.only ? "#only-" + entry.only : ""); }
    place("search").href = list.getAttribute("data-search") + "?q=" + encodeURIComponent(entry.title);
    fill("area", entry.area);
    fill("case", entry.name);
    fillFacts(entry.facts, place("facts"));
    fillMaterials(entry, place("materials"), place("count"));
    fill("seen", day(entry.seen));
    keep("gone", gone);
    keep("choose", entry.parts.some(function (one) { return one.ofCase; }));
    keep("facts", entry.facts.length);
    keep("list", entry.parts.length);
    var remove = made.querySelector("[data-mine-remove]");
    remove.setAttribute("aria-label", remove.textContent + "：" + entry.title);
    remove.addEventListener("click", function () {
      forget(entry.id);
      show();
      tell("removed");
    });
    return made;
  }

  function tell(what) {
    status.textContent = status.getAttribute("data-" + what);
    status.tabIndex = -1;
    status.focus();
  }

  function show() {
    var found;
    try { found = entries(); } catch (e) { part("off").classList.remove("without-script"); return; }
    list.textContent = "";
    found.forEach(function (entry) { list.appendChild(section(entry)); });
    part("none").hidden = found.length > 0;
    part("tools").hidden = !found.length;
  }

  function date() { part("printed").textContent = said(part("printed"), "mine-printed", { day: day(Date.now()) }); }

  part("clear").addEventListener("click", function () {
    entries().forEach(function (entry) { forget(entry.id); });
    show();
    tell("cleared");
  });
  window.addEventListener("pageshow", show); // a browser that comes back to the page shows what was ticked meanwhile
  window.addEventListener("beforeprint", date);
  date();
});
