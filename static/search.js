/* The search page. What the names of items answer is there at once, from data that came with the page. What only the texts of
   the guides know is asked of Pagefind, when the names answer badly or the visitor wants it, and comes below. */
(() => {
  "use strict";

  const FIRST_RESULTS = 20; // results shown before one asks for more
  const MOST_EVENTS = 3; // that a question may tell
  const OTHERS_AT_ONCE = 4; // other areas of a service that are not folded away
  const FROM_TEXTS = 8; // guides that are found by their texts alone: each costs a request
  const MOST_TOKENS = 8; // of a question that the texts are asked for
  const AREAS_A_QUESTION = 3; // of a large site, areas that one question may make the page read
  const VALUES_A_FILTER = 12;
  const SLICE = 20; // items that are taken in at a time
  const SOON = 1000; // ms that an answer in doubt waits for a better one
  const TYPING_PAUSE = 30; // ms without a key before a question is asked
  const LONGEST_QUESTION = 60; // characters: what is pasted may be a whole page
  const FILTERS = ["area", "topics", "department", "audiences"];

  const box = document.getElementById("q");
  const results = document.getElementById("search-results");
  if (!box || !results) { return; }
  const part = name => results.querySelector(`.results-${name}`);
  const status = part("status");
  const said = part("said");
  const more = part("more");
  const help = part("help");
  const copy = part("copy");
  const copied = part("copied");
  const deeper = part("deeper");
  const shorter = part("shorter");
  const meant = part("meant");
  const near = part("near");
  const papers = part("papers");
  const events = part("events");
  const elsewhere = part("elsewhere");
  const chips = part("areas");
  const places = part("places");
  const list = results.querySelector(".results");
  const everything = document.querySelector(".results-all");
  const filters = document.getElementById("search-filters");

  const { device } = window;
  const data = window.searchData || {};
  const engine = window.createSearchEngine && data.about ? window.createSearchEngine(data.about) : null;
  const areas = engine ? engine.areas : [];

  let asked = ""; // the question whose answers are shown
  let drawn = 0; // the question of which something is drawn
  let turn = 0; // the number of the newest question: answers to older ones are dropped
  let found = []; // the items that answer it, best first
  let doubt = ""; // whether they do: "some", "much" or none
  let excerpts = {}; // what the texts of guides say, by item
  let textsNote = ""; // what is said of the search in the texts
  let limit = FIRST_RESULTS;
  let unfolded = new Set(); // the items whose other areas were wanted
  let chosen = {}; // values ticked in the filters, by filter

  /* --- Words and elements --------------------------------------------------------------------------------------- */

  /* A phrase of the page, its placeholders filled in. */
  function phrase(name, values = {}) {
    const text = results.getAttribute(`data-${name}`) || "";
    return Object.entries(values).reduce((filled, [key, value]) => filled.split(`{${key}}`).join(value), text);
  }

  /* What the answer is, is said once: while it may still become better, it waits for a while. */
  const PATIENCE = 3000; // ms
  let isHeld = false;
  let unsaid = ""; // what waits

  function say(text) {
    said.textContent = text;
    unsaid = text;
    if (!isHeld) { window.announce(status, text); }
  }

  function hold() {
    const mine = turn;
    isHeld = true;
    setTimeout(() => { if (mine === turn) { release(); } }, PATIENCE);
  }

  function release() {
    isHeld = false;
    say(unsaid);
  }

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) { made.className = className; }
    if (text) { made.textContent = text; }
    return made;
  }

  function button(text, value, press) {
    const made = element("button", "", text);
    made.type = "button";
    made.value = value;
    made.addEventListener("click", press);
    return made;
  }

  function clear(node) { node.textContent = ""; }

  /* --- Where the visitor lives, as far as the device was told: the area that was chosen last --------------------- */

  const HOME = `area ${document.documentElement.getAttribute("data-site")}`;
  let home = device.remembered(HOME) || "";
  if (!areas.some(area => area.name === home)) { home = ""; }

  function liveIn(area) {
    home = area;
    device.remember(HOME, area);
  }

  /* A question that names no place is taken to be about it. */
  function withHome(query) { return query && home && !engine.place(query) ? `${query} ${home}` : query; }

  /* --- Results -------------------------------------------------------------------------------------------------- */

  /* What is drawn anew keeps the focus: it is on the same link, button or box as before, or near by. Where a better answer has
     more above the results, they stay where the finger finds them, unless it is typing. */
  function show() {
    const focused = document.activeElement;
    const top = () => list.getBoundingClientRect().top;
    const before = drawn === turn && list.firstChild ? top() : 0;
    draw();
    if (before && focused !== box) { window.scrollBy(0, top() - before); }
    drawn = turn;
    if (document.contains(focused)) { return; }
    const all = [...results.querySelectorAll("a, button, summary"), ...filters.querySelectorAll("input")];
    const same = all.find(node => ["tagName", "href", "name", "value"].every(key => node[key] === focused[key]));
    (same || list.querySelector("a") || box).focus({ preventScroll: true });
  }

  function draw() {
    const shown = found.filter(item => fits(item));
    const groups = groupsOf(shown);
    clear(list);
    list.append(...groups.slice(0, limit).map(resultOf));
    more.hidden = groups.length <= limit;
    everything.hidden = found.length > 0;
    clear(shorter);
    clear(places);
    showMeant();
    showElsewhere();
    showEvents();
    showPapers();
    showHelp();
    if (found.length) { tell(shown.length); } else if (asked) { showNone(); }
    showChips();
    showFilters();
  }

  function tell(n) { say(phrase(doubt === "much" ? "little" : "found", { n }) + readNote() + placeNote() + reasonNote() + textsNote); }

  /* What the texts gave comes below by itself. */
  function groupsOf(shown) {
    const named = shown.filter(({ id }) => !excerpts[id]);
    return [...window.groupServices(named, engine.fold), ...shown.filter(({ id }) => excerpts[id]).map(item => [item])];
  }

  function resultOf([item, ...others]) {
    const line = element("li");
    const link = element("a", "row");
    const titles = element("span", "row-titles");
    const facts = [item.time, item.fee, item.where].filter(Boolean);
    link.href = `items/${item.id}.html`;
    titles.append(marked(item.title, "row-title"));
    link.append(titles);
    if (item.area) { link.append(element("b", "row-area", item.area)); }
    link.append(element("span", "row-facts", [...(item.area ? [""] : []), ...facts].join(" · ")));
    if (item.name) { link.append(marked(item.name, "row-name")); }
    const telling = engine.answering(asked, item) || item.summary;
    if (excerpts[item.id]) {
      link.append(excerptOf(excerpts[item.id]));
    } else if (telling) {
      link.append(marked(telling, "excerpt"));
    }
    line.append(link);
    if (others.length) { line.append(othersOf(item, others)); }
    return line;
  }

  /* The same service in other areas: folded away for who lives in one, or where there are many. */
  function othersOf(best, others) {
    const text = phrase("others", { n: others.length });
    const links = element("p", "row-others");
    links.append(...others.map(item => linkToOther(best, item)));
    if (others.length <= OTHERS_AT_ONCE && !engine.place(withHome(asked))) {
      links.prepend(`${text}：`);
      return links;
    }
    const fold = element("details", "fold");
    fold.open = unfolded.has(best.id);
    fold.addEventListener("toggle", () => { if (fold.open) { unfolded.add(best.id); } else { unfolded.delete(best.id); } });
    fold.append(element("summary", "", text), links);
    return fold;
  }

  /* Its title is shown where it is another one, and said where it is not. */
  function linkToOther(best, item) {
    const link = element("a");
    link.href = `items/${item.id}.html`;
    link.append(element("b", "", item.area), item.title === best.title ? "" : ` ${item.title}`);
    link.setAttribute("aria-label", `${item.area} ${item.title}`);
    return link;
  }

  /* A text with the words of the question marked. */
  function marked(text, className) {
    const span = element("span", className);
    let at = 0;
    for (const [from, to] of engine.marks(asked, text)) {
      span.append(text.slice(at, from), element("mark", "", text.slice(from, to)));
      at = to;
    }
    span.append(text.slice(at));
    return span;
  }

  /* Pagefind's excerpt holds text and <mark>: built from nodes, so that nothing in it can be anything else. */
  function excerptOf(html) {
    const span = element("span", "excerpt");
    html.split(/<mark>|<\/mark>/).forEach((piece, index) => {
      const text = new DOMParser().parseFromString(piece, "text/html").documentElement.textContent;
      span.append(index % 2 ? element("mark", "", text) : text);
    });
    return span;
  }

  /* As what the letters of a question were read. */
  function readNote() {
    const text = engine.reading(asked);
    return text ? phrase("read", { text }) : "";
  }

  /* Where the question names a place of several: that its items stand first; for its name alone, its own page before all. */
  function placeNote() {
    const named = areas.length > 1 && engine.place(withHome(asked));
    if (!named) { return ""; }
    const there = named.areas.map(number => areas[number]);
    if (!named.isAll) {
      const hasResults = found.some(item => there.some(area => area.name === item.area));
      return phrase(hasResults ? "place-first" : "place-none", { area: named.name });
    }
    for (const { id, name } of there) {
      const link = element("a", "more", phrase("whole-area", { area: name }));
      link.href = `areas/${id}.html`;
      places.append(link);
    }
    return "";
  }

  /* Of a large site, which areas were read for the answer. */
  function showElsewhere() {
    const numbers = areasRead();
    elsewhere.hidden = !(data.pairs && asked && numbers.length < areas.length);
    if (!elsewhere.hidden) { elsewhere.textContent = phrase("elsewhere", { areas: numbers.map(number => areas[number].name).join("、") }); }
  }

  function showNone() {
    say(phrase("none", { query: asked }));
    const tokens = engine.shorter(asked);
    if (!tokens.length) { return; }
    shorter.append(phrase("shorter"), ...tokens.map(askInstead));
  }

  /* A button that asks something else. Then the focus is on the first answer: on a phone no keyboard comes to cover it. */
  function askInstead(question) {
    return button(question, question, () => {
      box.value = question;
      ask();
    });
  }

  /* --- Doubt ---------------------------------------------------------------------------------------------------- */

  /* The matters that may be meant; where hardly any may, the lists that are nearest to the question. */
  function showMeant() {
    const question = withHome(asked);
    const names = asked ? engine.meant(question, found) : [];
    const size = name => (data.pairs ? 0 : engine.sizeOf(name)); // a large site has read only some of its items
    choose(meant, names.map(name => withCount(askInstead(name), size(name))));
    choose(near, asked && doubt === "much" && names.length < 2 ? engine.near(question, found).map(linkToList) : []);
  }

  function choose(choices, nodes) {
    const list = choices.querySelector("ul");
    clear(list);
    choices.hidden = !nodes.length;
    for (const node of nodes) {
      const line = element("li");
      line.append(node);
      list.append(line);
    }
  }

  /* The pages of up to three materials that the question names, or begins to name: the longest name first. */
  let library = null;
  function showPapers() {
    library = library || (data.about.papers || []).map(([id, ...said]) => ({ id, name: said[0], said: said.map(engine.fold) }));
    const question = engine.fold(asked);
    const isNamed = name => name.length > 1 && (question.includes(name) || (question.length > 1 && name.startsWith(question)));
    const sure = ({ said }) => Math.max(0, ...said.filter(isNamed).map(name => name.length));
    const named = asked ? library.filter(sure).sort((one, other) => sure(other) - sure(one)) : [];
    choose(papers, named.slice(0, 3).map(({ id, name }) => linkTo(`materials/${id}.html`, name)));
  }

  /* The events that the question tells, one link each: to the list where several areas have it. A chosen area wins. */
  function showEvents() {
    const [area = ""] = chosenOf("area");
    const told = asked ? engine.events(withHome(asked)) : [];
    const there = told.map(event => ({ ...event, pages: event.pages.filter(page => !area || page.area === area) }));
    choose(events, there.filter(({ pages }) => pages.length).slice(0, MOST_EVENTS).map(eventOf));
  }

  function eventOf({ name, url, pages }) {
    const [{ area, url: only }] = pages;
    if (pages.length > 1) { return withCount(linkTo(url, name), pages.length, "event-areas"); }
    return linkTo(only, [name, area].filter(Boolean).join(" · "));
  }

  function linkTo(url, text) {
    const link = element("a", "", text);
    link.href = url;
    return link;
  }

  function linkToList({ url, name, size }) { return withCount(linkTo(url, name), size); }

  function withCount(node, n, said = "counted") {
    if (n) { node.append(" ", element("span", "", phrase(said, { n }))); }
    return node;
  }

  function reasonNote() {
    if (doubt) { return doubt === "some" ? phrase("doubt") : ""; }
    return meant.hidden ? matterNote() : phrase("choose");
  }

  /* Whom one can ask instead: in doubt before the answers, else after them. */
  function showHelp() {
    help.hidden = !asked;
    const isBefore = help.nextElementSibling === chips;
    if (Boolean(doubt) !== isBefore) { results.insertBefore(help, doubt ? chips : null); }
  }

  /* The question as it can be sent to somebody, with the address of this page where others can open it. */
  async function copyQuestion() {
    const address = location.protocol === "file:" ? "" : `\n${location.href}`;
    const text = phrase("question", { query: asked }) + address;
    forgetCopy();
    try {
      await navigator.clipboard.writeText(text);
      copied.textContent = phrase("copied");
    } catch {
      copyBySelection(text);
    }
  }

  /* Old browsers, and pages without https, copy what is selected. Where they do not, the visitor can. */
  function copyBySelection(text) {
    const paper = element("textarea");
    paper.value = text;
    paper.readOnly = true;
    paper.setAttribute("aria-label", copy.textContent);
    help.append(paper);
    paper.select();
    paper.setSelectionRange(0, text.length);
    const isCopied = document.execCommand("copy");
    copied.textContent = phrase(isCopied ? "copied" : "copy-it");
    if (isCopied) {
      paper.remove();
      copy.focus();
    }
  }

  function forgetCopy() {
    const paper = help.querySelector("textarea");
    if (paper) { paper.remove(); }
    copied.textContent = "";
  }

  /* By which matter the first answer was found; nothing where the question names it. */
  function matterNote() {
    const [{ matter }] = found;
    return matter && matter !== asked ? phrase("by-matter", { matter }) : "";
  }

  /* The areas of the results, the best result's first, to see one of them alone: the same choice as in the filters. */
  function showChips() {
    const scrolled = chips.scrollLeft;
    const order = [...new Set(found.map(item => item.area).filter(Boolean))];
    const counts = countsOf("area");
    clear(chips);
    chips.hidden = order.length < 2 && !(home && order.length);
    if (chips.hidden) { return; }
    if (!home) { chips.append(element("span", "", phrase("where"))); }
    for (const area of ["", ...order]) {
      const chip = button(area ? `${area} ${counts.get(area) || 0}` : phrase("all"), area, () => chooseArea(area));
      chip.setAttribute("aria-pressed", String(area ? isChosen("area", area) : !chosenOf("area").length));
      chips.append(chip);
    }
    chips.scrollLeft = scrolled;
  }

  function chooseArea(area) {
    liveIn(area);
    chosen.area = area ? [area] : [];
    limit = FIRST_RESULTS;
    if (area) { show(); } else { seek(asked); }
  }

  /* --- Filters: what the results have in common, with counts ---------------------------------------------------- */

  function chosenOf(filter) { return chosen[filter] || []; }

  function isChosen(filter, value) { return chosenOf(filter).includes(value); }

  function valuesOf(item, filter) { return [].concat(item[filter]).filter(Boolean); }

  /* Whether an item is among what the visitor chose, one filter left aside. */
  function fits(item, aside) {
    const active = FILTERS.filter(filter => filter !== aside && chosenOf(filter).length);
    return active.every(filter => valuesOf(item, filter).some(value => isChosen(filter, value)));
  }

  /* How many items each value of a filter would show. */
  function countsOf(filter) {
    const counts = new Map();
    for (const value of found.filter(item => fits(item, filter)).flatMap(item => valuesOf(item, filter))) {
      counts.set(value, (counts.get(value) || 0) + 1);
    }
    return counts;
  }

  function showFilters() {
    clear(filters);
    for (const filter of FILTERS) {
      const counts = countsOf(filter);
      for (const value of chosenOf(filter)) { counts.set(value, counts.get(value) || 0); }
      if (counts.size > 1 || chosenOf(filter).length) { filters.append(filterOf(filter, counts)); }
    }
    filters.hidden = !filters.firstChild;
  }

  function filterOf(filter, counts) {
    const set = element("fieldset");
    const values = element("div", "filter-values");
    const common = [...counts].sort((a, b) => b[1] - a[1]).slice(0, VALUES_A_FILTER);
    set.append(element("legend", "", filters.getAttribute(`data-${filter}`)), values);
    values.append(...common.map(([value, count]) => {
      const label = element("label");
      label.append(tickOf(filter, value), element("span", "", `${value}（${count}）`));
      return label;
    }));
    return set;
  }

  function tickOf(filter, value) {
    const tick = element("input");
    tick.type = "checkbox";
    tick.autocomplete = "off"; // a browser that comes back to the page ticks nothing by itself
    tick.name = filter;
    tick.value = value;
    tick.checked = isChosen(filter, value);
    tick.addEventListener("change", () => {
      const others = chosenOf(filter).filter(other => other !== value);
      chosen[filter] = tick.checked ? [...others, value] : others;
      limit = FIRST_RESULTS;
      show();
    });
    return tick;
  }

  /* --- Data ----------------------------------------------------------------------------------------------------- */

  /* Items that came with the page are taken in slice by slice, so that a slow phone can scroll and type meanwhile; a question
     waits for none. */
  const waiting = [];

  function takeInSlowly() {
    if (waiting.length) {
      engine.add(waiting.shift());
      setTimeout(takeInSlowly, 0);
    }
  }

  function takeInAll() { while (waiting.length) { engine.add(waiting.shift()); } }

  function load(address) {
    return new Promise((resolve, reject) => {
      const script = element("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }

  let learning = null;

  /* What few questions need is read when one does; where it cannot be read, the search goes on without. */
  function learn() {
    learning = learning || load(data.about.characters).then(() => engine.learn(window.searchData.characters, data.pairs), () => {});
    return learning;
  }

  let understanding = null;

  function understand() {
    understanding = understanding || load(data.about.speech).then(() => engine.understand(window.searchData.speech), () => {});
    return understanding;
  }

  let telling = null;

  /* What guides tell. A large site has it by area. */
  function readTexts() {
    telling = telling || Promise.all(data.pairs ? areasRead().map(readTextsOf) : [takeInTexts("texts", data.about.texts)]);
    return telling;
  }

  function readTextsOf(number) {
    const name = `texts-${areas[number].id}`;
    return takeInTexts(name, `search/${name}.js`);
  }

  let goingOn = null;

  /* How guides say that things go: on a large site it comes with the other texts. */
  function readWays() {
    goingOn = goingOn || takeInTexts("ways", data.about.ways);
    return goingOn;
  }

  function takeInTexts(name, address) { return load(address).then(() => engine.read(window.searchData[name]), () => {}); }

  /* Reads what was not read yet and may make an answer better; null for nothing. */
  function readMore(query) {
    const wanted = [
      ...(!learning && engine.isUnsure(query, found) ? [learn()] : []),
      ...(!understanding && engine.isUnclear(query, found) ? [understand()] : []),
      ...(!telling && engine.isOpen(query, found) ? [readTexts()] : []),
      ...(!goingOn && data.about.ways && engine.isLost(query, found) ? [readWays()] : []),
    ];
    return wanted.length ? Promise.all(wanted) : null;
  }

  /* A large site has its items by area: those are read in which a question can find something. */
  const reading = {}; // promises by the number of the area

  function areasRead() { return Object.keys(reading).map(Number); }

  function read(number) {
    const name = `items-${areas[number].id}`;
    reading[number] = reading[number] || load(`search/${name}.js`).then(() => {
      engine.add(window.searchData[name]);
      return telling ? readTextsOf(number) : null;
    }, error => {
      delete reading[number]; // the next question asks again
      throw error;
    });
    return reading[number];
  }

  /* The areas that have most of the question's tokens, or the matter of which it speaks; those that it names before all others. */
  function areasFor(query) {
    const tokens = engine.tokens(query);
    const named = engine.place(query);
    const [matter] = engine.matters(query);
    const isKnown = tokens.some(token => data.pairs[token]);
    const scoreOf = number => {
      const there = tokens.filter(token => hasBit(data.pairs[token], number)).length;
      const led = matter && matter.areas.includes(number) ? tokens.length * matter.sure : 0;
      return there + led + (named && named.areas.includes(number) ? 100 : 0) + (reading[number] ? 0.5 : 0);
    };
    return areas.map((_, number) => ({ number, score: scoreOf(number) }))
      .sort((a, b) => b.score - a.score || a.number - b.number)
      .slice(0, AREAS_A_QUESTION)
      .filter(({ score }) => score >= 1 || !isKnown)
      .map(({ number }) => number);
  }

  /* Whether a mask, in hexadecimal, has the bit of an area. */
  function hasBit(mask, number) {
    const digit = mask ? mask.charAt(mask.length - 1 - Math.floor(number / 4)) : "";
    return Boolean(digit && (parseInt(digit, 16) >> (number % 4)) & 1);
  }

  /* --- The texts of the guides ---------------------------------------------------------------------------------- */

  let pagefind = null; // a promise
  let merged = new Set(); // the folders of the indexes that it has

  /* A large site has an index per area: those of the areas that were read are merged. */
  async function textIndex() {
    const folders = data.pairs ? areasRead().map(number => `pagefind/${areas[number].id}/`) : ["pagefind/"];
    if (!pagefind) {
      merged = new Set([folders[0]]);
      pagefind = startPagefind(folders[0]);
      pagefind.catch(() => { pagefind = null; }); // the next question tries again
    }
    const index = await pagefind;
    await Promise.all(folders.filter(folder => !merged.has(folder)).map(folder => merge(index, folder)));
    return index;
  }

  async function startPagefind(folder) {
    const index = await import(absolute(`${folder}pagefind.js`));
    await index.init();
    return index;
  }

  async function merge(index, folder) {
    merged.add(folder);
    try {
      await index.mergeIndex(absolute(folder));
    } catch (error) {
      merged.delete(folder);
      throw error;
    }
  }

  function absolute(path) { return new URL(path, document.baseURI).href; }

  /* Pagefind wants every word of a question and may cut Chinese words otherwise than its index did: each token is asked for,
     and a guide counts for every token that it has. */
  async function guidesWith(tokens) {
    const index = await textIndex();
    const answers = await Promise.all(tokens.map(token => index.search(token)));
    const candidates = new Map();
    for (const guide of answers.flatMap(answer => answer.results)) {
      const candidate = candidates.get(guide.id) || { guide, tokens: 0, score: 0 };
      candidate.tokens += 1;
      candidate.score += guide.score;
      candidates.set(guide.id, candidate);
    }
    const best = [...candidates.values()]
      .filter(candidate => candidate.tokens * 2 > tokens.length)
      .sort((a, b) => b.tokens - a.tokens || b.score - a.score);
    return Promise.all(best.slice(0, FROM_TEXTS).map(({ guide }) => guide.data()));
  }

  /* Who wanted the texts hears what came of it, and goes on where the button was. */
  async function askTexts(isWanted) {
    const mine = turn;
    const tokens = engine.tokens(asked).slice(0, MOST_TOKENS);
    deeper.hidden = !isWanted;
    deeper.setAttribute("aria-disabled", "true");
    if (!tokens.length) {
      release();
      return;
    }
    try {
      const guides = await guidesWith(tokens);
      if (mine !== turn) { return; }
      const before = found.length;
      guides.forEach(addGuide);
      const added = found.length - before;
      tellOfTexts(isWanted, added ? phrase("from-texts", { n: added }) : phrase("no-more"), before);
    } catch {
      if (mine === turn) { tellOfTexts(isWanted, phrase("no-texts"), found.length); }
    }
  }

  function addGuide(guide) {
    const id = guide.url.replace(/^.*items\/([^/]+)\.html$/, "$1");
    const item = engine.item(id);
    if (!item || found.some(other => other.id === id)) { return; }
    excerpts[id] = guide.excerpt;
    found.push(item);
  }

  function tellOfTexts(isWanted, text, before) {
    if (!isWanted) {
      show();
      release();
      return;
    }
    textsNote = phrase("and") + text;
    limit = Math.max(limit, found.length);
    show();
    const fresh = found[before] && list.querySelector(`[href='items/${found[before].id}.html']`);
    deeper.hidden = Boolean(fresh);
    if (fresh) { fresh.focus(); } else { deeper.textContent = text; }
  }

  /* --- Asking --------------------------------------------------------------------------------------------------- */

  /* What is asked: what stands in the box without what is not seen, as far as it is a question. */
  function questionOf(text) {
    return [...text.replace(/[\p{Cf}\p{DI}]/gu, "").replace(/\s+/g, " ").trim()].slice(0, LONGEST_QUESTION).join("").trim();
  }

  /* Nothing is asked while an input method is at work. */
  async function ask() {
    const query = questionOf(box.value);
    if (query === asked || device.isComposing()) { return; }
    begin(query);
    keepInAddress(query);
    if (!engine) {
      fail(query ? phrase("failed") : "");
      return;
    }
    const mine = turn;
    if (query) { takeInAll(); }
    if (query && engine.isSpelled(query)) { await learn(); }
    if (mine === turn) { seek(query); }
  }

  function begin(query) {
    asked = query;
    turn += 1;
    clearTimeout(status.waiting); // what was to be said of the question before
    isHeld = false;
    unsaid = "";
    everything.hidden = Boolean(query);
    forgetCopy();
    limit = FIRST_RESULTS;
    chosen = {};
    unfolded = new Set();
    excerpts = {};
    textsNote = "";
    deeper.hidden = true;
    deeper.removeAttribute("aria-disabled");
    deeper.textContent = phrase("deeper");
  }

  function fail(text) {
    isHeld = false;
    everything.hidden = false;
    say(text);
  }

  /* Answers a question once the areas of a large site were read that it needs. */
  async function seek(query) {
    const mine = turn;
    if (query && data.pairs) {
      try {
        await Promise.all(areasFor(withHome(query)).map(read));
      } catch {
        if (mine === turn) { fail(phrase("failed")); }
        return;
      }
    }
    if (mine === turn) { answer(query); }
  }

  /* An answer that may become better is shown, and again only when it did. */
  async function answer(query) {
    const mine = turn;
    found = query ? engine.find(withHome(query)) : [];
    doubt = query ? engine.doubt(withHome(query), found) : "";
    if (!query) { say(""); }
    const more = query ? readMore(query) : null;
    if (more) {
      hold();
      showMeanwhile(more);
      await more;
      if (mine === turn) { seek(query); }
      return;
    }
    const isAnswered = !query || (data.pairs ? found.length : engine.isAnswered(found));
    isHeld = false;
    if (!isAnswered) { hold(); }
    show();
    if (isAnswered) { deeper.hidden = !engine.tokens(query).length; } else { askTexts(false); }
  }

  /* An answer in doubt waits a little: what may be meant comes with it, and not above it when a finger is on its way. */
  function showMeanwhile(more) {
    const mine = turn;
    let isThere = false;
    const showNow = () => { if (found.length && !isThere && mine === turn) { show(); } };
    more.then(() => { isThere = true; });
    if (doubt) { setTimeout(showNow, SOON); } else { showNow(); }
  }

  function keepInAddress(query) {
    try {
      history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
    } catch { /* a page on a disk keeps its address */ }
  }

  function questionInAddress() {
    const given = /[?&]q=([^&]*)/.exec(location.search);
    if (!given) { return ""; }
    try { return decodeURIComponent(given[1].replace(/\+/g, " ")); } catch { return given[1]; }
  }

  /* --- What the visitor does ------------------------------------------------------------------------------------ */

  let debounce = null;

  function askSoon() {
    clearTimeout(debounce);
    debounce = setTimeout(ask, TYPING_PAUSE);
  }

  ["input", "change", "compositionend"].forEach(event => box.addEventListener(event, askSoon));
  box.form.addEventListener("submit", event => {
    event.preventDefault();
    clearTimeout(debounce);
    ask();
    if (window.matchMedia("(pointer: coarse)").matches) { box.blur(); } // the keyboard of a phone covers the results
  });
  more.addEventListener("click", () => {
    const next = list.children.length;
    limit += FIRST_RESULTS;
    show();
    if (list.children[next]) { list.children[next].firstChild.focus(); }
  });
  copy.addEventListener("click", copyQuestion);
  deeper.addEventListener("click", () => { if (!deeper.hasAttribute("aria-disabled")) { askTexts(true); } });

  /* The arrow keys lead from the box down through what may be meant and the results, and back; Escape puts away what may be
     meant. The keys of an input method choose among its words. */
  document.querySelector("main").addEventListener("keydown", event => {
    if (event.isComposing || event.keyCode === 229 || device.isComposing()) { return; }
    if (event.key === "Escape" && !meant.hidden) {
      event.preventDefault(); // what was typed stays
      if (meant.contains(document.activeElement)) { box.focus(); }
      meant.hidden = true;
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const path = [box, ...results.querySelectorAll(".results-meant:not([hidden]) button, .results a, .results summary")]
      .filter(node => node.matches("summary") || !node.closest("details:not([open])"));
    const at = path.indexOf(document.activeElement);
    if (!step || at < 0 || (at === 0 && (step < 0 || path.length === 1))) { return; }
    event.preventDefault();
    (path[at + step] || document.activeElement).focus();
  });

  if (engine && data.items) {
    for (let at = 0; at < data.items.rows.length; at += SLICE) {
      waiting.push({ ...data.items, rows: data.items.rows.slice(at, at + SLICE) });
    }
    setTimeout(takeInSlowly, 0);
  }
  /* What stands in the box is asked: what was typed before the script came goes before the question in the address. */
  if (!box.value && !device.isComposing()) { box.value = questionOf(questionInAddress()); }
  ask();
  window.addEventListener("pageshow", ask); // a browser that comes back to the page may have kept what was typed
})();
