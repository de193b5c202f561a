/* The search over the names of items, without a page. window.searchCore(about) gives an engine; engine.add(items) makes
   items known to it, engine.learn(characters) tells it how characters are read and their traditional forms, and
   engine.find(question) takes a question in people's own words and gives those that fit, best first.
   The search page reads it, and so does the check that every item is found. */
(function (global) {
  "use strict";

  /* The cells of a row of items, as builder/pages/search.py writes them. */
  var ID = 0, TITLE = 1, NAME = 2, SUMMARY = 3, ALIASES = 4, SAID = 5, AREA = 6,
    DEPARTMENT = 7, TOPICS = 8, AUDIENCES = 9, TIME = 10, FEE = 11, WHERE = 12, THINGS = 13;
  /* And those of an area. Its id is empty where it has no items of its own. */
  var AREA_ID = 0, SHORT = 1, NAMES = 2, ABOVE = 3;

  /* What a word counts by where it stands. */
  var IN_NAME = 1, IN_THING = 0.55, IN_AUDIENCE = 0.6, IN_TOPIC = 0.4, IN_DEPARTMENT = 0.45, IN_SUMMARY = 0.4;
  var DIGITS = "零一二三四五六七八九";
  var BY_SAME_WORD = 0.9; // what an answer counts to a question in which a word was put for one that means the same
  var VARIANTS = 12; // such questions at most
  var MISHEARD = 8; // characters of a question up to which a wrong character is put right; a longer one has others to go by
  var PART_OF_WORD = 0.5; // what a piece counts where the item has not the whole word
  var BORDER = 3; // how many times rarer a pair of characters is that belongs to two words
  var FEW = 5; // with fewer items of the place that a question names, those of other places come after them
  var LEAST = 0.3; // what part of the best answer's score another one must have
  var FITS_PLACE = 0.2; // and one of the place that the question names
  var BY_SOUND = 0.6; // what a pair of characters counts that only sounds like one of the item's

  /* What people wrap their question in; it says nothing of the matter. */
  var WRAPPING = new RegExp("(?:" + [
    "请问(?:一下)?", "我想(?:要|问)?", "我要", "想要", "想问", "怎么(?:办理|办|样|弄|申请|领取|领|才能|能)?", "如何", "怎样", "能(?:办|领)(?=什么|吗|不)",
    "需要(?:带|准备|交)?(?:些)?什么(?:材料|证件|手续|东西)?", "要(?:带|准备|交)什么(?:材料|证件|手续|东西)?", "带什么(?:材料|证件)?",
    "(?:要|有)?什么(?:材料|证件|手续|条件|时候|地方|流程)?", "有(?:哪些|什么|没有)", "哪些", "可以(?:吗)?", "能不能", "可不可以", "是不是", "能(?:不能)?(?:够)?",
    "在?(?:哪里|哪儿|哪)(?:办理|办|领|交|能办|可以办)?", "去(?:哪里|哪儿|哪)(?:告|办|领)?", "多(?:久|长时间|少天|少钱|少)(?:能|可以)?", "几天", "下来", "拿到",
    "国家", "政府", "给(?!养)", "吗", "呢", "啊", "吧", "呀", "了吗", "一下", "的话", "怎么", "还能", "谁管"
  ].join("|") + ")", "g");

  function core(about) {
    var simple = {}, reads = {}, hasLearned = false;
    var same, places; // words of one meaning; the areas by their names
    var known = []; // what was added
    var entries = [];
    var seen = Object.create(null); // how many items have a piece
    var last = {}; // the question that was looked at last, and the place in it
    begin();

    function begin() {
      entries = [];
      seen = Object.create(null);
      same = about.same.map(function (group) { return group.map(fold); });
      places = placesOf(about.areas);
    }

    function learn(characters) {
      simple = pairs(characters.traditional);
      reads = readings(characters.read);
      hasLearned = true;
      begin();
      known.forEach(enter);
    }

    function add(items) {
      known.push(items);
      enter(items);
    }

    function enter(items) {
      last = {};
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
      weigh(entry, fold(texts[row[DEPARTMENT]]), IN_DEPARTMENT);
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

    /* Every name of an area, the longest first, with the areas that are called so and how it stands in a question. */
    function placesOf(areas) {
      var byName = Object.create(null);
      areas.forEach(function (area, number) {
        area[NAMES].map(function (name) { return fold(name).replace(/ /g, ""); }).forEach(function (name) { (byName[name] = byName[name] || []).push(number); });
      });
      return Object.keys(byName).filter(function (name) { return name.length > 1; }).sort(function (a, b) { return b.length - a.length; }).map(function (name) {
        return { name: name, areas: byName[name], pattern: new RegExp("(?:我?(?:住在|住|是|在))?" + name + "(?:(?:地区|街道|社区|[省市区县镇乡村])(?![民场政]))?(?:这边|这里|那边|那里|本地)?的?", "g") };
      });
    }

    function lineOf(area) {
      var line = [];
      for (var at = area; at >= 0 && line.indexOf(at) < 0; at = about.areas[at][ABOVE]) { line.push(at); }
      return line;
    }

    /* The place that a question names, null for none: what it is called, the areas with items that it means, and those above them;
       and the question without it. A question that is the name of an item names no place: 北京市居住证. */
    function located(asked) {
      if (last.asked !== asked) {
        last = locate(asked);
        last.asked = asked;
        last.question = question(last.text);
        last.words = last.question.words.concat(last.question.latin).map(function (word) { return { text: word, borders: bordersOf(word) }; });
      }
      return last;
    }

    function locate(asked) {
      var text = fold(asked), bare = text.replace(/ /g, ""), named = [];
      if (!entries.some(function (entry) { return entry.names.some(function (one) { return one.text === bare; }); })) {
        places.forEach(function (place) {
          var rest = text.replace(place.pattern, " ");
          if (rest !== text) { named.push(place); text = rest; }
        });
      }
      var found = { place: null, text: named.length ? text : asked }, most = 0, areas = [], above = [];
      about.areas.forEach(function (area, number) {
        var line = lineOf(number);
        var hits = named.filter(function (place) { return place.areas.some(function (one) { return line.indexOf(one) >= 0; }); }).length;
        if (!area[AREA_ID] || !hits || hits < most) { return; }
        if (hits > most) { areas = []; most = hits; }
        areas.push(number);
      });
      areas.forEach(function (number) { above = above.concat(lineOf(number)); });
      if (areas.length) {
        var name = named.sort(function (a, b) { return lineOf(b.areas[0]).length - lineOf(a.areas[0]).length; })[0].name;
        found.place = { name: name, areas: areas, above: above, isAll: !text.replace(WRAPPING, "").replace(/ /g, "") };
      }
      return found;
    }

    /* The question, and the same question in other words. */
    function variants(asked) {
      var first = question(asked), found = [first], text = first.words.join(" ");
      same.forEach(function (group) {
        var said = group.filter(function (word) { return text.indexOf(word) >= 0; }).sort(function (a, b) { return b.length - a.length; })[0];
        if (said) {
          group.forEach(function (word) { if (text.indexOf(word) < 0) { found.push(question(text.replace(said, word))); } });
        }
      });
      if (text.length <= MISHEARD) { found = found.concat(first.pieces.map(heard).filter(Boolean).map(function (piece) { return question(text.replace(piece.asked, piece.meant)); })); }
      return found.slice(0, VARIANTS);
    }

    /* For a piece that no item has, the commonest that sounds alike and shares a character with it: 低宝 for 低保. */
    function heard(asked) {
      var sound = asked.length === 2 && !seen[asked] && hasLearned ? soundsOf(asked)[0] : "", meant = "";
      if (sound) {
        Object.keys(seen).forEach(function (piece) {
          var alike = piece.length === 2 && (piece.charAt(0) === asked.charAt(0) || piece.charAt(1) === asked.charAt(1));
          if (alike && seen[piece] > Math.max(1, seen[meant] || 0) && soundsOf(piece)[0] === sound) { meant = piece; }
        });
      }
      return meant && { asked: asked, meant: meant };
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

    /* The items of a place that is named come first, then those of the places above it, then, where they are few, the others. */
    function find(asked) {
      var where = located(asked), place = where.place;
      if (!place) { return matching(where.text, LEAST); }
      function groupOf(one) { var area = one.entry.row[AREA]; return place.areas.indexOf(area) >= 0 ? 0 : place.above.indexOf(area) >= 0 ? 1 : 2; }
      if (place.isAll) { return entries.map(function (entry) { return { entry: entry, score: 1 }; }).filter(function (one) { return !groupOf(one); }); }
      var groups = [[], [], []], found = matching(where.text, FITS_PLACE);
      found.forEach(function (one) { groups[groupOf(one)].push(one); });
      var near = fitting(groups[0], LEAST).concat(fitting(groups[1], LEAST));
      return near.length < FEW ? near.concat(fitting(groups[2], LEAST)) : near;
    }

    /* Those of the sorted answers whose score is not below a part of the best one's. */
    function fitting(found, part) {
      return found.filter(function (one) { return one.score >= found[0].score * part && one.score >= 0.12; });
    }

    function matching(asked, least) {
      var best = Object.create(null), found = [];
      variants(asked).forEach(function (q, at) {
        scored(q).forEach(function (one) {
          var score = one.score * (at ? BY_SAME_WORD : 1), number = one.entry.number;
          if (!(best[number] && best[number].score >= score)) { best[number] = { entry: one.entry, score: score }; }
        });
      });
      Object.keys(best).forEach(function (number) { found.push(best[number]); });
      found.sort(function (a, b) { return b.score - a.score || a.entry.number - b.entry.number; });
      return fitting(found, least);
    }

    function scored(q) {
      if (!q.pieces.length && !q.latin.length) { return []; }
      var cost = q.pieces.map(rarity), units = unitsOf(q);
      var total = cost.reduce(function (sum, one) { return sum + one; }, 0);
      var found = [];
      entries.forEach(function (entry) {
        var score = q.pieces.length ? inChinese(q, units, cost, total, entry) : 0;
        if (q.latin.length) {
          var sound = Math.min.apply(null, q.latin.map(function (word) { return inLatin(word, entry); }));
          score = q.pieces.length ? score * 0.7 + sound * 0.3 : sound;
        }
        if (score > 0) { found.push({ entry: entry, score: score }); }
      });
      return found;
    }

    /* How well an item fits a question in Chinese, from 0 to about 2. */
    function inChinese(q, units, cost, total, entry) {
      var weights = q.pieces.map(function (gram) { return weightOf(gram, entry); }), sum = 0;
      units.forEach(function (unit) {
        if (unit.some(function (at) { return !weights[at]; })) { unit.forEach(function (at) { weights[at] *= PART_OF_WORD; }); }
      });
      weights.forEach(function (weight, at) { sum += weight * cost[at]; });
      if (!sum) { return 0; }
      var close = 0;
      entry.names.forEach(function (one) { close = Math.max(close, closeness(q, one) * one.trust); });
      return sum / total + close;
    }

    function weightOf(gram, entry) {
      var first = reads[gram.charAt(0)], second = reads[gram.charAt(1)];
      return entry.weights[gram] || (first && second ? BY_SOUND * (entry.sounds[first[0] + "'" + second[0]] || 0) : 0);
    }

    /* The words of three and more characters of a question, each as the places of its pieces: who has 社保 of 社保卡 has not the word. */
    function unitsOf(q) {
      var units = [];
      q.words.forEach(function (word) {
        var from = 0, borders = bordersOf(word);
        for (var to = 1; to <= word.length; to++) {
          if (!borders[to]) { continue; }
          if (to - from > 2) { units.push(grams(word.slice(from, to)).map(function (gram) { return q.pieces.indexOf(gram); })); }
          from = to;
        }
      });
      return units;
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

    /* The parts of `text` that answer the question: [from, to] pairs in order, not overlapping. A word that is not there whole
       is marked by its longest piece that is a word itself, as far as borders tell: 医保 of 新生儿医保, never 生儿 in 学生儿童. */
    function marks(asked, text) {
      var plain = text.toLowerCase(), hit = [];
      located(asked).words.forEach(function (one) {
        var word = one.text, borders = one.borders;
        for (var length = word.length; length >= 2; length--) {
          var there = false;
          for (var from = 0; from + length <= word.length; from++) {
            var piece = word.substr(from, length);
            for (var at = plain.indexOf(piece); at >= 0; at = plain.indexOf(piece, at + 1)) {
              if (length < word.length && !((borders[from] || isEdge(plain, at)) && (borders[from + length] || isEdge(plain, at + length)))) { continue; }
              there = true;
              for (var place = at; place < at + length; place++) { hit[place] = true; }
            }
          }
          if (there && length === word.length) { break; }
        }
      });
      var found = [];
      for (var at = 0; at < text.length; at++) {
        if (hit[at] && !hit[at - 1]) { found.push([at, at + 1]); } else if (hit[at]) { found[found.length - 1][1] = at + 1; }
      }
      return found;
    }

    function isEdge(text, at) { return !/[0-9a-z\u3400-\u9fff]/.test(text.charAt(at - 1)) || !/[0-9a-z\u3400-\u9fff]/.test(text.charAt(at)); }

    /* Where in what stands without a space one word ends and the next begins: at pairs of characters that are much rarer than
       those beside them. One character at the end belongs to the word before it, as in 社保卡; at the beginning it may be a verb. */
    function bordersOf(word) {
      var found = [true];
      for (var at = 1; at < word.length; at++) {
        var across = seen[word.substr(at - 1, 2)] || 0, after = seen[word.substr(at, 2)] || 0;
        found.push(at < word.length - 1 && across * BORDER <= Math.min(after, at > 1 ? seen[word.substr(at - 2, 2)] || 0 : after));
      }
      return found.concat(true);
    }

    function shown(one) {
      var row = one.entry.row, texts = one.entry.texts, areas = about.areas.filter(function (area) { return area[AREA_ID]; });
      return {
        id: row[ID], score: one.score, title: row[TITLE], name: row[NAME], summary: row[SUMMARY], area: areas.length > 1 ? about.areas[row[AREA]][SHORT] : "",
        department: texts[row[DEPARTMENT]], time: texts[row[TIME]], fee: texts[row[FEE]], where: texts[row[WHERE]],
        topics: row[TOPICS].map(function (topic) { return texts[topic]; }), audiences: row[AUDIENCES].map(function (who) { return texts[who]; })
      };
    }

    return {
      add: add,
      find: function (asked) { return find(asked).map(shown); },
      all: function () { return entries.map(function (entry) { return shown({ entry: entry, score: 0 }); }); },
      learn: learn,
      place: function (asked) { return located(asked).place; },
      /* Whether a question is written in letters, so that nothing is found before characters were learned. */
      isSpelled: function (asked) { return !hasLearned && located(asked).question.latin.length > 0; },
      /* Whether a question may be answered better once characters were learned: it has one that no item has, or no good answer. */
      isUnsure: function (asked, found) {
        if (hasLearned) { return false; }
        return !found.length || found[0].score < 1 || located(asked).question.bare.split("").some(function (one) { return !seen[one]; });
      },
      /* Whether the names alone answer a question well, so that nobody has to look into the texts of the guides. */
      isAnswered: function (found) { return found.length >= 3 && found[0].score >= 1; },
      pieces: function (asked) { var q = located(asked).question; return q.pieces.concat(q.latin); },
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
  var chips = place.querySelector(".results-areas");
  var places = place.querySelector(".results-places");
  var filters = document.getElementById("search-filters");
  var all = document.querySelector(".results-all");
  var form = box.form;
  var AT_ONCE = 20; // results shown before one asks for more
  var FROM_TEXTS = 8; // guides that are found by their texts alone: each costs a request
  var PAUSE = 30; // ms without a key before a question is asked
  var SLICE = 20; // items that are taken in at a time
  var COMPOSED = 600; // ms, where the letters in the box may be on their way to become characters
  var data = window.searchData || {};
  var core = window.searchCore && data.about ? window.searchCore(data.about) : null;
  var byId = {}; // the items that are known so far
  var AREAS_READ = 3; // of a large site: areas that one question may make us read

  var asked = ""; // the question whose answers are shown
  var turn = 0; // the number of the newest question: answers to older ones are dropped
  var found = []; // the items that answer it, best first
  var fromTexts = ""; // what is said of the search in the texts of the guides
  var excerpts = {}; // where the texts of guides were asked: what they say, by item
  var limit = AT_ONCE;
  var chosen = {}; // values ticked in the filters, by kind
  var areas = (data.about || { areas: [] }).areas.filter(function (area) { return area[0]; }).map(function (area) { return { id: area[0], name: area[1] }; });
  var KINDS = ["area", "topics", "department", "audiences"];

  /* Where the visitor lives, as far as his device was told: the area that he chose last. A question that names no place is
     taken to be about it. */
  var HOME = "area " + document.documentElement.getAttribute("data-site");
  var home = window.device.remembered(HOME) || "";
  if (!areas.some(function (area) { return area.name === home; })) { home = ""; }

  function live(area) {
    home = area;
    window.device.remember(HOME, area);
  }

  function placed(query) { return query && home && !core.place(query) ? query + " " + home : query; }

  /* --- Words ---------------------------------------------------------------------------------------------------- */

  function words(name, values) {
    var text = place.getAttribute("data-" + name) || "";
    Object.keys(values || {}).forEach(function (key) { text = text.split("{" + key + "}").join(values[key]); });
    return text;
  }

  /* What is said already is not said again. */
  function say(text) { if (status.textContent !== text) { status.textContent = text; } }

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
    link.appendChild(titles);
    if (item.area) { link.appendChild(element("b", "row-area", item.area)); }
    link.appendChild(element("span", "row-facts", (item.area ? [""] : []).concat([item.time, item.fee, item.where].filter(Boolean)).join(" · ")));
    if (item.name) { link.appendChild(marked(item.name, "row-name")); }
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
    elsewhere.hidden = !(data.pairs && asked && Object.keys(read).length < areas.length);
    if (!elsewhere.hidden) { elsewhere.textContent = words("elsewhere", { areas: Object.keys(read).map(function (number) { return areas[number].name; }).join("、") }); }
    if (found.length) { say(words("found", { n: fitting.length }) + firstPlace() + fromTexts); } else if (asked) { none(); }
    showChips();
    showFilters();
  }

  /* Where the question names a place of several: that its items stand first; for its name alone, its own page before all. */
  function firstPlace() {
    var named = areas.length > 1 && core.place(placed(asked));
    clear(places);
    if (!named) { return ""; }
    if (named.isAll) {
      named.areas.forEach(function (number) {
        var link = element("a", "more", words("whole-area", { area: areas[number].name }));
        link.href = "areas/" + areas[number].id + ".html";
        places.appendChild(link);
      });
      return "";
    }
    var isThere = found.some(function (item) { return named.areas.some(function (number) { return areas[number].name === item.area; }); });
    return words(isThere ? "place-first" : "place-none", { area: named.name });
  }

  /* The areas of the results, the best result's first, to see one of them alone: the same choice as in the filters. */
  function showChips() {
    var counts = {}, order = [], at = chips.scrollLeft, focused = document.activeElement && document.activeElement.parentNode === chips ? document.activeElement.value : null;
    found.forEach(function (item) {
      if (!item.area) { return; }
      if (counts[item.area] === undefined) { counts[item.area] = 0; order.push(item.area); }
      if (KINDS.every(function (kind) { return kind === "area" || fits(item, kind); })) { counts[item.area] += 1; }
    });
    clear(chips);
    chips.hidden = order.length < 2 && !(home && order.length);
    if (chips.hidden) { return; }
    if (!home) { chips.appendChild(element("span", "", words("where"))); }
    [""].concat(order).forEach(function (area) {
      var chip = element("button", "", area ? area + " " + counts[area] : words("all"));
      chip.type = "button";
      chip.value = area;
      chip.setAttribute("aria-pressed", String(area ? (chosen.area || []).indexOf(area) >= 0 : !(chosen.area || []).length));
      chip.addEventListener("click", function () {
        live(area);
        chosen.area = area ? [area] : [];
        limit = AT_ONCE;
        if (area) { show(); } else { seek(asked); }
      });
      chips.appendChild(chip);
      if (area === focused) { chip.focus(); }
    });
    chips.scrollLeft = at;
  }

  function none() {
    say(words("none", { query: asked }));
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

  /* Slice by slice, so that a slow phone can scroll and type meanwhile; a question waits for none. */
  var waiting = [];
  function knowMore() {
    if (waiting.length) {
      know(waiting.shift());
      setTimeout(knowMore, 0);
    }
  }
  function knowAll() { while (waiting.length) { know(waiting.shift()); } }

  function know(items) {
    core.add(items);
    core.all().forEach(function (item) { byId[item.id] = item; });
  }

  var read = {}; // areas read or being read, by number
  function area(number) {
    if (!read[number]) {
      read[number] = new Promise(function (done, failed) {
        var name = "items-" + areas[number].id;
        script("search/" + name + ".js", function () { know(window.searchData[name]); done(); }, function () {
          delete read[number]; // the next question asks again
          failed();
        });
      });
    }
    return read[number];
  }

  function script(address, done, failed) {
    var made = element("script");
    made.src = address;
    made.onload = done;
    made.onerror = failed;
    document.head.appendChild(made);
  }

  /* What few questions need is read when one does; where it cannot be read, the search goes on without. */
  var learned = null;
  function learn() {
    if (!learned) {
      learned = new Promise(function (done) {
        script(data.about.characters, function () { core.learn(window.searchData.characters); done(); }, done);
      });
    }
    return learned;
  }

  /* The areas that have most of the question's pieces, those that it names before all others. */
  function areasFor(query) {
    var pieces = core.pieces(query), named = core.place(query);
    return areas.map(function (_, number) {
      var score = named && named.areas.indexOf(number) >= 0 ? 100 : 0;
      pieces.forEach(function (piece) { if (has(number, data.pairs[piece])) { score += 1; } });
      return { number: number, score: score + (read[number] ? 0.5 : 0) };
    }).sort(function (a, b) { return b.score - a.score || a.number - b.number; })
      .filter(function (one, at) { return at < AREAS_READ && (one.score >= 1 || !pieces.some(function (piece) { return data.pairs[piece]; })); });
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
    var folders = data.pairs ? Object.keys(read).map(function (number) { return "pagefind/" + areas[number].id + "/"; }) : ["pagefind/"];
    if (!engine) {
      merged = {};
      merged[folders[0]] = true;
      engine = import(absolute(folders[0] + "pagefind.js")).then(function (pagefind) {
        return pagefind.init().then(function () { return pagefind; });
      });
      engine.catch(function () { engine = null; }); // the next question tries again
    }
    return engine.then(function (pagefind) {
      var more = folders.filter(function (folder) { return !merged[folder]; });
      more.forEach(function (folder) { merged[folder] = true; });
      return Promise.all(more.map(function (folder) {
        return pagefind.mergeIndex(absolute(folder)).catch(function (error) { delete merged[folder]; throw error; });
      })).then(function () { return pagefind; });
    });
  }

  function absolute(path) { return new URL(path, document.baseURI).href; }

  /* Pagefind wants every word of a question and may cut Chinese words otherwise than its index did: each piece is asked for,
     and a guide counts for every piece that it has. Who wanted it hears what came of it, and goes on where the button was. */
  function askTexts(isWanted) {
    var mine = turn, pieces = core.pieces(asked).slice(0, 8);
    deeper.hidden = !isWanted;
    deeper.setAttribute("aria-disabled", "true");
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
      var before = found.length;
      results.forEach(function (result) {
        var id = result.url.replace(/^.*items\/([^/]+)\.html$/, "$1");
        if (!byId[id] || found.some(function (item) { return item.id === id; })) { return; }
        excerpts[id] = result.excerpt;
        found.push(byId[id]);
      });
      tellOfTexts(isWanted, found.length > before ? words("from-texts", { n: found.length - before }) : words("no-more"), before);
    }).catch(function () {
      if (mine === turn) { tellOfTexts(isWanted, words("no-texts"), found.length); }
    });
  }

  function tellOfTexts(isWanted, text, before) {
    if (!isWanted) { show(); return; }
    fromTexts = words("and") + text;
    limit = Math.max(limit, found.length);
    show();
    var fresh = list.querySelector("[href='items/" + (found[before] || {}).id + ".html']");
    deeper.hidden = Boolean(fresh);
    if (fresh) { fresh.focus(); } else { deeper.textContent = text; }
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
    fromTexts = "";
    deeper.hidden = true;
    deeper.removeAttribute("aria-disabled");
    deeper.textContent = words("deeper");
    keep(query);
    if (!core) { say(query ? words("failed") : ""); return; }
    if (query) { knowAll(); }
    var mine = turn;
    if (query && core.isSpelled(query)) { learn().then(function () { if (mine === turn) { seek(query); } }); } else { seek(query); }
  }

  function seek(query) {
    if (!query || !data.pairs) { answer(query); return; }
    var mine = turn;
    Promise.all(areasFor(placed(query)).map(function (one) { return area(one.number); })).then(function () {
      if (mine === turn) { answer(query); }
    }, function () { if (mine === turn) { say(words("failed")); } });
  }

  /* An answer that may become better is shown, and again only when it did. */
  function answer(query) {
    var mine = turn;
    found = query ? core.find(placed(query)) : [];
    if (!query) { say(""); }
    if (learned === null && query && core.isUnsure(query, found)) {
      if (found.length) { show(); }
      learn().then(function () { if (mine === turn) { seek(query); } });
      return;
    }
    show();
    if (query && !(data.pairs ? found.length : core.isAnswered(found))) { askTexts(false); } else { deeper.hidden = !core.pieces(query).length; }
  }

  function keep(query) {
    try { history.replaceState(null, "", query ? "?q=" + encodeURIComponent(query) : location.pathname); } catch (e) { /* a page on a disk keeps its address */ }
  }

  var timer = null;
  function askSoon(pause) { clearTimeout(timer); timer = setTimeout(ask, pause); }
  box.addEventListener("input", function (event) { askSoon(event.isComposing && /[a-z]/i.test(box.value) ? COMPOSED : PAUSE); });
  box.addEventListener("compositionend", function () { askSoon(PAUSE); });
  form.addEventListener("submit", function (event) { event.preventDefault(); clearTimeout(timer); ask(); });
  further.addEventListener("click", function () {
    var next = list.children.length;
    limit += AT_ONCE;
    show();
    if (list.children[next]) { list.children[next].firstChild.focus(); }
  });
  deeper.addEventListener("click", function () { if (!deeper.hasAttribute("aria-disabled")) { askTexts(true); } });

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

  if (core && data.items) {
    for (var at = 0; at < data.items.rows.length; at += SLICE) {
      waiting.push({ texts: data.items.texts, rows: data.items.rows.slice(at, at + SLICE) });
    }
    setTimeout(knowMore, 0);
  }
  var given = /[?&]q=([^&]*)/.exec(location.search);
  if (given) {
    try { box.value = decodeURIComponent(given[1].replace(/\+/g, " ")); } catch (e) { box.value = given[1]; }
    ask();
  }
})();
