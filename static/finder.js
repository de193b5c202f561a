/* 我能办什么, where script runs: it comes after site.js, marks.js and finder-groups.js, in one file with them. The answers stand
   in the address, behind “#”, so that they can be sent on and reach no server. */
(() => {
  "use strict";
  const { statedOf, groupsOf } = window.finder;
  const FEW = 12; // items that are seen at a glance
  const FACETS = ["area", "hukou", "work", "age", "income", "family", "certificates"]; // in this order in the address

  document.addEventListener("DOMContentLoaded", () => {
    const page = document.querySelector("[data-finder]");
    if (page) { start(page); }
  });

  function start(page) {
    const phrase = (name, values = {}) => Object.entries(values)
      .reduce((filled, [key, value]) => filled.split(`{${key}}`).join(value), page.getAttribute(`data-${name}`));
    const root = page.getAttribute("data-root");
    const isLarge = !page.hasAttribute("data-stated");
    const controls = [...page.querySelectorAll("[data-facet]")];
    const said = page.querySelector("[data-said]");
    const status = page.querySelector("[data-status]");
    const areas = [...page.querySelectorAll("[data-shows]")]
      .map(one => ({ id: one.value, name: one.textContent, shows: one.getAttribute("data-shows").split(" ") }));
    let answers = {}; // by what they are about: a list of values

    /* --- Answers: in the controls and in the address ------------------------------------------------------------ */

    const facetOf = control => control.getAttribute("data-facet");
    const isList = control => control.tagName === "SELECT";
    const valuesOf = facet => controls.filter(control => facetOf(control) === facet)
      .flatMap(control => (isList(control) ? [...control.options].map(one => one.value) : [control.value])).filter(Boolean);

    /* An age in an address is that of its time: it is taken for the ages among which it is now. */
    const known = (facet, value) => (facet === "age"
      ? valuesOf(facet).filter(from => Number(from) <= Number(value)).pop()
      : valuesOf(facet).find(one => one === value));

    function read() {
      const found = {};
      let isOld = false;
      for (const pair of location.hash.slice(1).split("&").filter(Boolean)) {
        const [facet, texts] = pair.split("=");
        const values = FACETS.includes(facet) ? (texts || "").split(",").map(value => known(facet, value)) : [undefined];
        isOld = isOld || values.includes(undefined);
        if (values.some(Boolean)) { found[facet] = values.filter(Boolean); }
      }
      return [found, isOld];
    }

    function write() {
      const state = FACETS.filter(facet => answers[facet]).map(facet => `${facet}=${answers[facet].join(",")}`).join("&");
      history.replaceState(null, "", state ? `#${state}` : location.pathname + location.search);
    }

    /* What is said is marked; where nothing is, “不说” is. */
    function mark() {
      for (const control of controls) {
        const given = answers[facetOf(control)] || [];
        if (isList(control)) { control.value = given[0] || ""; } else { control.checked = given.includes(control.value); }
      }
      page.querySelectorAll("[data-unsaid]").forEach(box => {
        box.checked = box.getAttribute("data-unsaid").split(" ").every(facet => !answers[facet]);
      });
    }

    function answer(control) {
      const [facet, value] = [facetOf(control), control.value];
      let given = answers[facet] || [];
      if (control.type === "checkbox") {
        const others = value === "none" || given.includes("none") ? [] : given.filter(one => one !== value);
        given = control.checked ? [...others, value] : given.filter(one => one !== value);
        given = valuesOf(facet).filter(one => given.includes(one)); // one state has one address
      } else {
        given = value ? [value] : [];
      }
      if (given.length) { answers[facet] = given; } else { delete answers[facet]; }
    }

    page.addEventListener("change", ({ target }) => {
      const unsaid = target.getAttribute("data-unsaid");
      if (unsaid) { unsaid.split(" ").forEach(facet => delete answers[facet]); } else { answer(target); }
      write();
      said.hidden = true;
      show();
    });

    /* --- Items -------------------------------------------------------------------------------------------------- */

    /* Items are the lines that show them. */
    function itemsOnPage() {
      const items = [...page.querySelectorAll("[data-group] .rows > li")];
      return { items, stated: statedOf(JSON.parse(page.getAttribute("data-stated"))) };
    }

    function itemsOf(area) {
      const { columns, rows } = window.searchData[`items-${area}`];
      const data = window.searchData[`finder-${area}`];
      const [id, title] = ["id", "title"].map(column => columns.indexOf(column));
      // A browser may have one file of today and one of yesterday: then nothing is known of any item.
      const isOfThem = data.of === window.markOf(rows.map(row => row[id]).join(" "));
      return { items: rows.map(row => lineOf(row[id], row[title])), stated: isOfThem ? statedOf(data) : [] };
    }

    function load(address) {
      return new Promise((done, fail) => {
        const script = document.createElement("script");
        script.src = root + address;
        script.onload = done;
        script.onerror = fail;
        document.head.append(script);
      });
    }

    /* The items of an area of a large site, and those of the areas above it. */
    const reading = {};
    function readArea(area) {
      reading[area] = reading[area] || Promise.all([`search/items-${area}.js`, `search/finder-${area}.js`].map(load))
        .then(() => itemsOf(area));
      reading[area].catch(() => delete reading[area]); // the next answer asks again
      return reading[area];
    }

    const all = isLarge ? null : itemsOnPage();

    /* The items that are for who lives where it was said, and how many stand elsewhere. */
    function chosen() {
      const here = areas.find(({ id }) => id === (answers.area || [])[0]);
      if (isLarge) {
        const shows = here ? here.shows : areas.length ? [] : [page.getAttribute("data-only")];
        return Promise.all(shows.map(readArea)).then(parts => ({ parts, elsewhere: 0, isOpen: !shows.length }));
      }
      if (!here) { return Promise.resolve({ parts: [all], elsewhere: 0 }); }
      const kept = all.items.map(line => here.shows.includes(line.getAttribute("data-area")));
      const only = list => list.filter((_, at) => kept[at]);
      const part = { items: only(all.items), stated: all.stated.length ? only(all.stated) : [] };
      return Promise.resolve({ parts: [part], elsewhere: all.items.length - part.items.length });
    }

    /* --- What is shown ------------------------------------------------------------------------------------------ */

    function element(tag, className, text) {
      const made = document.createElement(tag);
      if (className) { made.className = className; }
      if (text) { made.textContent = text; }
      return made;
    }

    function lineOf(id, title) {
      const line = element("li");
      const link = element("a", "row");
      link.href = `${root}items/${id}.html`;
      link.append(element("span", "row-title", title));
      line.append(link);
      return line;
    }

    /* The line of an item, with what is stated of it. */
    function told({ item, stated }) {
      const says = [...new Set((stated ? stated.says : []).map(([, text]) => text))];
      const area = item.querySelector(".row-area");
      if (area) { area.hidden = Boolean(answers.area); }
      if (says.length && !item.querySelector(".finder-told")) {
        const what = phrase("told", { what: says.join(phrase("and")) });
        item.querySelector(".row").append(element("span", "finder-told", what));
      }
      return item;
    }

    /* What comes with an answer: who has a 低保证 has little, whether she says so or not. */
    function meant() {
      const all = Object.fromEntries(FACETS.map(facet => [facet, [...(answers[facet] || [])]]));
      for (const control of controls.filter(one => one.checked && one.hasAttribute("data-means"))) {
        for (const pair of control.getAttribute("data-means").split(" ").filter(Boolean)) {
          const [facet, value] = pair.split("=");
          all[facet].push(value);
        }
      }
      return all;
    }

    const inNumbers = all => Object.assign({}, all, { age: (all.age || []).map(Number) });

    /* The list of all items is long: it is folded until something is said, and what is to be asked for never is. */
    function fold(isFolded) {
      const list = page.querySelector(".finder-all");
      if (list.classList.contains("is-all") !== isFolded) { list.open = !isFolded; }
      list.classList.toggle("is-all", isFolded);
    }

    function show() {
      mark();
      const asked = location.hash;
      chosen().then(({ parts, elsewhere, isOpen }) => {
        if (asked === location.hash) { draw(parts, elsewhere, Boolean(isOpen)); }
      }, () => {
        if (asked === location.hash) { draw([], 0, true); status.textContent = phrase("failed"); }
      });
    }

    function draw(parts, elsewhere, isOpen) {
      const items = [].concat(...parts.map(part => part.items));
      const stated = [].concat(...parts.map(part => part.items.map((_, at) => part.stated[at])));
      const groups = groupsOf(items, stated, inNumbers(answers), inNumbers(meant()));
      const isUnsaid = FACETS.slice(1).every(facet => !answers[facet]);
      page.querySelectorAll(".finder-other").forEach(one => one.remove());
      for (const [name, lines] of Object.entries(groups)) {
        const group = page.querySelector(`[data-group="${name}"]`);
        const list = group.querySelector(".rows");
        list.textContent = "";
        list.append(...lines.map(told));
        const other = name === "ask" ? lines.findIndex(({ isOther }) => isOther) : -1;
        if (other >= 0) { list.children[other].prepend(element("p", "finder-other", phrase("other"))); }
        group.hidden = !lines.length && !(name === "fits" && !isUnsaid && !isOpen);
        group.querySelector("[data-head]").textContent = phrase(name === "ask" && isUnsaid ? "all" : name, { n: lines.length });
        group.querySelectorAll("[data-about]").forEach(about => {
          about.hidden = about.getAttribute("data-about") !== (isUnsaid ? "unsaid" : lines.length ? "some" : "none");
        });
      }
      const more = page.querySelector("[data-elsewhere]");
      more.hidden = !elsewhere;
      more.textContent = phrase("elsewhere", { n: elsewhere });
      page.querySelectorAll("[data-open]").forEach(one => { one.hidden = !isOpen; });
      fold(isUnsaid && items.length > FEW);
      const counts = ["fits", "ask"].map(name => phrase(name, { n: groups[name].length }));
      status.textContent = isOpen ? "" : isUnsaid ? phrase("all", { n: items.length }) : counts.join(phrase("and-then"));
      page.querySelector("[data-to-results]").hidden = isOpen || isUnsaid;
    }

    /* To the results: not by a link, since what stands behind “#” are the answers. */
    page.querySelector("[data-to-results]").addEventListener("click", () => {
      const head = page.querySelector("[data-group]:not([hidden]) [data-head]");
      head.focus({ preventScroll: true });
      head.scrollIntoView();
    });

    function begin() {
      let isOld = false;
      [answers, isOld] = read();
      said.textContent = isOld ? phrase("dropped") : "";
      said.hidden = !isOld;
      show();
    }
    window.addEventListener("hashchange", begin);
    window.addEventListener("pageshow", ({ persisted }) => { if (persisted) { mark(); } });
    begin();
  }
})();
