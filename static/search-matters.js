/* Finds the matters of life that a question speaks of. It knows no page and no items.

   createMatters(data, plain) returns the matters; `plain` brings a text that is folded into plain words and digits.
   matters.in(text) returns those in a folded question, the surest first, each with how sure it is, from 0 to 1.
   matters.people(text) returns the kinds of people of whom one says that one is, each with the words of items that are for them
   (formal), the names of matters that such people seldom mean (before), and the words that say it.
   matters.begun(text) returns the names of those of which somebody may be going to speak, matters.near(text, topics) the lists of
   the site that are nearest to a text; `topics` are those of the items that were found. matters.words() are all known words.
   matters.plainly(text) is a folded text in plain words.

   search-packed.js is run before it. builder/render/pages/search.py writes `data`, packed. `variants` are what is said elsewhere for plain words, by which they
   are replaced first; `classes` are words that stand for each other. An expression has parts, a part has alternatives separated
   by "/", and capital letters stand for a class. All parts have to be in the question, none over another: after a space
   anywhere, after "~" soon after the part before, after "+" directly after it. */
(() => {
  "use strict";

  /* How sure an expression makes of its matter. Who one is adds to other clues and leads nowhere alone. */
  const STRENGTH = { certain: 0.9, likely: 0.6, perhaps: 0.3, things: 0.3, people: 0.2 };
  const IF_RARE = ["perhaps", "things"]; // they tell the less, the more matters have the word
  const CONTAINED = 0.3; // what part of it counts inside a longer phrase of another matter: 卖烟 in 卖烟花
  const DOUBT_LEFT = 0.85; // what part of the doubt is left with each character beyond two
  const HINTED = 0.45; // at most, by single words of a matter's expressions
  const SOON = 4; // characters that may stand before a part that comes soon after another
  const MOST_READ = 120; // characters of a question
  const MOST_BEGUN = 12; // matters to which the beginning of a word may lead
  const MOST_NEAR = 4; // lists that are shown where no item answers
  const LONGEST = 8; // topics that are shown where nothing is understood

  function rowsOf({ columns, rows }, read = value => value) {
    return rows.map(row => Object.fromEntries(columns.map((column, at) => [column, read(row[at])])));
  }

  function createMatters(data, plain) {
    const unpack = globalThis.unpackerOf(data);
    const isPacked = value => typeof value === "string";
    const unpacked = value => (isPacked(value) ? unpack(value) : value);
    const matters = rowsOf(data.matters, unpacked);
    const people = rowsOf(data.people, unpacked).map(({ formal, said, matters: names }) => (
      { formal: formal.split("|"), said: plain(said), before: names.split("|").filter(Boolean) }));
    const classes = data.classes.map(unpack).map(plain);
    const plainly = replacer(data.variants.map(unpack).map(plain));
    const sets = new Map(); // of words, by how they are written
    const setsWith = new Map(); // by a word that they have themselves
    let longest = 0; // word

    for (const matter of matters) {
      for (const kind of Object.keys(STRENGTH)) {
        for (const text of plain(matter[kind]).split("|").filter(Boolean)) {
          const sequence = sequenceOf(text);
          sequence.parts[0].expressions.push({ matter, kind, sequence });
          if (kind !== "people") { sequence.parts.forEach(set => set.matters.add(matter)); }
        }
      }
    }

    for (const kind of people) {
      for (const text of kind.said.split("|")) {
        const sequence = sequenceOf(text);
        sequence.parts[0].tellings.push({ kind, sequence });
      }
    }

    /* Parts, and what stands before each. */
    function sequenceOf(text) {
      const pieces = ` ${text}`.split(/([ ~+])/).slice(1);
      return { parts: pieces.filter((_, at) => at % 2).map(setOf), joints: pieces.filter((_, at) => at % 2 === 0) };
    }

    /* The words of a part or of a class: the sets that have them all, too, as outer ones; the expressions that begin with
       them; the sequences that begin with them and are a word of a class. */
    function setOf(text) {
      if (!sets.has(text)) {
        const set = { outer: [], expressions: [], tellings: [], compounds: [], matters: new Set() };
        sets.set(text, set);
        for (const word of (/^[A-Z]+$/.test(text) ? classes[numberOf(text)] : text).split("/")) { enter(word, set); }
      }
      return sets.get(text);
    }

    function enter(word, set) {
      if (/[~+]/.test(word)) {
        const sequence = sequenceOf(word);
        sequence.parts[0].compounds.push({ set, sequence });
      } else if (/^[A-Z]/.test(word)) {
        setOf(word).outer.push(set);
      } else {
        longest = Math.max(longest, word.length);
        setsWith.set(word, [...(setsWith.get(word) || []), set]);
      }
    }

    /* --- What is said ------------------------------------------------------------------------------------------ */

    /* The known words in a text, each with its place and the sets that have it, the longest first. */
    function wordsIn(text) {
      const found = [];
      for (let length = Math.min(longest, text.length); length > 0; length -= 1) {
        for (let from = 0; from + length <= text.length; from += 1) {
          const having = setsWith.get(text.slice(from, from + length));
          if (having) { found.push({ place: [from, from + length], having: withOuter(having) }); }
        }
      }
      return found;
    }

    function withOuter(some) {
      const all = new Set(some);
      for (const set of all) { set.outer.forEach(outer => all.add(outer)); }
      return [...all];
    }

    /* Where the words of each set stand. */
    function placesOf(words) {
      const places = new Map();
      const add = (set, place) => places.set(set, [...(places.get(set) || []), place]);
      for (const { place, having } of words) { having.forEach(set => add(set, place)); }
      for (const { set, sequence } of [...places.keys()].flatMap(first => first.compounds)) {
        for (const way of waysOf(sequence, places)) {
          withOuter([set]).forEach(one => add(one, [way[0][0], way[way.length - 1][1]]));
        }
      }
      return places;
    }

    /* Yields the places of the parts for every way in which they are said. */
    function* waysOf({ parts, joints }, places, way = []) {
      const at = way.length;
      if (at === parts.length) {
        yield way;
        return;
      }
      for (const place of places.get(parts[at]) || []) {
        const gap = joints[at] === " " ? 0 : place[0] - way[at - 1][1];
        if (gap >= 0 && gap <= (joints[at] === "~" ? SOON : 0) && isFree(place, way)) {
          yield* waysOf({ parts, joints }, places, [...way, place]);
        }
      }
    }

    function isFree([from, to], taken) { return taken.every(other => to <= other[0] || other[1] <= from); }

    /* The expressions that are said, each with a way, and the characters that it takes. */
    function saidIn(places) {
      const said = [];
      for (const { matter, kind, sequence } of [...places.keys()].flatMap(set => set.expressions)) {
        const ways = waysOf(sequence, places);
        const { value: way } = ways.next();
        if (way) { said.push({ matter, kind, way, ways, characters: charactersOf(way) }); }
      }
      return said;
    }

    function charactersOf(way) {
      return way.flatMap(([from, to]) => Array.from({ length: to - from }, (_, at) => from + at)).sort((a, b) => a - b);
    }

    /* Who one says that one is. */
    function peopleIn(text) {
      const said = plainly(text.slice(0, MOST_READ));
      const places = placesOf(wordsIn(said));
      const found = new Map();
      for (const { kind, sequence } of [...places.keys()].flatMap(set => set.tellings)) {
        const words = [...waysOf(sequence, places)].flat().map(([from, to]) => said.slice(from, to));
        if (words.length) { found.set(kind, [...(found.get(kind) || []), ...words]); }
      }
      return [...found].map(([{ formal, before }, words]) => ({ formal, before, words }));
    }

    /* --- What it tells ----------------------------------------------------------------------------------------- */

    /* What is said of matters, the surest first, each with the characters that say it. */
    function cluesIn(words) {
      const counts = new Map(words.map(({ place, having }) => [String(place), mattersWith(having).size]));
      const rarityAt = place => rarityOf(counts.get(String(place)) || 1);
      const said = saidIn(placesOf(words));
      const phrases = said.filter(({ kind, characters }) => kind !== "people" && isRun(characters));
      const clues = said.map(clue => {
        const ifRare = IF_RARE.includes(clue.kind) ? Math.max(...clue.way.map(rarityAt)) : 1;
        const sure = STRENGTH[clue.kind] * ifRare * (isContained(clue, phrases) ? CONTAINED : 1);
        const specific = 1 - DOUBT_LEFT ** Math.max(0, clue.characters.length - 2);
        return { ...clue, sure: sure + (1 - sure) * sure * specific };
      });
      return clues.sort((a, b) => b.sure - a.sure);
    }

    function isRun(characters) { return characters[characters.length - 1] - characters[0] === characters.length - 1; }

    /* Whether an expression is said only inside longer phrases that tell at least as much, and are of other matters. */
    function isContained({ matter, kind, ways, characters }, phrases) {
      const isInside = some => {
        const longer = phrases.filter(phrase =>
          phrase.characters.length > some.length && some.every(at => phrase.characters.includes(at)));
        return longer.some(other => STRENGTH[other.kind] >= STRENGTH[kind]) && !longer.some(other => other.matter === matter);
      };
      if (!isInside(characters)) { return false; }
      for (const way of ways) {
        if (!isInside(charactersOf(way))) { return false; }
      }
      return true;
    }

    /* What single words tell, by matter. Of words that overlap the longest counts. */
    function hintsIn(words) {
      const hints = new Map();
      for (const { place, having } of words.filter(word => word.place[1] - word.place[0] > 1)) {
        const some = mattersWith(having);
        for (const matter of some) {
          const hint = hints.get(matter) || { taken: [], weight: 0 };
          if (isFree(place, hint.taken)) {
            hint.taken.push(place);
            hint.weight += rarityOf(some.size);
            hints.set(matter, hint);
          }
        }
      }
      return hints;
    }

    function mattersWith(having) { return new Set(having.flatMap(set => [...set.matters])); }

    /* From 0 to 1, the more the fewer matters have a word. */
    function rarityOf(count) { return 1 - Math.log(count) / Math.log(matters.length + 1); }

    function inText(asked) {
      const called = matters.find(matter => plain(matter.name) === asked);
      if (called) { return [{ matter: called, sure: 1 }]; }
      const words = wordsIn(plainly(asked.slice(0, MOST_READ)));
      const found = new Map();
      const finding = matter => {
        if (!found.has(matter)) { found.set(matter, { doubt: 1, used: new Set(), isLed: false }); }
        return found.get(matter);
      };
      for (const { matter, kind, characters, sure } of cluesIn(words)) {
        const of = finding(matter);
        const fresh = characters.filter(at => !of.used.has(at)); // what the same characters say again counts no more
        of.doubt *= 1 - sure * fresh.length / characters.length;
        fresh.forEach(at => of.used.add(at));
        of.isLed = of.isLed || kind !== "people";
      }
      for (const [matter, { weight }] of hintsIn(words)) {
        const of = finding(matter);
        of.doubt *= 1 - HINTED * (1 - Math.exp(-weight));
        of.isLed = true;
      }
      const led = [...found].filter(([, { isLed }]) => isLed).map(([matter, { doubt }]) => ({ matter, sure: 1 - doubt }));
      return led.sort((a, b) => b.sure - a.sure);
    }

    /* --- What may be meant ------------------------------------------------------------------------------------- */

    /* The matters of words that begin with a text, where it tells of few; by name, the likeliest first. */
    function begunBy(text) {
      const words = [...setsWith.keys()].filter(word => word.startsWith(plainly(text)));
      const having = mattersWith(words.flatMap(word => withOuter(setsWith.get(word))));
      const order = new Map(inText(text).map(({ matter }, at) => [matter, at]));
      const placeOf = matter => (order.has(matter) ? order.get(matter) : order.size);
      return having.size <= MOST_BEGUN ? [...having].sort((a, b) => placeOf(a) - placeOf(b)).map(({ name }) => name) : [];
    }

    /* The lists with words of a text in their names, then those of the topics of what was found; else the longest of topics. */
    function near(text, topics) {
      const isIn = pair => pair.length > 1 && text.includes(pair);
      const all = rowsOf(data.lists).map(list => {
        const shared = [...list.name].filter((_, at) => isIn(list.name.slice(at, at + 2))).length;
        return { ...list, closeness: shared + topics.filter(topic => topic === list.name).length / 100 };
      });
      const close = all.filter(({ closeness }) => closeness).sort((a, b) => b.closeness - a.closeness).slice(0, MOST_NEAR);
      const longest = all.filter(({ url }) => url.startsWith("topics/")).sort((a, b) => b.size - a.size).slice(0, LONGEST);
      return close.length ? close : longest;
    }

    return { in: inText, people: peopleIn, begun: begunBy, near, plainly, words: () => setsWith.keys() };
  }

  /* Capital letters as a number: A is 0, Z is 25, AA is 26. */
  function numberOf(letters) {
    return [...letters].reduce((number, letter) => (number + 1) * 26 + letter.charCodeAt(0) - 65, -1);
  }

  /* From rows "plain word/what is said for it/…", what brings a text into plain words: of words that overlap, the longest. */
  function replacer(rows) {
    const plainWords = new Map();
    for (const row of rows) {
      const said = row.split("/");
      said.forEach(word => plainWords.set(word, said[0]));
    }
    const longestFirst = [...plainWords.keys()].sort((a, b) => b.length - a.length);
    const any = new RegExp(longestFirst.join("|") || "(?!)", "g");
    return text => text.replace(any, word => plainWords.get(word));
  }

  globalThis.createMatters = createMatters;
})();
