/* Finds the matters of life that a question speaks of. It knows no page and no items.

   createMatters(data, plain) returns the matters; `plain` brings a text that is folded into plain words and digits.
   matters.in(text) returns those in a folded question, the surest first, each with how sure it is, from 0 to 1.
   matters.begun(text) returns the names of those of which somebody may be going to speak, matters.near(text, topics) the lists of
   the site that are nearest to a text; `topics` are those of the items that were found.

   builder/render/pages/search.py writes `data`. An expression has parts separated by a space, a part has alternatives
   separated by "/", and <7> stands for the words of class 7. All parts have to be in the question, in any order. */
(() => {
  "use strict";

  /* How sure an expression makes of its matter. Who one is adds to other clues and leads nowhere alone. */
  const STRENGTH = { certain: 0.9, likely: 0.6, perhaps: 0.3, things: 0.4, people: 0.2 };
  const MOST_BEGUN = 5; // matters to which the beginning of a word may lead
  const MOST_NEAR = 4; // lists that are shown where no item answers
  const LONGEST = 8; // topics that are shown where nothing is understood
  const HINTED = 0.45; // at most, by single words of a matter's expressions, of which no whole one was said

  function rowsOf({ columns, rows }) {
    return rows.map(row => Object.fromEntries(columns.map((name, at) => [name, row[at]])));
  }

  function createMatters({ classes, lists, matters: table }, plain) {
    const matters = rowsOf(table);
    const numbers = new Map(); // of parts, by how they are written
    const partsWith = new Map(); // numbers of the parts that have a word
    const expressionsOf = []; // by the number of their first part
    const mattersOf = []; // sets, by the number of a part
    let longest = 0;

    for (const matter of matters) {
      for (const kind of Object.keys(STRENGTH)) {
        for (const text of plain(matter[kind]).split("|").filter(Boolean)) {
          const parts = text.split(" ").map(numberOf);
          expressionsOf[parts[0]].push({ matter, kind, parts });
          if (kind !== "people") { parts.forEach(part => mattersOf[part].add(matter)); }
        }
      }
    }

    function numberOf(part) {
      if (!numbers.has(part)) {
        const number = numbers.size;
        numbers.set(part, number);
        expressionsOf.push([]);
        mattersOf.push(new Set());
        for (const word of part.split("/").flatMap(wordsOf)) {
          longest = Math.max(longest, word.length);
          partsWith.set(word, [...(partsWith.get(word) || []), number]);
        }
      }
      return numbers.get(part);
    }

    function wordsOf(word) { return word.startsWith("<") ? plain(classes[parseInt(word.slice(1), 10)]).split("/") : [word]; }

    /* The known words in a text, each with its place and the numbers of its parts, the longest first. */
    function wordsIn(text) {
      const found = [];
      for (let length = Math.min(longest, text.length); length > 0; length -= 1) {
        for (let from = 0; from + length <= text.length; from += 1) {
          const parts = partsWith.get(text.slice(from, from + length));
          if (parts) { found.push({ place: [from, from + length], parts }); }
        }
      }
      return found;
    }

    function placesOf(words) {
      const places = new Map();
      for (const { place, parts } of words) {
        for (const part of parts) { places.set(part, [...(places.get(part) || []), place]); }
      }
      return places;
    }

    /* What the words tell by themselves: the fewer matters have one, the more. Of words that overlap the longest counts. */
    function hintsOf(words) {
      const hints = new Map();
      for (const { place, parts } of words.filter(word => word.place[1] - word.place[0] > 1)) {
        const having = new Set(parts.flatMap(part => [...mattersOf[part]]));
        for (const matter of having) {
          const hint = hints.get(matter) || { taken: [], weight: 0 };
          if (isFree(place, hint.taken)) {
            hint.taken.push(place);
            hint.weight += Math.log(matters.length / having.size) / Math.log(matters.length);
            hints.set(matter, hint);
          }
        }
      }
      return hints;
    }

    function isFree([from, to], taken) { return taken.every(other => to <= other[0] || other[1] <= from); }

    /* Whether all parts have a place of their own. */
    function isSaid(parts, places, taken = []) {
      if (parts.length === taken.length) { return true; }
      const next = places.get(parts[taken.length]) || [];
      return next.some(place => isFree(place, taken) && isSaid(parts, places, [...taken, place]));
    }

    /* The matters of words that begin with a text, where it tells of few; by name. */
    function begunBy(text) {
      const words = [...partsWith.keys()].filter(word => word.startsWith(text));
      const having = new Set(words.flatMap(word => partsWith.get(word)).flatMap(part => [...mattersOf[part]]));
      return having.size <= MOST_BEGUN ? [...having].map(({ name }) => name) : [];
    }

    function inText(text) {
      const called = matters.find(matter => plain(matter.name) === text);
      if (called) { return [{ matter: called, sure: 1 }]; }
      const words = wordsIn(text);
      const places = placesOf(words);
      const doubts = new Map(); // by matter
      const people = new Map(); // the same by what tells only who asks: alone it leads nowhere
      for (const part of places.keys()) {
        for (const { matter, kind, parts } of expressionsOf[part]) {
          if (isSaid(parts, places)) {
            const clues = kind === "people" ? people : doubts;
            clues.set(matter, (clues.has(matter) ? clues.get(matter) : 1) * (1 - STRENGTH[kind]));
          }
        }
      }
      for (const [matter, { weight }] of hintsOf(words)) {
        const hinted = 1 - HINTED * (1 - Math.exp(-weight));
        doubts.set(matter, (doubts.has(matter) ? doubts.get(matter) : 1) * hinted);
      }
      return [...doubts]
        .map(([matter, doubt]) => ({ matter, sure: 1 - doubt * (people.has(matter) ? people.get(matter) : 1) }))
        .sort((a, b) => b.sure - a.sure);
    }

    /* The lists with words of a text in their names, then those of the topics of what was found; else the longest of topics. */
    function near(text, topics) {
      const isIn = pair => pair.length > 1 && text.includes(pair);
      const all = rowsOf(lists).map(list => {
        const shared = [...list.name].filter((_, at) => isIn(list.name.slice(at, at + 2))).length;
        return { ...list, closeness: shared + topics.filter(topic => topic === list.name).length / 100 };
      });
      const close = all.filter(({ closeness }) => closeness).sort((a, b) => b.closeness - a.closeness).slice(0, MOST_NEAR);
      const longest = all.filter(({ url }) => url.startsWith("topics/")).sort((a, b) => b.size - a.size).slice(0, LONGEST);
      return close.length ? close : longest;
    }

    return { in: inText, begun: begunBy, near, words: () => partsWith.keys() };
  }

  globalThis.createMatters = createMatters;
})();
