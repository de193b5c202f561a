/* The search over the names of items, without a page. window.searchCore(characters) gives an engine; engine.add(items) makes
   items known to it, engine.find(question) takes a question in people's own words and gives those that fit, best first.
   The search page reads it, and so does the check that every item is found. */
(function (global) {
  "use strict";

  /* The cells of a row of items, as builder/pages/search.py writes them. */
  var ID = 0, TITLE = 1, NAME = 2, SUMMARY = 3, ALIASES = 4, SAID = 5, AREA = 6, AREA_IN_FULL = 7,
    DEPARTMENT = 8, TOPICS = 9, AUDIENCES = 10, TIME = 11, FEE = 12, THINGS = 13;

  /* What a word counts by where it stands. */
  var IN_NAME = 1, IN_THING = 0.55, IN_AUDIENCE = 0.6, IN_TOPIC = 0.4, IN_PLACE = 0.45, IN_SUMMARY = 0.4;
  var DIGITS = "零一二三四五六七八九";
  var BY_SAME_WORD = 0.9; // what an answer counts to a question in which a word was put for one that means the same
  var VARIANTS = 12; // such questions at most
  var NAMED_PLACE = 0.3; // what it counts that the question names the item's own place
  var BY_SOUND = 0.6; // what a pair of characters counts that only sounds like one of the item's

  /* What people wrap their question in; it says nothing of the matter. */
  var WRAPPING = new RegExp("(?:" + [
    "请问(?:一下)?", "我想(?:要|问)?", "我要", "想要", "想问", "怎么(?:办理|办|样|弄|申请|领取|领|才能|能)?", "如何", "怎样", "能(?:办|领)(?=什么|吗|不)",
    "需要(?:带|准备|交)?(?:些)?什么(?:材料|证件|手续|东西)?", "要(?:带|准备|交)什么(?:材料|证件|手续|东西)?", "带什么(?:材料|证件)?",
    "(?:要|有)?什么(?:材料|证件|手续|条件|时候|地方|流程)?", "有(?:哪些|什么|没有)", "哪些", "可以(?:吗)?", "能不能", "可不可以", "是不是", "能(?:不能)?(?:够)?",
    "在?(?:哪里|哪儿|哪)(?:办理|办|领|交|能办|可以办)?", "去(?:哪里|哪儿|哪)(?:告|办|领)?", "多(?:久|长时间|少天|少钱|少)(?:能|可以)?", "几天", "下来", "拿到",
    "国家", "政府", "给(?!养)", "吗", "呢", "啊", "吧", "呀", "了吗", "一下", "的话", "怎么", "还能", "谁管"
  ].join("|") + ")", "g");

  function core(characters) {
    var simple = pairs(characters.traditional);
    var reads = readings(characters.read);
    var same = (characters.same || []).map(function (group) { return group.map(fold); });
    var entries = [];
    var seen = Object.create(null); // how many items have a piece

    function add(items) {
      items.rows.forEach(function (row) {
        var entry = entryOf(row, items.texts, entries.length);
        Object.keys(entry.weights).forEach(count);
        Object.keys(entry.sounds).forEach(count);
        entries.push(entry);
      });
    }

    function count(piece) { seen[piece] = (seen[piece] || 0) + 1; }

    /* --- What is known of an item ----------------------------------------------------------------------------- */

    function entryOf(row, texts, number) {
      var entry = { row: row, texts: texts, number: number, names: [], weights: Object.create(null), sounds: Object.create(null) };
      [row[TITLE], row[NAME]].concat(row[ALIASES]).filter(Boolean).forEach(function (text) { entry.names.push(name(text, 1)); });
      /* Where a word points to several items, the editors put the likelier first. */
      row[SAID].forEach(function (one) { entry.names.push(name(one[0], 1 - 0.01 * Math.min(one[1], 10))); });
      entry.names.forEach(function (one) { weigh(entry, one.words, IN_NAME); });
      row[THINGS].forEach(function (one) { weigh(entry, fold(texts[one]), IN_THING); });
      row[AUDIENCES].forEach(function (one) { weigh(entry, fold(texts[one]), IN_AUDIENCE); });
      row[TOPICS].forEach(function (one) { weigh(entry, fold(texts[one]), IN_TOPIC); });
      entry.place = fold(texts[row[AREA_IN_FULL]]).replace(/ /g, "");
      weigh(entry, entry.place, IN_PLACE);
      weigh(entry, fold(texts[row[DEPARTMENT]]), IN_PLACE);
      weigh(entry, fold(row[SUMMARY]), IN_SUMMARY);
      return entry;
    }

    function name(text, trust) {
      var words = fold(text), bare = words.replace(/ /g, "");
      return { words: words, text: bare, grams: grams(bare), trust: trust };
    }

    function weigh(entry, text, weight) {
      text.split(" ").forEach(function (word) {
        grams(word).concat(word.split("")).forEach(function (gram) { if (!(entry.weights[gram] >= weight)) { entry.weights[gram] = weight; } });
        soundsOf(word).forEach(function (sound) { if (!(entry.sounds[sound] >= weight)) { entry.sounds[sound] = weight; } });
      });
    }

    /* How much a piece tells: little when many items have it. */
    function rarity(gram) { return Math.log(1 + entries.length / ((seen[gram] || 0) + 0.5)); }

    /* --- Texts ------------------------------------------------------------------------------------------------- */

    /* One form for what people write in several: full width, capitals, traditional characters, marks between words. */
    function fold(text) {
      var plain = text.normalize ? text.normalize("NFKC") : text;
      return plain.toLowerCase().replace(/[^\x00-\x7f]/g, function (one) { return simple[one] || one; })
        .replace(/一百/g, "100").replace(/([一二三四五六七八九]?)十([一二三四五六七八九]?)/g, number).replace(/啥/g, "什么").replace(/咋/g, "怎么").replace(/[^0-9a-z\u3400-\u9fff]+/g, " ").trim();
    }

    function number(_, tens, ones) { return (tens ? DIGITS.indexOf(tens) : 1) + "" + (ones ? DIGITS.indexOf(ones) : 0); }

    function grams(word) {
      if (word.length < 2) { return word ? [word] : []; }
      var found = [];
      for (var at = 0; at + 2 <= word.length; at++) { found.push(word.substr(at, 2)); }
      return found;
    }

    /* The pairs of syllables of a word, so that 就助 is heard as 救助. */
    function soundsOf(word) {
      var found = [];
      for (var at = 0; at + 2 <= word.length; at++) {
        var first = reads[word.charAt(at)], second = reads[word.charAt(at + 1)];
        if (first && second) { found.push(first[0] + "'" + second[0]); }
      }
      return found;
    }

    /* --- Questions --------------------------------------------------------------------------------------------- */

    /* The question, and the same question in other words. */
    function variants(asked) {
      var first = question(asked), found = [first], text = first.words.join(" ");
      same.forEach(function (group) {
        var said = group.filter(function (word) { return text.indexOf(word) >= 0; }).sort(function (a, b) { return b.length - a.length; })[0];
        if (said) {
          group.forEach(function (word) { if (text.indexOf(word) < 0) { found.push(question(text.replace(said, word))); } });
        }
      });
      return found.slice(0, VARIANTS);
    }

    function question(asked) {
      var whole = fold(asked);
      var plain = whole.replace(WRAPPING, " ").replace(/ +/g, " ").trim();
      var text = plain.replace(/ /g, "").length >= 2 ? plain : whole;
      var words = text.split(" ").filter(Boolean);
      var latin = words.filter(isLatin), chinese = words.filter(function (word) { return !isLatin(word); });
      var pieces = [];
      chinese.forEach(function (word) { if (word.length > 1 || chinese.length === 1) { pieces = pieces.concat(grams(word)); } });
      pieces = pieces.filter(function (one, at) { return pieces.indexOf(one) === at; });
      return { whole: whole.replace(/ /g, ""), bare: chinese.join(""), words: chinese, latin: latin, pieces: pieces };
    }

    function isLatin(word) { return /^[a-z][a-z0-9]*$/.test(word); }

    /* --- Finding ----------------------------------------------------------------------------------------------- */

    function find(asked) {
      var best = Object.create(null), found = [];
      variants(asked).forEach(function (q, at) {
        scored(q).forEach(function (one) {
          var score = one.score * (at ? BY_SAME_WORD : 1), number = one.entry.number;
          if (!(best[number] && best[number].score >= score)) { best[number] = { entry: one.entry, score: score }; }
        });
      });
      Object.keys(best).forEach(function (number) { found.push(best[number]); });
      found.sort(function (a, b) { return b.score - a.score || a.entry.number - b.entry.number; });
      var least = found.length ? found[0].score * 0.3 : 0;
      return found.filter(function (one) { return one.score >= least && one.score >= 0.12; });
    }

    function scored(q) {
      if (!q.pieces.length && !q.latin.length) { return []; }
      var cost = q.pieces.map(rarity);
      var total = cost.reduce(function (sum, one) { return sum + one; }, 0);
      var found = [];
      entries.forEach(function (entry) {
        var score = q.pieces.length ? inChinese(q, cost, total, entry) : 0;
        if (q.latin.length) {
          var sound = Math.min.apply(null, q.latin.map(function (word) { return inLatin(word, entry); }));
          score = q.pieces.length ? score * 0.7 + sound * 0.3 : sound;
        }
        if (score > 0) { found.push({ entry: entry, score: score }); }
      });
      return found;
    }

    /* How well an item fits a question in Chinese, from 0 to about 2. */
    function inChinese(q, cost, total, entry) {
      var sum = 0;
      q.pieces.forEach(function (gram, at) {
        var weight = entry.weights[gram] || 0;
        if (!weight && gram.length === 2) {
          var first = reads[gram.charAt(0)], second = reads[gram.charAt(1)];
          if (first && second) { weight = BY_SOUND * (entry.sounds[first[0] + "'" + second[0]] || 0); }
        }
        sum += weight * cost[at];
      });
      if (!sum) { return 0; }
      var close = 0, matter = withoutPlace(q, entry);
      entry.names.forEach(function (one) { close = Math.max(close, closeness(matter, one) * one.trust); });
      return sum / total + close + (matter === q ? 0 : NAMED_PLACE);
    }

    /* The question without the name of the item's own place, which says nothing of the matter: 朝阳区临时救助. */
    function withoutPlace(q, entry) {
      var words = q.words.map(function (word) {
        for (var length = Math.min(word.length, entry.place.length); length >= 2; length--) {
          if (entry.place.indexOf(word.substr(0, length)) >= 0) { return word.substr(length); }
        }
        return word;
      }).filter(Boolean);
      var bare = words.join("");
      if (!bare || bare === q.bare) { return q; }
      var pieces = [];
      words.forEach(function (word) { pieces = pieces.concat(grams(word)); });
      return { whole: bare, bare: bare, words: words, latin: q.latin, pieces: pieces };
    }

    /* How near the question is to one name of an item: 1 when it is the name, a little more when it is so word for word. */
    function closeness(q, one) {
      if (one.text === q.whole) { return 1.1; }
      if (one.text === q.bare) { return 1; }
      var shared = 0, asked = 0, own = 0;
      q.pieces.forEach(function (gram) {
        var cost = rarity(gram);
        asked += cost;
        if (one.grams.indexOf(gram) >= 0) { shared += cost; }
      });
      if (!shared) { return 0; }
      one.grams.forEach(function (gram) { own += rarity(gram); });
      var near = shared / (asked + own - shared);
      if (one.text.length > 1 && q.bare.indexOf(one.text) >= 0) { near = Math.max(near, 0.35 + 0.5 * one.text.length / q.bare.length); }
      if (q.bare.length > 1 && one.text.indexOf(q.bare) >= 0) { near = Math.max(near, 0.3 + 0.5 * q.bare.length / one.text.length + (one.text.indexOf(q.bare) === 0 ? 0.1 : 0)); }
      return Math.min(near, 0.95);
    }

    /* How well an item fits letters: pinyin, whole or first letters or both mixed, of a name from any character on. */
    function inLatin(word, entry) {
      var best = 0;
      entry.names.forEach(function (one, rank) {
        for (var at = 0; at < one.text.length; at++) {
          var end = spelled(word, 0, one.text, at);
          if (end) {
            var part = (end - at) / one.text.length;
            best = Math.max(best, 0.3 + 0.5 * part + (at === 0 ? 0.15 : 0) + (rank < 2 ? 0.05 : 0));
          }
        }
        if (one.text.indexOf(word) >= 0) { best = Math.max(best, 0.9); }
      });
      return best;
    }

    /* Where in `text` the letters from `from` on end, when they can be read from `at` on; 0 when they cannot. */
    function spelled(word, from, text, at) {
      if (from === word.length) { return at; }
      if (at === text.length) { return 0; }
      var sounds = reads[text.charAt(at)] || [text.charAt(at)];
      for (var index = 0; index < sounds.length; index++) {
        var sound = sounds[index], rest = word.substr(from);
        var steps = [sound, sound.substr(0, 2), sound.charAt(0)]; // a whole syllable, zh ch sh, a first letter
        if (steps[1] !== "zh" && steps[1] !== "ch" && steps[1] !== "sh") { steps.splice(1, 1); }
        for (var step = 0; step < steps.length; step++) {
          if (rest.indexOf(steps[step]) === 0) {
            var end = spelled(word, from + steps[step].length, text, at + 1);
            if (end) { return end; }
          }
        }
        if (rest.length > 1 && sound.indexOf(rest) === 0) { return at + 1; } // the last syllable is still being typed
      }
      return 0;
    }

    /* The parts of `text` that answer the question: [from, to] pairs in order, not overlapping. */
    function marks(asked, text) {
      var q = question(asked), hit = [];
      var plain = text.toLowerCase();
      q.words.concat(q.pieces).forEach(function (piece) {
        if (piece.length < 2) { return; }
        for (var at = plain.indexOf(piece); at >= 0; at = plain.indexOf(piece, at + 1)) {
          for (var one = at; one < at + piece.length; one++) { hit[one] = true; }
        }
      });
      var found = [];
      for (var at = 0; at < text.length; at++) {
        if (hit[at] && !hit[at - 1]) { found.push([at, at + 1]); } else if (hit[at]) { found[found.length - 1][1] = at + 1; }
      }
      return found;
    }

    function shown(one) {
      var row = one.entry.row, texts = one.entry.texts;
      return {
        id: row[ID], score: one.score, title: row[TITLE], name: row[NAME], summary: row[SUMMARY], area: texts[row[AREA]],
        department: texts[row[DEPARTMENT]], time: texts[row[TIME]], fee: texts[row[FEE]],
        topics: row[TOPICS].map(function (topic) { return texts[topic]; }), audiences: row[AUDIENCES].map(function (who) { return texts[who]; })
      };
    }

    return {
      add: add,
      find: function (asked) { return find(asked).map(shown); },
      all: function () { return entries.map(function (entry) { return shown({ entry: entry, score: 0 }); }); },
      /* Whether the names alone answer a question well, so that nobody has to look into the texts of the guides. */
      isAnswered: function (found) { return found.length >= 3 && found[0].score >= 1; },
      pieces: function (asked) { var q = question(asked); return q.pieces.concat(q.latin); },
      /* Pieces of the question that lead somewhere, the telling ones first. */
      shorter: function (asked) {
        return question(asked).pieces.filter(function (gram) { return gram.length > 1 && seen[gram]; })
          .sort(function (a, b) { return rarity(b) - rarity(a); }).slice(0, 4);
      },
      fold: fold,
      marks: marks
    };
  }

  function pairs(text) {
    var found = Object.create(null);
    for (var at = 0; at + 1 < text.length; at += 2) { found[text.charAt(at)] = text.charAt(at + 1); }
    return found;
  }

  function readings(bySyllable) {
    var found = Object.create(null);
    Object.keys(bySyllable).forEach(function (syllable) {
      bySyllable[syllable].split("").forEach(function (character) { (found[character] = found[character] || []).push(syllable); });
    });
    return found;
  }

  global.searchCore = core;
})(typeof window === "undefined" ? this : window);

/* The search page. What the names of items answer is there at once, from data that came with the page; what only the texts
   of the guides know is asked of Pagefind, when the names answer badly or the visitor wants it, and comes below. */
(function () {
  "use strict";
  if (typeof document === "undefined") { return; } // the check has no page
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
