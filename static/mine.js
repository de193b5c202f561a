/* Lists what site.js has put by on this device: guides saved, materials ticked. Nothing is asked of any server. */
(function () {
  "use strict";
  var list = document.querySelector("[data-mine-list]");
  var template = document.querySelector("[data-mine-entry]");
  var status = document.querySelector("[data-mine-status]");
  var prefix = "mine " + document.querySelector("meta[name=SiteName]").getAttribute("content") + " ";
  var marks = list.getAttribute("data-marks").split(" ");

  function part(name) { return document.querySelector("[data-mine-" + name + "]"); }

  /* The mark of a guide, as builder/pages/mine.py reckons it. */
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
          found.push({ id: key.slice(prefix.length), at: entry.at, title: String(entry.title), area: entry.area, only: entry.only, name: entry.name, rows: entry.rows || [] });
        } catch (e) { /* not written by us */ }
      }
    }
    return found.sort(function (one, other) { return other.at - one.at; });
  }

  function forget(id) {
    localStorage.removeItem(prefix + id);
    localStorage.removeItem("ticks " + id);
  }

  function section(entry) {
    var made = document.importNode(template.content, true);
    var gone = marks.indexOf(markOf(entry.id)) < 0;
    var missing = entry.rows.filter(function (row) { return !row[1]; });
    var there = entry.rows.filter(function (row) { return row[1]; });
    function place(name) { return made.querySelector("[data-fill=" + name + "]"); }
    function fill(name, text) {
      var node = place(name);
      if (text) { node.textContent = (node.getAttribute("data-says") || "{text}").replace("{text}", text); } else { node.parentNode.removeChild(node); }
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
    var count = place("count");
    if (entry.rows.length) {
      count.textContent = count.getAttribute("data-says").replace("{there}", there.length).replace("{all}", entry.rows.length);
    } else { count.parentNode.removeChild(count); }
    missing.forEach(function (row) {
      var line = document.createElement("li");
      line.className = "material to-bring";
      line.textContent = row[0];
      place("missing").appendChild(line);
    });
    fill("there", there.map(function (row) { return row[0]; }).join("、"));
    keep("gone", gone);
    keep("missing", missing.length);
    keep("ready", entry.rows.length && !missing.length);
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

  var clear = part("clear");
  var says = clear.textContent;
  var sure = false;
  function settle(asked) {
    sure = asked;
    clear.textContent = asked ? clear.getAttribute("data-sure") : says;
  }
  clear.addEventListener("blur", function () { settle(false); });
  clear.addEventListener("click", function () {
    if (!sure) { settle(true); return; }
    settle(false);
    entries().forEach(function (entry) { forget(entry.id); });
    show();
    tell("cleared");
  });
  window.addEventListener("pageshow", show); // a browser that comes back to the page shows what was ticked meanwhile
})();
