/* Reads the letters of a question as the characters for which they stand: pinyin as people type it, whole, in first letters, or
   both mixed, beside characters or alone. It knows no page and no items.

   createLetters(charactersBySyllable) returns a reader. reader.know(pieces, names) tells it what the site writes: characters,
   pairs of them and words in latin letters, each with how often it occurs, and texts. reader.read(question) returns the
   likeliest readings of a folded question, best first, each a text with its cost.

   A unit is a character, a number or a word in latin letters. A cost is the negative logarithm of a chance: how seldom the
   units follow each other in what the site writes, and how far what was typed is from how they are spelled. */
(() => {
  "use strict";

  /* What it costs that a syllable was typed otherwise than it is spelled. */
  const ALIKE = 3; // as it is heard: zh and z, n and l, in and ing
  const UNFINISHED = 2; // the question ends within it
  const FIRST_LETTER = 3.5; // by its first letter alone
  const SLIP = 8; // with one letter wrong, missing, doubled or swapped
  const FIRST_LETTERS = 2.5; // a letter of a word that is typed by first letters alone, as the site writes it
  const UNREAD = 4; // a letter of a word that is left as it is
  const LIKELY = 3.77; // a letter, at most, of a reading that is one: others can be found in any letters

  /* What it costs that a unit follows another one as it nowhere does. */
  const BREAK = 6;
  const BREAK_AT_SPACE = 2;

  const PATHS = 40; // ways to read the beginning that are followed
  const BREAKING_PATHS = 3; // those of them that may go on with any unit
  const STARTS = 12; // characters of a syllable with which a word may begin, the commonest
  const LIKELY_WORDS = 8; // that first letters stand for
  const MOST_READINGS = 6;
  const LONGEST_TYPED = 7; // letters of a syllable with a slip

  const ALIKE_INITIALS = [["n", "l"], ["r", "l"], ["z", "zh"], ["c", "ch"], ["s", "sh"], ["f", "h"]];
  const ALIKE_SYLLABLES = ["hui fei", "hu fu", "hua fa", "huan fan", "huang fang", "hun fen", "hong feng", "huo fo"]
    .map(pair => pair.split(" "));

  /* What people wrap a question in, and the site does not write. */
  const WRAPPING = [
    "请问", "我想要", "我要", "想问", "怎么办理", "怎么弄", "怎么申请", "怎么领取", "怎么交", "如何办理", "怎样", "需要什么材料", "需要什么手续",
    "要带什么证件", "需要准备什么", "什么条件", "什么时候", "在哪里办理", "去哪里办", "在哪办", "去哪里领", "去哪里交", "在哪儿", "哪里可以办",
    "多久", "多长时间", "几天", "多少钱", "可以吗", "能不能", "办理流程", "的材料", "的条件", "我的", "丢了",
  ];

  const hasLetter = text => /[a-z]/.test(text);
  const isCharacter = unit => unit >= "\u3400";
  const unitsOf = text => text.match(/[a-z][a-z0-9]*|[0-9]+|[\u3400-\u9fff]/g) || [];
  const theOther = (pair, one) => pair[pair[0] === one ? 1 : 0];

  function put(groups, key, value) {
    if (!groups.has(key)) { groups.set(key, []); }
    groups.get(key).push(value);
  }

  /* --- How a syllable may be typed ------------------------------------------------------------------------------- */

  /* As it is spelled and as it is heard, each with its cost. */
  function heard(syllable) {
    const [, initial, final] = /^([zcs]h|[^aeiouv]?)(.*)$/.exec(syllable);
    const otherFinal = final.endsWith("ng") ? final.slice(0, -1) : final.endsWith("n") ? `${final}g` : final.replace("v", "u");
    const initials = ALIKE_INITIALS.filter(pair => pair.includes(initial)).map(pair => theOther(pair, initial));
    const whole = ALIKE_SYLLABLES.filter(pair => pair.includes(syllable)).map(pair => theOther(pair, syllable));
    return [
      [syllable, 0],
      ...[initial + otherFinal, ...whole, ...initials.map(other => other + final)].map(typed => [typed, ALIKE]),
      ...initials.map(other => [other + otherFinal, 2 * ALIKE]),
    ];
  }

  /* With one slip; "?" stands for any letter. */
  function slipped(syllable) {
    return [...syllable].flatMap((letter, at) => {
      const before = syllable.slice(0, at);
      const after = syllable.slice(at + 1);
      return [
        before + letter + letter + after,
        ...(after ? [before + after[0] + letter + after.slice(1)] : []),
        ...(syllable.length > 1 ? [`${before}?${after}`] : []),
        ...(syllable.length > 2 ? [before + after] : []),
      ];
    });
  }

  /* What may be typed for some syllables: from what is typed, the syllables with their costs. */
  function typedFor(syllables) {
    const forms = new Map();
    const add = (typed, syllable, cost) => {
      if (!forms.has(typed)) { forms.set(typed, new Map()); }
      const costs = forms.get(typed);
      if (!(costs.get(syllable) <= cost)) { costs.set(syllable, cost); }
    };
    for (const syllable of syllables) {
      heard(syllable).forEach(([typed, cost]) => add(typed, syllable, cost));
      slipped(syllable).forEach(typed => add(typed, syllable, SLIP));
      add(syllable[0], syllable, FIRST_LETTER);
      if (/^[zcs]h/.test(syllable)) { add(syllable.slice(0, 2), syllable, FIRST_LETTER); }
    }
    return forms;
  }

  function createLetters(charactersBySyllable) {
    const syllables = Object.keys(charactersBySyllable);
    const forms = typedFor(syllables);
    const syllablesOf = new Map(); // by character
    let counts; // of units, pairs and triples of them
    let total; // of all units
    let followers; // unit → syllable → characters that follow it
    let starts; // syllable → characters, the commonest first
    let written; // all texts
    let firstLetters; // of all texts, a letter for each place in `written`
    for (const syllable of syllables) {
      for (const character of charactersBySyllable[syllable]) { put(syllablesOf, character, syllable); }
    }

    /* --- What the site writes ------------------------------------------------------------------------------------ */

    function know(pieces, texts) {
      counts = new Map([...pieces].filter(([piece]) => /^(?:[\u3400-\u9fff]{1,2}|[a-z]+[a-z0-9]*)$/.test(piece)));
      [...texts, ...WRAPPING].forEach(countUnits);
      written = texts.join(" ");
      firstLetters = [...written].map(character => (syllablesOf.get(character) || [" "])[0][0]).join("");
      total = 0;
      followers = new Map();
      starts = new Map();
      for (const [piece, count] of counts) {
        const [first, second] = piece;
        const isPair = piece.length === 2 && isCharacter(first) && isCharacter(second);
        if (piece.length === 1) {
          total += count;
          (syllablesOf.get(piece) || []).forEach(syllable => put(starts, syllable, piece));
        }
        if (isPair && !followers.has(first)) { followers.set(first, new Map()); }
        if (isPair) { (syllablesOf.get(second) || []).forEach(syllable => put(followers.get(first), syllable, second)); }
      }
      const commonest = (a, b) => countOf(b) - countOf(a);
      for (const characters of starts.values()) { characters.sort(commonest).splice(STARTS); }
    }

    function countUnits(text) {
      const units = [...unitsOf(text), " "];
      units.forEach((_, at) => {
        for (let length = 1; length <= Math.min(3, units.length - at); length += 1) {
          const piece = units.slice(at, at + length).join("");
          counts.set(piece, countOf(piece) + 1);
        }
      });
    }

    function countOf(piece) { return counts.get(piece) || 0; }

    /* What it costs that a unit comes after the last two; with none, at the beginning of a word. */
    function following(unit, last = "", before = "") {
      const share = whole => (countOf(whole) ? Math.min(1, countOf(whole + unit) / countOf(whole)) : 0);
      const alone = Math.max(countOf(unit), 1) / total;
      if (!last) { return -Math.log(alone); }
      return -Math.log(0.5 * (before && share(before + last)) + 0.4 * share(last) + 0.1 * alone);
    }

    /* --- Steps of a reading: what is typed at a place of the question, where it ends, and what it stands for ------- */

    /* The syllables that are typed at the beginning of some letters. */
    function syllablesIn(letters, isEnd) {
      const steps = new Map();
      const add = (costs, length) => {
        for (const [syllable, cost] of costs || []) {
          const known = steps.get(syllable + length);
          if (!known || known.cost > cost) { steps.set(syllable + length, { syllable, length, cost }); }
        }
      };
      for (let length = 1; length <= Math.min(LONGEST_TYPED, letters.length); length += 1) {
        const typed = letters.slice(0, length);
        add(forms.get(typed), length);
        for (let at = 0; at < length; at += 1) { add(forms.get(`${typed.slice(0, at)}?${typed.slice(at + 1)}`), length); }
      }
      if (isEnd && letters.length > 1) {
        add(syllables.filter(syllable => syllable.startsWith(letters)).map(syllable => [syllable, UNFINISHED]), letters.length);
      }
      return [...steps.values()];
    }

    /* How many letters may be first letters of a word: all of them, or some of those that begin syllables and do not end them. */
    function lengthsOfWords(letters, isInWord) {
      const most = /^[^aeiouv]*/.exec(letters)[0].length;
      const some = [...Array(most + 1).keys()].filter(length => length > 2 && length < letters.length);
      return isInWord && most < letters.length ? some : [...some, letters.length];
    }

    /* The words in the texts that some letters are the first letters of, the commonest. */
    function wordsBy(letters) {
      const found = new Map();
      let all = 0;
      for (const typed of new Set([letters, letters.replace(/([zcs])h/g, "$1")])) {
        for (let at = firstLetters.indexOf(typed); at >= 0 && typed.length > 1; at = firstLetters.indexOf(typed, at + 1)) {
          const word = written.slice(at, at + typed.length);
          const weight = 1 + (written[at - 1] === " ") + (written[at + typed.length] === " ");
          all += weight;
          found.set(word, (found.get(word) || 0) + weight);
        }
      }
      return [...found].sort((a, b) => b[1] - a[1]).slice(0, LIKELY_WORDS)
        .map(([word, count]) => [word, FIRST_LETTERS * letters.length - Math.log(count / all)]);
    }

    /* --- Readings ------------------------------------------------------------------------------------------------ */

    function read(question) {
      /* The paths that lead to a place, by their text. Place 2n is before the nth letter; at 2n + 1 the letters on both sides of
         it have been swapped. */
      const paths = [...Array(2 * question.length + 1)].map(() => new Map());

      function reach(place, path) {
        const known = paths[place].get(path.text);
        if (!known || known.cost > path.cost) { paths[place].set(path.text, path); }
      }

      function go(path, units, place, cost, isUnread = path.isUnread) {
        const [last, before = path.last] = [...units].reverse();
        reach(place, { text: path.text + units.join(""), last, before, cost: path.cost + cost, isSpaced: false, isUnread });
      }

      function goBySyllable(best, { syllable, cost }, place) {
        best.forEach((path, rank) => {
          const next = (followers.get(path.last) || new Map()).get(syllable) || [];
          next.forEach(unit => go(path, [unit], place, cost + following(unit, path.last, path.before)));
          if (rank >= BREAKING_PATHS) { return; }
          for (const unit of starts.get(syllable) || []) {
            if (!next.includes(unit)) { go(path, [unit], place, cost + breaking(path) + following(unit)); }
          }
        });
      }

      function breaking(path) { return !path.text ? 0 : path.isSpaced ? BREAK_AT_SPACE : BREAK; }

      reach(0, { text: "", last: "", before: "", cost: 0, isSpaced: true, isUnread: false });
      for (let place = 0; place < 2 * question.length; place += 1) {
        const at = Math.floor(place / 2);
        const best = [...paths[place].values()].sort((a, b) => a.cost - b.cost).slice(0, PATHS);
        const rest = place % 2 ? question[at - 1] + question.slice(at + 1) : question.slice(at);
        const isInWord = place > 0 && /[a-z]/.test(question[at - 1]);
        if (!best.length) { continue; }
        if (rest[0] === " ") {
          best.forEach(path => reach(place + 2, { ...path, isSpaced: true }));
        } else if (isInWord && /^[0-5](?![0-9])/.test(rest)) {
          best.forEach(path => reach(place + 2, path)); // a tone
        } else if (!hasLetter(rest[0])) {
          const [unit] = unitsOf(rest);
          best.forEach(path => go(path, [unit], place + 2 * unit.length, 0));
        } else {
          const [letters] = /^[a-z]+/.exec(rest);
          const end = length => 2 * (at + length);
          for (const step of syllablesIn(letters, letters.length === rest.length)) { goBySyllable(best, step, end(step.length)); }
          if (!isInWord) {
            const [word] = unitsOf(rest);
            const isKnown = countOf(word) > 0;
            best.forEach(path => {
              go(path, [word], end(word.length), isKnown ? 0 : UNREAD * word.length, path.isUnread || !isKnown);
            });
          }
          for (const length of lengthsOfWords(letters, isInWord)) {
            for (const [word, cost] of wordsBy(letters.slice(0, length))) {
              best.slice(0, BREAKING_PATHS).forEach(path => go(path, [...word], end(length), cost + breaking(path)));
            }
          }
          for (let length = 2; place % 2 === 0 && length < Math.min(letters.length, LONGEST_TYPED); length += 1) {
            const typed = letters.slice(0, length - 1) + letters[length];
            if (charactersBySyllable[typed]) { goBySyllable(best, { syllable: typed, cost: SLIP }, end(length) + 1); }
          }
        }
      }
      for (const path of paths[2 * question.length].values()) { path.cost += following(" ", path.last, path.before); }
      const most = LIKELY * question.replace(/[^a-z]/g, "").length;
      const isLikely = path => path.isUnread || path.cost <= most;
      const all = [...paths[2 * question.length].values()].filter(isLikely).sort((a, b) => a.cost - b.cost);
      const unread = all.findIndex(path => path.isUnread);
      return all.slice(0, unread < 0 ? MOST_READINGS : Math.min(unread + 1, MOST_READINGS));
    }

    return { know, read };
  }

  globalThis.createLetters = createLetters;
})();
