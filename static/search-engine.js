/* Ranks the items of a site for a question in people's own words. It knows no page: the search page runs it in the browser,
   `build.py check --search` runs it in V8.

   fold.js, search-numbers.js, search-packed.js and search-events.js are run before it, search-letters.js before engine.learn, search-matters.js before
   engine.understand.

   createSearchEngine(about) returns an engine. engine.add(table) makes items known to it, engine.read(table) what their guides
   tell, engine.learn(characters, pairs) how characters are read, their simplified forms, and what pairs of them items have that
   are not there, engine.understand(speech) how people speak of matters of life, and engine.find(question) returns the items that
   answer, best first.
   builder/render/pages/search.py writes `about`, items, `characters` and `speech`, search_texts.py what guides tell.

   A token is a pair of neighbouring characters of a word; a word of one character or in latin letters is a token itself. A
   sound is a token in pinyin, jiu'zhu for 救助. A clipped token stands for two words of a name: 就补 for 就业补贴. */
(() => {
  "use strict";

  /* What a token counts by where an item has it: in a name, or in a column. */
  const IN_NAME = 1;
  const IN_COLUMN = { audiences: 0.6, topics: 0.4, department: 0.45, summary: 0.4 };
  const TOLD = { things: 0.55, gets: 0.5, who: 0.45, how: 0.35 }; // in a text of its guide

  /* What part of that counts where the item has not quite the token. */
  const SAME_SOUND = 0.6; // it has one that sounds the same
  const BROKEN_WORD = 0.5; // it has not the whole word that the token belongs to
  const SYNONYM = 0.9; // it has a word of the same meaning
  const CLIPPED = { 2: 0.8, 4: 0.6 }; // its name has words that begin so many characters from each other

  /* What part of its rarity a token costs that no item has: in a long question most of them are talk. */
  const TALK = 0.2;
  const TOKENS_WITHOUT_TALK = 2; // of a question up to which all of it counts

  /* What the age of which a question speaks adds where it fits the names of an item or its text, and takes where it does not. */
  const AGE_IN_NAME = 0.4;
  const AGE_TOLD = 0.2;

  /* What an item gains whose matter the question surely speaks of. Less where a name answers well, nothing where one is meant. */
  const LED = 1;
  const LEADING_NAME = 1; // a score up to which a name says little
  const MEANT_NAME = 1.8; // a score of an item whose name was typed
  const NOWHERE = new Map();
  const NO_MATTER = { name: "", gain: 0, sure: 0 };
  const FOR_PEOPLE = 0.7; // what an item gains that is for the people of whom one is, if few are
  const FOR_IN_TEXT = 0.5; // what part of that where only a text says so
  const BECOME = 0.5; // what part as sure the matter is by which one became what one is, if one speaks of another
  const SURELY_ANOTHER = 0.5; // how sure that is
  const ALSO_LED = 0.4; // what part of its gain the next matter of an item adds: 药费 of 超转人员
  const LATER_ITEM = 0.85; // what part of it the next item of the same matter gains: so that two likely matters both show early
  const LAST_ITEM = 0.5;
  const HEARD = 0.9; // what part as sure a matter is that is there only once wrong characters were corrected
  const LEAST_SURE = 0.1; // of a matter that leads to its items, where words lead to some, too
  const LEAST_MEANT = 0.2; // of one that leads alone, or that a visitor is asked about
  const LEAST_NAMED = 0.4; // and of one by which items are said to be found
  const NEARLY_AS_SURE = 0.7; // what part of the surest matter's another may be meant by
  const MOST_MEANT = 3; // matters that a visitor is asked about
  const MOST_BEGUN = 5; // matters whose name he may be typing
  const GOOD_SCORE = 1; // of an item that answers a question well
  const FAIR_SCORE = 0.5; // of one that may be what is meant
  const SURE = 0.6; // how surely an answer fits that leaves no doubt
  const FITTING = 0.3; // and one that fits at all
  const BEST = 10; // items that tell how good an answer is

  const LEAST_SPELLED = 0.6; // what a token counts that letters may stand for: of a name, or of whom it is for
  const DOUBT = 15; // by how much more a reading of letters costs than the likeliest, for its scores to fall to a third
  const TOLD_OF_PLACES = 5; // how often the name of a place counts as written, for one in the name of an item
  const LEAST_TRUST = 0.5; // in another reading than the likeliest

  const LEAST_UNDERSTOOD = 0.1; // what part of what a question tells has to be known
  const LOWEST_SCORE = 0.12;
  const PART_OF_BEST = 0.3; // what part of the best answer's score another answer must have
  const PART_OF_BEST_NEARBY = 0.2; // and one of the place that the question names
  const FEW_NEARBY = 5; // with fewer answers of that place, those of other places come after them

  const MOST_VARIANTS = 6; // of a question, in other words
  const LONGEST_CORRECTED = 8; // characters of a question up to which wrong ones are corrected; a longer one has others to go by
  const RARER_ACROSS_WORDS = 3; // how many times rarer a token is that belongs to two words

  const WRITTEN = /[0-9a-z\u3400-\u9fff]/; // what is left of a text besides spaces

  /* What people wrap their question in; it says nothing of the matter. */
  const WRAPPING = new RegExp([
    "请问(?:一下)?", "我想(?:要|问)?", "我要", "想要", "想问",
    "怎么(?:办理|办|样|弄|申请|领取|领|才能|能)?", "如何", "怎样", "能(?:办|领)(?=什么|吗|不)",
    "需要(?:带|准备|交)?(?:些)?什么(?:材料|证件|手续|东西)?", "要(?:带|准备|交)什么(?:材料|证件|手续|东西)?",
    "带什么(?:材料|证件)?", "(?:要|有)?什么(?:材料|证件|手续|条件|时候|地方|流程)?", "有(?:哪些|什么|没有)", "哪些",
    "可以(?:吗)?", "能不能", "可不可以", "是不是", "能(?:不能)?(?:够)?",
    "在?(?:哪里|哪儿|哪)(?:办理|办|领|交|能办|可以办)?", "去(?:哪里|哪儿|哪)(?:告|办|领)?",
    "多(?:久|长时间|少天|少钱|少)(?:能|可以)?", "几天", "下来", "拿到",
    "国家", "政府", "给(?!养)", "吗", "呢", "啊", "吧", "呀", "了吗", "一下", "的话", "怎么", "还能", "谁管",
  ].join("|"), "g");

  const { agesIn, ageTold, fitOfAge } = globalThis.searchNumbers;
  const isLatin = word => /^[a-z][a-z0-9]*$/.test(word);
  const hasLatin = text => /[a-z]/.test(text);
  const joined = text => text.replace(/ /g, "");
  const hasDigit = text => /\d/.test(text);
  const isSound = piece => piece.includes("'");
  const sum = numbers => numbers.reduce((total, number) => total + number, 0);
  const longestFirst = (a, b) => b.length - a.length;

  /* A table names its columns; in those that are shared stand numbers of texts, or texts. Returns an object a row. */
  function rowsOf({ columns, rows, shared = [], texts = [] }) {
    const textOf = value => (Array.isArray(value) ? value.map(textOf) : typeof value === "number" ? texts[value] : value);
    const isShared = columns.map(name => shared.includes(name));
    return rows.map(row => Object.fromEntries(columns.map((name, at) => [name, isShared[at] ? textOf(row[at]) : row[at]])));
  }

  /* The same of a table that is written column by column, its shared columns and its texts packed. */
  function rowsByColumn({ cells, texts, ...table }) {
    const unpack = globalThis.unpackerOf(table);
    const [first, ...others] = cells;
    const plain = others.map(column => column.map(some => some.map(text => (typeof text === "number" ? text : unpack(text)))));
    return rowsOf({ ...table, texts: texts.map(unpack), rows: first.map((id, at) => [id, ...plain.map(column => column[at])]) });
  }

  function put(map, key, value) { if (map.has(key)) { map.get(key).push(value); } else { map.set(key, [value]); } }

  function tokensOf(word) {
    return word.length < 2 || isLatin(word) ? [word] : [...word].slice(1).map((_, at) => word.slice(at, at + 2));
  }

  /* From pairs of characters, a traditional one and its simplified form. */
  function simplifiedForms(pairs) {
    const forms = new Map();
    for (let at = 0; at + 1 < pairs.length; at += 2) { forms.set(pairs[at], pairs[at + 1]); }
    return forms;
  }

  /* From the characters by syllable, the syllables by character. */
  function readingsOf(charactersBySyllable) {
    const readings = new Map();
    for (const [syllable, characters] of Object.entries(charactersBySyllable)) {
      for (const character of characters) { readings.set(character, [...(readings.get(character) || []), syllable]); }
    }
    return readings;
  }

  function createSearchEngine(about) {
    const areas = rowsOf(about.areas);
    const lines = areas.map((_, number) => lineOf(number));
    const tables = []; // what was added
    const told = []; // and what was read
    let events; // what may have happened, in the words that are known
    let simplified = new Map();
    let readings = new Map();
    let hasLearned = false;
    let synonyms; // groups of words
    let places; // what areas are called
    let entries; // items with what ranking needs of them
    let sources; // by what it counts, the texts of entries, each once with the entries that have it
    let foldings; // texts in one form
    let postings; // for a token, the sources that have it
    let havings; // for a token or a sound that was asked for, what it counts in each entry that has it
    let counts; // and how many these are
    let namesakes; // entries by a name
    let clippings; // the same for clipped tokens
    let bySound; // tokens, once they are asked for
    let called; // the matters of items, by what a question is that is the name of one
    let last; // the question that was looked at last
    let matters = null; // what people speak of, once it is known
    let letters = null; // what reads them as characters, once they were learned and a question has some
    let createReader = null; // what makes it
    let elsewhere = []; // pairs of characters of items that may be added later
    let isRead = false; // whether it knows what is known here
    const members = new Map(); // the entries to which a matter leads
    const meantFor = new Map(); // and what counts that an entry is for people, by the words of such items
    reset();

    function reset() {
      entries = [];
      sources = new Map();
      foldings = new Map();
      postings = new Map();
      namesakes = new Map();
      clippings = new Map();
      called = new Map();
      forget();
      nameWorld();
    }

    function nameWorld() {
      events = null;
      synonyms = about.synonyms.map(group => group.map(fold));
      places = placesOf();
    }

    /* Items are entered anew only where they are written in traditional characters. */
    function learn(characters, pairs = {}) {
      simplified = simplifiedForms(characters.traditional);
      readings = readingsOf(characters.read);
      letters = null;
      createReader = () => globalThis.createLetters(characters.read, characters.also);
      elsewhere = Object.keys(pairs);
      hasLearned = true;
      if ([...postings.keys()].some(piece => simplified.has(piece))) {
        reset();
        tables.forEach(enter);
        told.forEach(takeIn);
      } else {
        forget();
        nameWorld();
      }
    }

    function understand(speech) {
      matters = globalThis.createMatters(speech, inPlainWords);
      events = null;
      isRead = false;
      last = {};
    }

    function add(table) {
      tables.push(table);
      enter(table);
    }

    function enter(table) {
      forget();
      isRead = false;
      for (const item of rowsOf(table)) {
        const entry = entryOf(item, entries.length);
        entries.push(entry);
        for (const text of new Set(entry.names.map(name => name.text))) { put(namesakes, text, entry); }
        for (const name of item.matters) { called.set(joined(foldOnce(name)), name); }
      }
    }

    /* What guides tell makes items that are known easier to find. */
    function read(table) {
      told.push(table);
      takeIn(table);
    }

    function takeIn(table) {
      forget();
      const known = new Map(entries.map(entry => [entry.item.id, entry]));
      for (const row of rowsByColumn(table).filter(({ id }) => known.has(id))) {
        const entry = known.get(row.id);
        const { id, ...columns } = row;
        const texts = Object.keys(TOLD).flatMap(column => columns[column] || []);
        weighColumns(entry, columns, TOLD);
        entry.who.push(...(columns.who || []));
        entry.told.push(...texts);
        entry.agesTold.push(...texts.map(foldOnce).filter(hasDigit).flatMap(agesIn));
      }
    }

    /* What was found out of the items holds no more. */
    function forget() {
      last = {};
      members.clear();
      meantFor.clear();
      bySound = null;
      havings = new Map();
      counts = new Map();
    }

    /* How many entries have a token or a sound. */
    function countOf(piece) {
      if (!counts.has(piece)) { counts.set(piece, isSound(piece) ? havingOf(piece).size : countIn(postings.get(piece) || [])); }
      return counts.get(piece);
    }

    /* How many entries have one of some sources. */
    function countIn(some) {
      const having = new Set();
      for (const source of some) { source.entries.forEach(entry => having.add(entry)); }
      return having.size;
    }

    /* The entries that have a token or a sound, with what it counts in each. It is put together when a question has it: for every
       token and sound of all texts it would take longer than anybody waits. */
    function havingOf(piece) {
      if (!havings.has(piece)) {
        const having = new Map();
        for (const token of isSound(piece) ? tokensSounding(piece) : [piece]) {
          for (const { weight, entries: some } of postings.get(token) || []) {
            some.forEach(entry => { if (!(having.get(entry) >= weight)) { having.set(entry, weight); } });
          }
        }
        havings.set(piece, having);
      }
      return havings.get(piece);
    }

    /* How much a token tells: little when many items have it. */
    function rarity(token) { return Math.log(1 + entries.length / (countOf(token) + 0.5)); }

    /* --- Texts ------------------------------------------------------------------------------------------------- */

    /* One form for what people write in several ways: the words of a text, with numbers in digits. */
    function fold(text) { return inPlainWords(globalThis.foldText(text, simplified)); }

    /* The same for the texts of entries, many of which have the same. */
    function foldOnce(text) {
      if (!foldings.has(text)) { foldings.set(text, fold(text)); }
      return foldings.get(text);
    }

    /* A text as events compare it, and the same without question words. */
    function unwrapped(text) {
      const words = matters ? matters.plainly(fold(text)) : fold(text);
      return [joined(words), joined(words.replace(WRAPPING, ""))];
    }

    function inPlainWords(text) {
      return globalThis.searchNumbers.inDigits(text).replace(/啥/g, "什么").replace(/咋/g, "怎么");
    }

    /* The sound of a token, "" where it is not known. */
    function soundOf(token) {
      const first = readings.get(token[0]);
      const second = readings.get(token[1]);
      return first && second ? `${first[0]}'${second[0]}` : "";
    }

    /* Where one word ends and the next begins in what stands without a space: at tokens that are much rarer than those beside
       them. One character at the end belongs to the word before it, as in 社保卡; at the beginning it may be a verb. */
    function bordersOf(word) {
      const isBorder = at => {
        const after = countOf(word.slice(at, at + 2));
        const before = at > 1 ? countOf(word.slice(at - 2, at)) : after;
        return at < word.length - 1 && countOf(word.slice(at - 1, at + 1)) * RARER_ACROSS_WORDS <= Math.min(before, after);
      };
      return [true, ...[...word].slice(1).map((_, at) => isBorder(at + 1)), true];
    }

    /* --- Items ------------------------------------------------------------------------------------------------- */

    function entryOf(item, number) {
      const names = namesOf(item);
      const entry = { item, number, names, ages: names.flatMap(({ text }) => agesIn(text)), told: [], who: [], agesTold: [] };
      entry.names.forEach(name => {
        weigh(entry, name.words, IN_NAME);
        clip(entry, name.text);
      });
      weighColumns(entry, item, IN_COLUMN);
      return entry;
    }

    function weighColumns(entry, columns, weights) {
      for (const [column, weight] of Object.entries(weights)) {
        [].concat(columns[column] || []).forEach(text => weigh(entry, foldOnce(text), weight));
      }
    }

    function clip(entry, name) {
      for (const [distance, weight] of Object.entries(CLIPPED)) {
        for (let at = Number(distance); at < name.length; at += 1) {
          const piece = name[at - distance] + name[at];
          if (!clippings.has(piece)) { clippings.set(piece, new Map()); }
          const having = clippings.get(piece);
          if (!(having.get(entry) >= weight)) { having.set(entry, weight); }
        }
      }
    }

    /* Where an everyday word points to several items, the editors put the likelier first. */
    function namesOf(item) {
      return [
        ...[item.title, item.name, ...item.aliases].filter(Boolean).map(text => nameOf(text, 1)),
        ...item.everyday.map(([text, rank]) => nameOf(text, 1 - 0.01 * Math.min(rank, 10))),
      ];
    }

    function nameOf(text, trust) {
      const words = foldOnce(text);
      const latin = hasLatin(words) ? words.split(" ").filter(isLatin) : [];
      return { words, text: joined(words), tokens: [...tokensOf(joined(words)), ...latin], trust };
    }

    function weigh(entry, text, weight) {
      if (!sources.has(weight)) { sources.set(weight, new Map()); }
      const byText = sources.get(weight);
      if (!byText.has(text)) {
        const source = { weight, entries: [] };
        byText.set(text, source);
        for (const piece of new Set(text.split(" ").filter(Boolean).flatMap(piecesOf))) { put(postings, piece, source); }
      }
      byText.get(text).entries.push(entry);
    }

    /* The tokens of a word, and its characters. */
    function piecesOf(word) { return isLatin(word) ? [word] : [...tokensOf(word), ...word]; }

    /* --- Places ------------------------------------------------------------------------------------------------ */

    /* An area and those above it, by number. */
    function lineOf(number) {
      const line = [];
      for (let at = number; at >= 0 && !line.includes(at); at = areas[at].above) { line.push(at); }
      return line;
    }

    /* Every name of an area, the longest first, with the areas that are called so and how it stands in a question. */
    function placesOf() {
      const numbers = new Map();
      areas.forEach((area, number) => {
        for (const name of area.names.map(fold).map(joined)) { numbers.set(name, [...(numbers.get(name) || []), number]); }
      });
      const names = [...numbers.keys()].filter(name => name.length > 1).sort(longestFirst);
      return names.map(name => ({ name, areas: numbers.get(name), pattern: patternOf(name) }));
    }

    function patternOf(name) {
      const level = "(?:(?:地区|街道|社区|[省市区县镇乡村])(?![民场政]))?";
      return new RegExp(`(?:我?(?:住在|住|是|在))?${name}${level}(?:这边|这里|那边|那里|本地)?的?`, "g");
    }

    /* The question without the place that it names, and the place: what it is called, the areas with items that it means,
       and those above them; null for none. A question that is the name of an item names no place: 北京市居住证. */
    function locate(asked) {
      let text = fold(asked);
      const bare = joined(text);
      if (namesakes.has(bare)) { return { text: asked, place: null }; }
      const named = places.filter(place => {
        const rest = text.replace(place.pattern, " ");
        const isNamed = rest !== text;
        text = rest;
        return isNamed;
      });
      return { text: named.length ? text : asked, place: placeOf(named, text) };
    }

    function placeOf(named, rest) {
      const numbers = areasNamed(named);
      if (!numbers.length) { return null; }
      const depth = place => lines[place.areas[0]].length;
      return {
        name: [...named].sort((a, b) => depth(b) - depth(a))[0].name,
        areas: numbers,
        above: numbers.flatMap(number => lines[number]),
        isAll: !joined(rest.replace(WRAPPING, "")),
      };
    }

    /* The areas with items for which the most of the names that were said stand. */
    function areasNamed(named) {
      const said = areas.map((area, number) => {
        const stands = place => place.areas.some(above => lines[number].includes(above));
        return area.id ? named.filter(stands).length : 0;
      });
      const most = said.reduce((a, b) => Math.max(a, b), 1);
      return [...said.keys()].filter(number => said[number] === most);
    }

    /* --- Questions --------------------------------------------------------------------------------------------- */

    /* A question in its parts, kept until the next one is asked. Letters in it are read as characters, in the likeliest way
       and in `others`. */
    function parsed(asked) {
      if (last.asked !== asked) {
        const [{ read, text, place, question }, ...others] = inCharacters(asked).map(reading => {
          const located = locate(reading.text);
          return { ...located, read: reading.text, trust: reading.trust, question: parse(located.text) };
        });
        const unknown = ({ tokens }) => tokens.filter(token => !countOf(token)).length;
        const known = others.filter(other => other.trust >= LEAST_TRUST && unknown(other.question) <= unknown(question));
        last = { asked, read, text, place, question, others: known, isSpelled: hasLatin(fold(asked)) };
      }
      return last;
    }

    function inCharacters(asked) {
      const folded = fold(asked);
      if (!createReader || !hasLatin(folded)) { return [{ text: asked, trust: 1 }]; }
      letters = letters || createReader();
      if (!isRead) { readAll(); }
      const readings = letters.read(folded);
      return readings.map(({ text, cost }) => ({ text, trust: Math.exp((readings[0].cost - cost) / DOUBT) }));
    }

    function readAll() {
      const named = entries.flatMap(entry => entry.names.map(({ words }) => words));
      const fields = new Set(entries.flatMap(({ item }) => [item.department, item.topics, item.audiences].flat()));
      const placed = places.flatMap(({ name }) => Array(TOLD_OF_PLACES).fill(name));
      const weighty = some => countIn(some.filter(({ weight }) => weight >= LEAST_SPELLED));
      const spelled = new Map([...postings].map(([piece, some]) => [piece, weighty(some)]).filter(([, count]) => count));
      letters.know(spelled, [...named, ...[...fields].map(fold), ...placed, ...synonyms.flat()], [...elsewhere, ...(matters ? matters.words() : [])]);
      isRead = true;
    }

    /* The events that a question tells, with their pages in the place that it names, if there are some. */
    function eventsIn(asked) {
      const { text, place } = parsed(asked);
      events = events || globalThis.createEvents(about.events || [], areas, unwrapped);
      return events.in([asked, text]).map(event => {
        const near = event.pages.filter(({ area }) => place && place.areas.includes(area));
        return { ...event, pages: (near.length ? near : event.pages).map(page => ({ ...page, area: areaName(page.area) })) };
      });
    }

    function parse(asked) {
      const whole = fold(asked);
      const unwrapped = whole.replace(WRAPPING, " ").replace(/ +/g, " ").trim();
      const words = (joined(unwrapped).length >= 2 ? unwrapped : whole).split(" ").filter(Boolean);
      const tokens = words.filter(word => word.length > 1 || words.length === 1).flatMap(tokensOf);
      const different = [...new Set(tokens)];
      const telling = sum(different.map(rarity)); // how much the question tells
      return { text: whole, whole: joined(whole), bare: words.join(""), words, tokens: different, telling };
    }

    /* The question, and the same in other words. */
    function variantsOf(asked) {
      const question = parse(asked);
      const text = question.words.join(" ");
      const corrections = text.length <= LONGEST_CORRECTED ? corrected(text, question.tokens) : [];
      const texts = [...withSynonyms(text), ...corrections];
      return [question, ...texts.slice(0, MOST_VARIANTS - 1).map(parse)];
    }

    function withSynonyms(text) {
      const isSaid = word => text.includes(word);
      return synonyms.flatMap(group => {
        const said = group.filter(isSaid).sort(longestFirst)[0];
        return said ? group.filter(word => !isSaid(word)).map(word => text.replace(said, word)) : [];
      });
    }

    function corrected(text, tokens) {
      return tokens.flatMap(token => {
        const meant = heard(token);
        return meant ? [text.replace(token, meant)] : [];
      });
    }

    /* For a token that no item has, the commonest that sounds the same and shares a character with it: 低保 for 低宝. */
    function heard(token) {
      if (token.length !== 2 || countOf(token) || !hasLearned) { return ""; }
      const alike = tokensSounding(soundOf(token)).filter(other => other[0] === token[0] || other[1] === token[1]);
      return alike.reduce((meant, other) => (countOf(other) > Math.max(1, countOf(meant)) ? other : meant), "");
    }

    function tokensSounding(sound) {
      if (!bySound) {
        bySound = new Map();
        for (const token of postings.keys()) {
          const its = token.length === 2 ? soundOf(token) : "";
          if (its) { put(bySound, its, token); }
        }
      }
      return bySound.get(sound) || [];
    }

    /* --- Finding ----------------------------------------------------------------------------------------------- */

    /* The items of a place that is named come first, then those of the places above it, then, where they are few, the others. */
    function find(asked) {
      const { text, place, others } = parsed(asked);
      const matter = called.get(joined(fold(text)));
      if (matter) { return nearestFirst(answersOf(matter), place); }
      if (!place) { return candidates(text, others, PART_OF_BEST); }
      const isHere = ({ entry }) => place.areas.includes(entry.item.area);
      const isAbove = ({ entry }) => place.above.includes(entry.item.area);
      if (place.isAll) { return entries.map(entry => ({ entry, score: 1 })).filter(isHere); }
      const found = candidates(text, others, PART_OF_BEST_NEARBY);
      const away = found.filter(one => !isHere(one));
      const near = [...bestOf(found.filter(isHere), PART_OF_BEST), ...bestOf(away.filter(isAbove), PART_OF_BEST)];
      return near.length < FEW_NEARBY ? [...near, ...bestOf(away.filter(one => !isAbove(one)), PART_OF_BEST)] : near;
    }

    /* All items of a matter and those that have its name, each with its score. */
    function answersOf(matter) {
      const found = new Map(candidates(matter, [], 0).map(one => [one.entry, one]));
      const all = entriesOf(matter).map(entry => found.get(entry) || { entry, score: GOOD_SCORE });
      return all.sort((a, b) => b.score - a.score || a.entry.number - b.entry.number);
    }

    function entriesOf(matter) {
      const plain = joined(fold(matter));
      const named = namesakes.get(plain) || [];
      const isItsOwn = entry => entry.item.matters.includes(matter) || named.includes(entry);
      if (!members.has(matter)) { members.set(matter, entries.filter(isItsOwn)); }
      return members.get(matter);
    }

    function nearestFirst(found, place) {
      const distance = ({ entry: { item } }) => (place.areas.includes(item.area) ? 0 : place.above.includes(item.area) ? 1 : 2);
      return place ? found.sort((a, b) => distance(a) - distance(b)) : found;
    }

    /* Those of the sorted candidates whose score is not below a part of the best one's. */
    function bestOf(found, part) {
      return found.filter(({ score }) => score >= found[0].score * part && score >= LOWEST_SCORE);
    }

    /* The items that answer a question in some words, the best first. */
    function candidates(asked, others, part) {
      const best = new Map();
      const raise = (question, trust) => {
        for (const [entry, score] of scoresOf(question)) {
          if (!(best.get(entry) >= score * trust)) { best.set(entry, score * trust); }
        }
      };
      variantsOf(asked).forEach((question, at) => raise(question, at ? SYNONYM : 1));
      others.forEach(other => raise(other.question, other.trust));
      const found = withMatters(asked, best);
      return bestOf(found.sort((a, b) => b.score - a.score || a.entry.number - b.entry.number), part);
    }

    /* Items with their scores, those of the matters that the question speaks of among them, each with the matter that led to it. */
    function withMatters(asked, scores) {
      const best = Math.max(0, ...scores.values());
      const trust = LED * Math.min(1, Math.max(0, (MEANT_NAME - best) / (MEANT_NAME - LEADING_NAME)));
      const likely = lessWhatWas(mattersIn(asked), peopleIn(asked))
        .filter(({ sure }) => sure >= (scores.size ? LEAST_SURE : LEAST_MEANT));
      const led = new Map(likely.map(({ matter: { name }, sure }) => [name, { name, gain: trust * sure, sure }]));
      const gains = gainsOfPeople(asked, trust);
      const found = entries.flatMap(entry => {
        const own = Math.max(0, (scores.get(entry) || 0) + (gains.get(entry) || 0));
        const [matter = NO_MATTER, also = NO_MATTER] = entry.item.matters.map(name => led.get(name)).filter(Boolean).sort((a, b) => b.gain - a.gain);
        return own || matter.gain ? [{ entry, own, matter, also }] : [];
      });
      const counts = new Map(); // of items of a matter that come before
      const asFar = ({ own, also }) => own + (also.sure >= LEAST_NAMED ? ALSO_LED * also.gain : 0);
      return found.sort((a, b) => asFar(b) - asFar(a)).map(({ entry, own, matter, also }) => {
        const earlier = counts.get(matter) || 0;
        counts.set(matter, earlier + 1);
        const gain = matter.gain * Math.max(LATER_ITEM ** earlier, LAST_ITEM);
        return { entry, score: own + gain + ALSO_LED * also.gain, matter: gain > own && matter.sure >= LEAST_NAMED ? matter.name : "" };
      });
    }

    /* Who is what one becomes by a matter seldom means that matter, if he speaks of another. */
    function lessWhatWas(spoken, people) {
      const before = people.flatMap(one => one.before);
      const isAnother = ({ matter, sure }) => sure >= SURELY_ANOTHER && !before.includes(matter.name);
      if (!spoken.some(isAnother)) { return spoken; }
      return spoken.map(one => (before.includes(one.matter.name) ? { ...one, sure: one.sure * BECOME } : one));
    }

    /* What entries gain that are for the people of whom one says that one is, but for those by which one becomes so. */
    function gainsOfPeople(asked, trust) {
      const gains = new Map();
      for (const { formal, before } of peopleIn(asked)) {
        const isBefore = ({ item }) => item.matters.length > 0 && item.matters.every(name => before.includes(name));
        const having = new Map([...forPeople(formal)].filter(([entry]) => !isBefore(entry)));
        const rare = 1 - Math.log(1 + having.size) / Math.log(1 + entries.length);
        having.forEach((weight, entry) => gains.set(entry, (gains.get(entry) || 0) + trust * FOR_PEOPLE * rare * weight));
      }
      return gains;
    }

    function peopleIn(asked) { return matters ? matters.people(joined(fold(asked))) : []; }

    /* The entries that are for people, by the words of such items, each with what counts where it says so. */
    function forPeople(formal) {
      const key = formal.join("|");
      if (!meantFor.has(key)) {
        const isIn = text => formal.some(word => text.includes(word));
        const weightOf = ({ names, item, who }) => {
          if (names.some(({ text }) => isIn(text))) { return 1; }
          return [...item.audiences, item.summary, ...who].some(isIn) ? FOR_IN_TEXT : 0;
        };
        meantFor.set(key, new Map(entries.map(entry => [entry, weightOf(entry)]).filter(([, weight]) => weight)));
      }
      return meantFor.get(key);
    }

    /* The matters that a question speaks of, as far as they are known, the surest first: as it was written, and as heard. */
    function mattersIn(asked) {
      const text = joined(fold(asked));
      const name = called.get(text);
      if (!matters) { return name ? [{ matter: { name, areas: [] }, sure: 1 }] : []; }
      const heardText = tokensOf(text).reduce((corrected, token) => corrected.replace(token, heard(token) || token), text);
      const said = matters.in(text);
      if (heardText === text) { return said; }
      const sure = new Map(said.map(one => [one.matter, one.sure]));
      for (const one of matters.in(heardText)) { sure.set(one.matter, Math.max(sure.get(one.matter) || 0, HEARD * one.sure)); }
      return [...sure].map(([matter, part]) => ({ matter, sure: part })).sort((a, b) => b.sure - a.sure);
    }

    /* The entries that answer a question in these words, with their scores. */
    function scoresOf(question) {
      const asked = question.tokens.map(token => ({ cost: costOf(token, question), ...whereOf(token) }));
      const age = ageTold(question.text);
      const longWords = longWordsOf(question);
      if (!isUnderstood(question)) { return []; }
      const scoreOf = entry => chineseScore(question, asked, longWords, entry) + (age ? gainOfAge(age, entry) : 0);
      return entries.map(entry => [entry, scoreOf(entry)]).filter(([, score]) => score > 0);
    }

    /* Whether enough is known of a question: who asks for 饕餮申请 is not helped by all that can be 申请. */
    function isUnderstood({ tokens, telling }) {
      const isKnown = token => countOf(token) || countOf(soundOf(token)) || clippings.has(token);
      return sum(tokens.filter(isKnown).map(rarity)) > telling * LEAST_UNDERSTOOD;
    }

    /* The entries that have a token, one that sounds the same, or words that begin with its characters. */
    function whereOf(token) {
      return { having: havingOf(token), sounding: havingOf(soundOf(token)), clipping: clippings.get(token) || NOWHERE };
    }

    /* What a token costs an item that has it not. One that is not there may be heard, or else be talk. */
    function costOf(token, { tokens }) {
      if (countOf(token)) { return rarity(token); }
      const sound = soundOf(token);
      const talk = last.isSpelled ? 1 : Math.max(TALK, Math.min(1, TOKENS_WITHOUT_TALK / tokens.length)); // nobody spells talk
      return Math.max(talk * rarity(token), countOf(sound) ? SAME_SOUND * rarity(sound) : 0);
    }

    /* An item for other ages than the one that was told loses, as far as its names tell. */
    function gainOfAge(age, entry) {
      const fit = ages => Math.max(0, ...ages.map(range => fitOfAge(age, range)));
      if (entry.ages.length) { return AGE_IN_NAME * (fit(entry.ages) || -1); }
      return AGE_TOLD * fit(entry.agesTold);
    }

    /* The words of three and more characters of a question, each as the places of its tokens. */
    function longWordsOf(question) {
      const found = [];
      for (const word of question.words) {
        const borders = bordersOf(word);
        let from = 0;
        for (let to = 1; to <= word.length; to += 1) {
          if (borders[to]) {
            if (to - from > 2) { found.push(tokensOf(word.slice(from, to)).map(token => question.tokens.indexOf(token))); }
            from = to;
          }
        }
      }
      return found;
    }

    /* How well an item fits a question in Chinese, from 0 to about 2. Who has 社保 of 社保卡 has not the word. */
    function chineseScore(question, asked, longWords, entry) {
      const weights = asked.map(({ having, sounding, clipping }) => having.get(entry)
        || Math.max(SAME_SOUND * (sounding.get(entry) || 0), clipping.get(entry) || 0));
      for (const word of longWords.filter(places => places.some(at => !weights[at]))) {
        word.forEach(at => { weights[at] *= BROKEN_WORD; });
      }
      const there = sum(weights.map((weight, at) => weight * asked[at].cost));
      if (!there) { return 0; }
      const closest = Math.max(...entry.names.map(name => closeness(question, name) * name.trust));
      return there / sum(asked.map(({ cost }) => cost)) + closest;
    }

    /* How near the question is to one name of an item: 1 when it is the name, a little more when it is so word for word. */
    function closeness({ whole, bare, tokens, telling }, name) {
      if (name.text === whole) { return 1.1; }
      if (name.text === bare) { return 1; }
      const shared = sum(tokens.filter(token => name.tokens.includes(token)).map(rarity));
      if (!shared) { return 0; }
      let near = shared / (telling + sum(name.tokens.map(rarity)) - shared);
      if (name.text.length > 1 && bare.includes(name.text)) { near = Math.max(near, 0.35 + 0.5 * name.text.length / bare.length); }
      if (bare.length > 1 && name.text.includes(bare)) {
        near = Math.max(near, 0.3 + 0.5 * bare.length / name.text.length + (name.text.startsWith(bare) ? 0.1 : 0));
      }
      return Math.min(near, 0.95);
    }

    /* --- What may be meant ------------------------------------------------------------------------------------- */

    /* How surely the items that were found answer a question, from 0 to 1: what part of it one of the best has, or how sure one
       of its matters is. */
    function sureOf(asked, found) {
      const { text, place, others } = parsed(asked);
      if (place && place.isAll) { return 1; }
      const questions = [...variantsOf(text), ...others.map(other => other.question)];
      const led = new Map(mattersIn(text).map(({ matter, sure }) => [matter.name, sure]));
      const best = found.slice(0, BEST).map(({ id }) => entries.find(({ item }) => item.id === id));
      return Math.max(0, ...best.flatMap(entry => [
        ...entry.item.matters.map(name => led.get(name) || 0),
        ...questions.map(question => covered(question, entry)),
      ]));
    }

    /* What part of a question an item has, by how much it tells. */
    function covered({ tokens, telling }, entry) {
      const weight = token => havingOf(token).get(entry) || SAME_SOUND * (havingOf(soundOf(token)).get(entry) || 0);
      return sum(tokens.map(token => rarity(token) * weight(token))) / (telling || 1);
    }

    /* The matters that a question may mean, by name: those in whose names it is; else those of which it speaks, where none stands
       out; in doubt those of what was found, too. Where it is hardly understood, many that are equally likely tell nothing, and
       those come first whose sayings begin as it does. None where it is a name. */
    function meant(asked, found) {
      const { text, question: { bare } } = parsed(asked);
      if (called.has(joined(fold(text)))) { return []; }
      const named = different(namesWith(bare));
      if (named.length > 1) { return named.slice(0, MOST_BEGUN); }
      const sureness = sureOf(asked, found);
      const spoken = different(spokenOf(text, bare, found, sureness));
      return sureness >= SURE && spoken.length < 2 ? [] : spoken.slice(0, MOST_MEANT);
    }

    function spokenOf(text, bare, found, sureness) {
      const spoken = mattersIn(text).filter(({ sure }) => !found.length || sure >= LEAST_MEANT);
      const near = spoken.filter(({ sure }) => sure >= spoken[0].sure * NEARLY_AS_SURE).map(({ matter }) => matter.name);
      if (sureness >= SURE) {
        const isNamed = !found[0].matter && found[0].score >= GOOD_SCORE;
        return isNamed ? [] : near;
      }
      if (sureness >= FITTING || (found.length && found[0].score >= FAIR_SCORE)) { return likeliest(spoken, found); }
      const begun = matters && bare.length > 1 ? matters.begun(bare) : [];
      return [...new Set([...begun, ...(near.length < MOST_MEANT ? near : [])])];
    }

    /* Without those that lead to the same items as one before. */
    function different(names) {
      const isSame = (own, others) => own.length === others.length && own.every((entry, at) => entry === others[at]);
      return names.filter((name, at) => !names.slice(0, at).some(other => isSame(entriesOf(name), entriesOf(other))));
    }

    /* The names of the matters of which a question may speak, and of those of the items that were found first, by likelihood. */
    function likeliest(spoken, found) {
      const likely = new Map(spoken.map(({ matter, sure }) => [matter.name, sure]));
      found.slice(0, MOST_MEANT).forEach(({ score, matters: own }, rank) => {
        for (const name of own) { likely.set(name, (likely.get(name) || 0) + score / (rank + 2)); }
      });
      return [...likely].sort((a, b) => b[1] - a[1]).map(([name]) => name);
    }

    /* The names of matters that have a text: first those of which it is the most, and those of many items. */
    function namesWith(text) {
      const having = [...called].filter(([plain]) => text && plain.includes(text));
      const worth = ([plain, name]) => 4 * text.length / plain.length + Math.log2(1 + entriesOf(name).length);
      return having.sort((a, b) => worth(b) - worth(a)).map(([, name]) => name);
    }

    /* --- Marks ------------------------------------------------------------------------------------------------- */

    /* The parts of `text` that answer the question: [from, to] pairs in order, not overlapping. A word that is not there whole
       is marked by its longest piece that is a word itself, as far as borders tell: 医保 of 新生儿医保, never 生儿 in 学生儿童. */
    function marks(asked, text) {
      const plain = text.toLowerCase();
      const marked = new Set();
      const { words } = parsed(asked).question;
      for (const word of words.filter(({ length }) => length > 1)) {
        if (!mark(word, () => true, plain, marked)) { markPieces(word, plain, marked); }
      }
      const found = [];
      for (const at of [...marked].sort((a, b) => a - b)) {
        if (marked.has(at - 1)) { found[found.length - 1][1] = at + 1; } else { found.push([at, at + 1]); }
      }
      return found;
    }

    function markPieces(word, plain, marked) {
      const borders = bordersOf(word);
      for (let length = word.length - 1; length >= 2; length -= 1) {
        for (let from = 0; from + length <= word.length; from += 1) {
          const starts = at => borders[from] || isEdge(plain, at);
          const ends = at => borders[from + length] || isEdge(plain, at + length);
          mark(word.slice(from, from + length), at => starts(at) && ends(at), plain, marked);
        }
      }
    }

    /* Marks a piece wherever it may be marked; tells whether there is such a place. */
    function mark(piece, mayBeMarked, plain, marked) {
      let isThere = false;
      for (let at = plain.indexOf(piece); at >= 0; at = plain.indexOf(piece, at + 1)) {
        if (mayBeMarked(at)) {
          isThere = true;
          for (let place = at; place < at + piece.length; place += 1) { marked.add(place); }
        }
      }
      return isThere;
    }

    function isEdge(text, at) { return !WRITTEN.test(text.charAt(at - 1)) || !WRITTEN.test(text.charAt(at)); }

    /* What the guide of an item tells that answers the question, "" where its names and its summary tell as much. */
    function answering(asked, { names, item, told: texts }) {
      const { tokens } = parsed(asked).question;
      const tellingIn = text => sum(tokens.filter(token => text.includes(token)).map(rarity));
      const folded = texts.map(fold);
      const most = folded.reduce((best, text, at) => (tellingIn(text) > tellingIn(folded[best]) ? at : best), 0);
      const shown = [...names.map(({ words }) => words), fold(item.summary)].join(" ");
      return texts.length && tellingIn(folded[most]) > tellingIn(shown) ? texts[most] : "";
    }

    /* --- The engine -------------------------------------------------------------------------------------------- */

    const isGood = found => found.length > 0 && found[0].score >= GOOD_SCORE;
    const withItems = areas.filter(area => area.id);
    const areaName = number => (withItems.length > 1 && areas[number] ? areas[number].name : "");

    function shown({ entry, score, matter = "" }) {
      const { item } = entry;
      return { ...item, score, matter, area: areaName(item.area) };
    }

    return {
      add,
      learn,
      read,
      understand,
      fold,
      marks,
      areas: withItems,
      find: asked => find(asked).map(shown),
      answering: (asked, { id }) => answering(asked, entries.find(({ item }) => item.id === id)),
      item: id => entries.filter(({ item }) => item.id === id).map(entry => shown({ entry, score: 0 }))[0],
      place: asked => parsed(asked).place,
      events: eventsIn,

      /* The matters that a question speaks of, each with how sure that is and the numbers of the areas with its items. */
      matters: asked => mattersIn(parsed(asked).text).map(({ matter, sure }) => ({ name: matter.name, areas: matter.areas, sure })),


      /* Whether what was found answers a question: "" for that, else "some" doubt or "much". */
      doubt(asked, found) {
        const sure = sureOf(asked, found);
        return sure >= SURE ? "" : sure >= FITTING ? "some" : "much";
      },
      meant,

      /* How many items a matter leads to. */
      sizeOf: matter => entriesOf(matter).length,

      /* The lists of the site that are nearest to a question, as far as they are known. */
      near(asked, found) {
        return matters ? matters.near(parsed(asked).question.bare, found.slice(0, BEST).flatMap(({ topics }) => topics)) : [];
      },
      tokens: asked => parsed(asked).question.tokens,

      /* Tokens of the question that lead somewhere, the telling ones first. */
      shorter(asked) {
        const leading = parsed(asked).question.tokens.filter(token => token.length > 1 && countOf(token));
        return leading.sort((a, b) => rarity(b) - rarity(a)).slice(0, 4);
      },

      /* As what the letters of a question are read; "" where it has none, or where they may be read in other ways. */
      reading(asked) {
        const { read, others, isSpelled } = parsed(asked);
        return isSpelled && !others.length && joined(fold(read)) !== joined(fold(asked)) ? read : "";
      },

      /* Whether a question is written in letters, so that nothing is found before characters were learned. */
      isSpelled: asked => !hasLearned && hasLatin(fold(parsed(asked).text)),

      /* Whether a question may be answered better once characters were learned: it is short and has a character that no item
         has, or no good answer although it is known how people speak; or its answer stays in doubt although texts were read. */
      isUnsure(asked, found) {
        const { bare } = parsed(asked).question;
        const isStrange = () => [...bare].some(character => !countOf(character)) || (!isGood(found) && this.isOpen(asked, found));
        return !hasLearned && ((bare.length <= LONGEST_CORRECTED && isStrange()) || (told.length > 0 && this.isOpen(asked, found)));
      },

      /* Whether its answer stays in doubt, whatever is known of how people speak: what guides tell may help. */
      isOpen(asked, found) { return !this.isUnclear(asked, found) && Boolean(this.doubt(asked, found)); },

      /* Whether it may be answered better once it is known how people speak: no item was named, and it is not in letters. */
      isUnclear(asked, found) {
        const isNamed = found.length && found[0].score >= MEANT_NAME;
        const { bare } = parsed(asked).question;
        return !matters && !isNamed && bare.length > 1 && !hasLatin(bare);
      },

      /* Whether hardly any item fits, although texts were read: how things go may help. */
      isLost(asked, found) { return told.length > 0 && this.isOpen(asked, found) && this.doubt(asked, found) === "much"; },

      /* Whether nobody has to look into the full texts: it is known how people speak and something was found, or names answer
         well. */
      isAnswered: found => (matters || told.length ? found.length > 0 : found.length >= 3 && isGood(found)),
    };
  }

  globalThis.createSearchEngine = createSearchEngine;
})();
