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
    var facts = (result.filters.area || []).concat(result.filters.department || []);
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

  function ask() {
    var query = box.value.trim();
    var mine = ++asked;
    if (!query) { clear(); say(""); all.hidden = false; return; }
    say("typing");
    load().then(function (pagefind) {
      return pagefind.search(query).then(function (found) {
        return Promise.all(found.results.slice(0, shown).map(function (one) { return one.data(); })).then(function (results) {
          if (mine !== asked) { return; }
          clear();
          results.forEach(function (result) { list.appendChild(row(result)); });
          all.hidden = results.length > 0;
          say(results.length ? "found" : "none", { n: found.results.length, query: query });
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
  var given = /[?&]q=([^&]*)/.exec(location.search);
  if (given) { box.value = decodeURIComponent(given[1].replace(/\+/g, " ")); ask(); }
})();
