/* The search page: asks Pagefind as one types, and shows results above the list of all items. */
(function () {
  "use strict";
  var box = document.getElementById("q");
  var place = document.getElementById("search-results");
  if (!box || !place) { return; }
  var status = place.querySelector(".results-status");
  var list = place.querySelector(".results");
  var all = document.querySelector(".results-all");
  var form = box.form;
  var shown = 20; // results shown at once
  var asked = 0; // the number of the newest question: answers to older ones are dropped
  var engine = null;

  function load() {
    if (!engine) {
      engine = import(new URL("pagefind/pagefind.js", document.baseURI).href).then(function (pagefind) {
        return pagefind.init().then(function () { return pagefind; });
      });
    }
    return engine;
  }

  function say(name, values) {
    var text = name ? place.getAttribute("data-" + name) : "";
    Object.keys(values || {}).forEach(function (key) { text = text.split("{" + key + "}").join(values[key]); });
    status.textContent = text;
  }

  function clear() { while (list.firstChild) { list.removeChild(list.firstChild); } }

  /* The excerpt holds text and <mark>: built from nodes, so that nothing in it can be anything else. */
  function marked(html) {
    var parts = html.split(/<mark>|<\/mark>/);
    var span = document.createElement("span");
    span.className = "excerpt";
    parts.forEach(function (part, index) {
      var holder = new DOMParser().parseFromString(part, "text/html").documentElement;
      var node = document.createElement(index % 2 ? "mark" : "span");
      node.textContent = holder.textContent;
      span.appendChild(node);
    });
    return span;
  }

  function row(result) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    link.className = "row";
    link.href = new URL(result.url.replace(/^.*?(items\/[^/]+\.html)$/, "$1"), document.baseURI).href;
    var title = document.createElement("span");
    title.className = "row-title";
    title.textContent = result.meta.title;
    link.appendChild(title);
    var facts = [result.meta.area].filter(Boolean);
    if (facts.length) {
      var line = document.createElement("span");
      line.className = "row-facts";
      line.textContent = facts.join(" · ");
      link.appendChild(line);
    }
    link.appendChild(marked(result.excerpt));
    item.appendChild(link);
    return item;
  }

  /* Pagefind wants every word of a question and may cut Chinese words otherwise than its index did. Where that finds
     nothing, each pair of neighbouring characters is asked for, and a guide counts for every pair that it has. */
  function pairs(query) {
    var pieces = [];
    query.split(/[^\u3400-\u9fffA-Za-z0-9]+/).forEach(function (word) {
      if (!/[\u3400-\u9fff]/.test(word) || word.length < 3) { if (word) { pieces.push(word); } return; }
      for (var at = 0; at + 2 <= word.length; at++) { pieces.push(word.slice(at, at + 2)); }
    });
    return pieces.filter(function (one, at) { return pieces.indexOf(one) === at; }).slice(0, 12);
  }

  function search(pagefind, query) {
    return pagefind.search(query).then(function (found) {
      var pieces = pairs(query);
      if (found.results.length || pieces.length < 2) { return found.results; }
      return Promise.all(pieces.map(function (piece) { return pagefind.search(piece); })).then(function (answers) {
        var best = {};
        answers.forEach(function (answer) {
          answer.results.forEach(function (result) {
            var one = best[result.id] || (best[result.id] = { result: result, pieces: 0, score: 0 });
            one.pieces += 1;
            one.score += result.score;
          });
        });
        return Object.keys(best).map(function (id) { return best[id]; })
          .filter(function (one) { return one.pieces * 2 >= pieces.length; })
          .sort(function (a, b) { return b.pieces - a.pieces || b.score - a.score; })
          .map(function (one) { return one.result; });
      });
    });
  }

  function ask() {
    var query = box.value.trim();
    var mine = ++asked;
    if (!query) { clear(); say(""); all.hidden = false; return; }
    say("typing");
    load().then(function (pagefind) {
      return search(pagefind, query).then(function (found) {
        return Promise.all(found.slice(0, shown).map(function (one) { return one.data(); })).then(function (results) {
          if (mine !== asked) { return; }
          clear();
          results.forEach(function (result) { list.appendChild(row(result)); });
          all.hidden = results.length > 0;
          say(results.length ? "found" : "none", { n: found.length, query: query });
        });
      });
    }).catch(function () {
      if (mine !== asked) { return; }
      clear();
      all.hidden = false;
      say("failed");
    });
  }

  var timer = null;
  box.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(ask, 150); });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    clearTimeout(timer);
    if (history.replaceState) { history.replaceState(null, "", "?q=" + encodeURIComponent(box.value.trim())); }
    ask();
  });
  var given = new URLSearchParams(location.search).get("q");
  if (given) { box.value = given; ask(); }
})();
