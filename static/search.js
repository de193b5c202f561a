/* The search page. What the names of items answer is there at once, from data that came with the page; what only the texts
   of the guides know is asked of Pagefind, when the names answer badly or the visitor wants it, and comes below. */
(function () {
  "use strict";
  var box = document.getElementById("q");
  var place = document.getElementById("search-results");
  if (!box || !place) { return; }
  var status = place.querySelector(".results-status");
  var list = place.querySelector(".results");
  var further = place.querySelector(".results-more");
  var deeper = place.querySelector(".results-deeper");
  var shorter = place.querySelector(".results-shorter");
  var elsewhere = place.querySelector(".results-elsewhere");
  var filters = document.getElementById("search-filters");
  var all = document.querySelector(".results-all");
  var form = box.form;
  var AT_ONCE = 20; // results shown before one asks for more
  var FROM_TEXTS = 8; // guides that are found by their texts alone: each costs a request
  var PAUSE = 50; // ms without a key before a question is asked
  var data = window.searchData || {};
  var core = window.searchCore && data.characters ? window.searchCore(data.characters) : null;
  var byId = {}; // the items that are known so far
  var AREAS_READ = 3; // of a large site: areas that one question may make us read

  var asked = ""; // the question whose answers are shown
  var turn = 0; // the number of the newest question: answers to older ones are dropped
  var found = []; // the items that answer it, best first
  var excerpts = {}; // where the texts of guides were asked: what they say, by item
  var limit = AT_ONCE;
  var chosen = {}; // values ticked in the filters, by kind
  var KINDS = ["area", "topics", "department", "audiences"];

  /* --- Words ---------------------------------------------------------------------------------------------------- */

  function words(name, values) {
    var text = place.getAttribute("data-" + name) || "";
    Object.keys(values || {}).forEach(function (key) { text = text.split("{" + key + "}").join(values[key]); });
    return text;
  }

  function say(name, values) { status.textContent = name ? words(name, values) : ""; }

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) { made.className = className; }
    if (text) { made.textContent = text; }
    return made;
  }

  function clear(node) { while (node.firstChild) { node.removeChild(node.firstChild); } }

  /* --- Results -------------------------------------------------------------------------------------------------- */

  function marked(text, className) {
    var span = element("span", className), at = 0;
    core.marks(asked, text).forEach(function (mark) {
      span.appendChild(document.createTextNode(text.slice(at, mark[0])));
      span.appendChild(element("mark", "", text.slice(mark[0], mark[1])));
      at = mark[1];
    });
    span.appendChild(document.createTextNode(text.slice(at)));
    return span;
  }

  /* Pagefind's excerpt holds text and <mark>: built from nodes, so that nothing in it can be anything else. */
  function excerpt(html) {
    var span = element("span", "excerpt");
    html.split(/<mark>|<\/mark>/).forEach(function (part, index) {
      var text = new DOMParser().parseFromString(part, "text/html").documentElement.textContent;
      span.appendChild(index % 2 ? element("mark", "", text) : document.createTextNode(text));
    });
    return span;
  }

  function row(item) {
    var line = element("li"), link = element("a", "row"), titles = element("span", "row-titles");
    link.href = "items/" + item.id + ".html";
    titles.appendChild(marked(item.title, "row-title"));
    if (item.name) { titles.appendChild(marked(item.name, "row-name")); }
    link.appendChild(titles);
    link.appendChild(element("span", "row-facts", [item.area, item.department, item.time, item.fee].filter(Boolean).join(" · ")));
    if (excerpts[item.id]) { link.appendChild(excerpt(excerpts[item.id])); } else if (item.summary) { link.appendChild(marked(item.summary, "excerpt")); }
    line.appendChild(link);
    return line;
  }

  function show() {
    var fitting = found.filter(function (item) { return KINDS.every(function (kind) { return fits(item, kind); }); });
    clear(list);
    fitting.slice(0, limit).forEach(function (item) { list.appendChild(row(item)); });
    further.hidden = fitting.length <= limit;
    all.hidden = found.length > 0;
    clear(shorter);
    elsewhere.hidden = !(data.areas && asked && Object.keys(read).length < data.areas.areas.length);
    if (!elsewhere.hidden) { elsewhere.textContent = words("elsewhere", { areas: Object.keys(read).map(function (number) { return data.areas.areas[number][1]; }).join("、") }); }
    if (found.length) { say("found", { n: fitting.length }); } else if (asked) { none(); }
    showFilters();
  }

  function none() {
    say("none", { query: asked });
    clear(shorter);
    var pieces = core.shorter(asked);
    if (!pieces.length) { return; }
    shorter.appendChild(document.createTextNode(words("shorter")));
    pieces.forEach(function (piece) {
      var button = element("button", "", piece);
      button.type = "button";
      button.addEventListener("click", function () { box.value = piece; ask(); box.focus(); });
      shorter.appendChild(button);
    });
  }

  /* --- Filters: what the results have in common, with counts ---------------------------------------------------- */

  function valuesOf(item, kind) { return [].concat(item[kind]).filter(Boolean); }

  function fits(item, kind) {
    var wanted = chosen[kind] || [];
    return !wanted.length || valuesOf(item, kind).some(function (value) { return wanted.indexOf(value) >= 0; });
  }

  function showFilters() {
    clear(filters);
    filters.hidden = true;
    KINDS.forEach(function (kind) {
      var counts = {}, order = [];
      found.forEach(function (item) {
        if (!KINDS.every(function (other) { return other === kind || fits(item, other); })) { return; }
        valuesOf(item, kind).forEach(function (value) {
          if (!counts[value]) { counts[value] = 0; order.push(value); }
          counts[value] += 1;
        });
      });
      (chosen[kind] || []).forEach(function (value) { if (order.indexOf(value) < 0) { counts[value] = 0; order.push(value); } });
      if (order.length < 2 && !(chosen[kind] || []).length) { return; }
      order.sort(function (a, b) { return counts[b] - counts[a]; });
      filters.appendChild(group(kind, order, counts));
      filters.hidden = false;
    });
  }

  function group(kind, order, counts) {
    var set = element("fieldset"), some = element("div", "filter-values");
    set.appendChild(element("legend", "", filters.getAttribute("data-" + kind)));
    order.slice(0, 12).forEach(function (value) {
      var label = element("label"), tick = element("input");
      tick.type = "checkbox";
      tick.checked = (chosen[kind] || []).indexOf(value) >= 0;
      tick.addEventListener("change", function () {
        var others = (chosen[kind] || []).filter(function (one) { return one !== value; });
        chosen[kind] = tick.checked ? others.concat(value) : others;
        limit = AT_ONCE;
        show();
        var again = [].slice.call(filters.querySelectorAll("input")).filter(function (one) { return one.name === kind && one.value === value; })[0];
        if (again) { again.focus(); }
      });
      tick.name = kind;
      tick.value = value;
      label.appendChild(tick);
      label.appendChild(element("span", "", value + "（" + counts[value] + "）"));
      some.appendChild(label);
    });
    set.appendChild(some);
    return set;
  }

  /* --- Areas of a large site: those are read in which a question can find something -------------------------------- */

  function know(items) {
    core.add(items);
    core.all().forEach(function (item) { byId[item.id] = item; });
  }

  var read = {}; // areas read or being read, by number
  function area(number) {
    if (!read[number]) {
      read[number] = new Promise(function (done, failed) {
        var name = "items-" + data.areas.areas[number][0], script = element("script");
        script.src = "search/" + name + ".js";
        script.onload = function () { know(window.searchData[name]); done(); };
        script.onerror = failed;
        document.head.appendChild(script);
      });
    }
    return read[number];
  }

  /* The areas that have most of the question's pieces, those whose name is in the question before all others. */
  function areasFor(query) {
    var pieces = core.pieces(query), asked = core.fold(query).replace(/ /g, "");
    return data.areas.areas.map(function (one, number) {
      var score = isNamed(one, asked) ? 100 : 0;
      pieces.forEach(function (piece) { if (has(number, data.areas.pairs[piece])) { score += 1; } });
      return { number: number, score: score + (read[number] ? 0.5 : 0) };
    }).sort(function (a, b) { return b.score - a.score || a.number - b.number; })
      .filter(function (one, at) { return at < AREAS_READ && (one.score >= 1 || !pieces.some(function (piece) { return data.areas.pairs[piece]; })); });
  }

  function isNamed(one, asked) {
    return [one[1], one[2]].some(function (name) { return name.length > 1 && asked.indexOf(core.fold(name).replace(/(?:地区|街道|镇|乡)$/, "")) >= 0; });
  }

  /* Whether the mask, in hexadecimal, has the bit of an area. */
  function has(number, mask) {
    var digit = mask ? mask.charAt(mask.length - 1 - Math.floor(number / 4)) : "";
    return Boolean(digit && parseInt(digit, 16) >> (number % 4) & 1);
  }

  /* --- The texts of the guides ---------------------------------------------------------------------------------- */

  var engine = null;
  var merged = {}; // the indexes that the engine has, by folder

  /* A large site has an index per area: those of the areas that were read are merged. */
  function load() {
    var folders = data.areas ? Object.keys(read).map(function (number) { return "pagefind/" + data.areas.areas[number][0] + "/"; }) : ["pagefind/"];
    if (!engine) {
      merged[folders[0]] = true;
      engine = import(absolute(folders[0] + "pagefind.js")).then(function (pagefind) {
        return pagefind.init().then(function () { return pagefind; });
      });
    }
    return engine.then(function (pagefind) {
      var more = folders.filter(function (folder) { return !merged[folder]; });
      more.forEach(function (folder) { merged[folder] = true; });
      return Promise.all(more.map(function (folder) { return pagefind.mergeIndex(absolute(folder)); })).then(function () { return pagefind; });
    });
  }

  function absolute(path) { return new URL(path, document.baseURI).href; }

  /* Pagefind wants every word of a question and may cut Chinese words otherwise than its index did: each piece is asked for,
     and a guide counts for every piece that it has. */
  function askTexts() {
    var mine = turn, pieces = core.pieces(asked).slice(0, 8);
    deeper.hidden = true;
    if (!pieces.length) { return; }
    load().then(function (pagefind) {
      return Promise.all(pieces.map(function (piece) { return pagefind.search(piece); })).then(function (answers) {
        var best = {};
        answers.forEach(function (answer) {
          answer.results.forEach(function (result) {
            var one = best[result.id] || (best[result.id] = { result: result, pieces: 0, score: 0 });
            one.pieces += 1;
            one.score += result.score;
          });
        });
        var most = Object.keys(best).map(function (id) { return best[id]; })
          .filter(function (one) { return one.pieces * 2 > pieces.length; })
          .sort(function (a, b) { return b.pieces - a.pieces || b.score - a.score; }).slice(0, FROM_TEXTS);
        return Promise.all(most.map(function (one) { return one.result.data(); }));
      });
    }).then(function (results) {
      if (mine !== turn) { return; }
      results.forEach(function (result) {
        var id = result.url.replace(/^.*items\/([^/]+)\.html$/, "$1");
        if (!byId[id] || found.some(function (item) { return item.id === id; })) { return; }
        excerpts[id] = result.excerpt;
        found.push(byId[id]);
      });
      show();
    }).catch(function () {
      if (mine === turn && !found.length) { none(); }
    });
  }

  /* --- Asking --------------------------------------------------------------------------------------------------- */

  function ask() {
    var query = box.value.trim();
    if (query === asked) { return; }
    asked = query;
    turn += 1;
    limit = AT_ONCE;
    chosen = {};
    excerpts = {};
    deeper.hidden = true;
    keep(query);
    if (!core) { say(query ? "failed" : ""); return; }
    if (!query || !data.areas) { answer(query); return; }
    var mine = turn;
    Promise.all(areasFor(query).map(function (one) { return area(one.number); })).then(function () {
      if (mine === turn) { answer(query); }
    }, function () { if (mine === turn) { say("failed"); } });
  }

  function answer(query) {
    found = query ? core.find(query) : [];
    if (!query) { say(""); }
    show();
    if (query && !(data.areas ? found.length : core.isAnswered(found))) { askTexts(); } else { deeper.hidden = !query; }
  }

  function keep(query) {
    try { history.replaceState(null, "", query ? "?q=" + encodeURIComponent(query) : location.pathname); } catch (e) { /* a page on a disk keeps its address */ }
  }

  var timer = null;
  box.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(ask, PAUSE); });
  form.addEventListener("submit", function (event) { event.preventDefault(); clearTimeout(timer); ask(); });
  further.addEventListener("click", function () {
    var next = list.children.length;
    limit += AT_ONCE;
    show();
    if (list.children[next]) { list.children[next].firstChild.focus(); }
  });
  deeper.addEventListener("click", function () { status.focus(); askTexts(); });

  /* From the box down into the results, and back. */
  function step(event, by) {
    var links = [].slice.call(list.querySelectorAll("a")), at = links.indexOf(document.activeElement) + by;
    if (document.activeElement === box ? by > 0 && links.length : links.indexOf(document.activeElement) >= 0) {
      event.preventDefault();
      (document.activeElement === box ? links[0] : links[at] || (at < 0 ? box : document.activeElement)).focus();
    }
  }
  document.querySelector("main").addEventListener("keydown", function (event) {
    if (event.key === "ArrowDown") { step(event, 1); } else if (event.key === "ArrowUp") { step(event, -1); }
  });

  if (core && data.items) { know(data.items); }
  var given = /[?&]q=([^&]*)/.exec(location.search);
  if (given) {
    try { box.value = decodeURIComponent(given[1].replace(/\+/g, " ")); } catch (e) { box.value = given[1]; }
    ask();
  }
})();
