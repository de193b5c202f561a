/* Reads the letters of a question as the characters for which they stand: pinyin as people type it, whole, in first letters, or
   both mixed, beside characters or alone. It knows no page and no items.

   createLetters(read, also) returns a reader; both hold characters by the syllable as which they are read, `also` what is not
   their usual reading. reader.know(pieces, texts, said) tells it what the site writes: characters, pairs of them and words in
   latin letters, each with how often it occurs, and texts; and what people say besides. reader.read(question) returns the
   likeliest readings of a folded question, best first, each a text with its cost.

   A unit is a character, a number or a word in latin letters. A cost is the negative logarithm of a chance: how seldom the
   units follow each other in what the site writes, and how far what was typed is from how they are spelled. */
(() => {
  "use strict";

  /* What it costs that a syllable was typed otherwise than it is spelled. */
  const ALIKE = 3; // as it is heard: zh and z, n and l, in and ing
  const UNFINISHED = 2; // the question ends within it
  const FIRST_LETTER = 3.5; // by its first letter alone
  const SLIP = 8; // with one letter wrong, missing, too many or swapped
  const FIRST_LETTERS = 2.5; // a letter of a word that is typed by first letters alone, as the site writes it
  const UNREAD = 5; // a letter of a word that is left as it is

  /* What it costs that a unit follows another one as it nowhere does. */
  const BREAK = 6;
  const BREAK_AT_SPACE = 2;

  const PATHS = 40; // ways to read the beginning that are followed
  const FAR = 16; // by how much more than the cheapest of them they may cost
  const BREAKING_PATHS = 3; // those of them that may go on with any unit
  const STARTS = 12; // characters of a syllable with which a word may begin, the commonest
  const SHORTEST_PART = 4; // first letters that stand for a word beside other letters
  const TURNED = 2; // how often a text counts as written whose two words were typed in the other order
  const LIKELY_WORDS = 8; // that first letters stand for
  const MOST_READINGS = 4;
  const LONGEST_TYPED = 7; // letters of a syllable with a slip

  const ALIKE_INITIALS = [["n", "l"], ["r", "l"], ["z", "zh"], ["c", "ch"], ["s", "sh"], ["f", "h"]];
  const ALIKE_SYLLABLES = ["hui fei", "hu fu", "hua fa", "huan fan", "huang fang", "hun fen", "hong feng", "huo fo"]
    .map(pair => pair.split(" "));

  /* What people wrap a question in, and the site does not write. */
  const WRAPPING = [
    "请问一下", "问一下", "我想要", "我要", "想问", "怎么办理", "怎么弄", "怎么申请", "怎么领取", "怎么交", "如何办理", "怎样", "需要什么材料", "需要什么手续",
    "要带什么证件", "需要准备什么", "什么条件", "什么时候", "在哪里办理", "去哪里办", "在哪办", "去哪里领", "去哪里交", "在哪儿", "哪里可以办",
    "多久", "多长时间", "几天", "多少钱", "可以吗", "能不能", "可以代办吗", "有什么", "办理流程",
    "的流程", "流程是什么", "多久能办好", "网上办理", "网上办", "找谁", "的材料", "的条件", "我的", "丢了",
  ];

  const NONE = new Map();
  const hasLetter = text => /[a-z]/.test(text);
  const isCharacter = unit => unit >= "\u3400";
  const unitsOf = text => text.match(/[a-z][a-z0-9]*|[0-9]+|[\u3400-\u9fff]/g) || [];
  const cheapest = paths => paths.sort((a, b) => a.cost - b.cost);
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
        `${before}${letter}?${after}`,
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

  function createLetters(read, also = {}) {
    const syllables = [...new Set([...Object.keys(read), ...Object.keys(also)])];
    const forms = typedFor(syllables);
    const syllablesOf = new Map(); // by character
    let counts; // of units, pairs and triples of them
    let total; // of all units
    let followers; // unit → syllable → characters that follow it
    let starts; // syllable → characters, the commonest first
    let written; // all texts
    let firstLetters; // of all texts, a letter for each place in `written`
    for (const [syllable, characters] of [...Object.entries(read), ...Object.entries(also)]) {
      for (const character of characters) {
        if (!(syllablesOf.get(character) || []).includes(syllable)) { put(syllablesOf, character, syllable); }
      }
    }

    /* --- What the site writes ------------------------------------------------------------------------------------ */

    function know(pieces, texts, said) {
      counts = new Map([...pieces].filter(([piece]) => /^(?:[\u3400-\u9fff]{1,2}|[a-z]+[a-z0-9]*)$/.test(piece)));
      [...texts, ...said, ...WRAPPING].forEach(countUnits);
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

    /* --- Steps --------------------------------------------------------------------------------------------------- */

    /* A step of a reading leads from a place of the question to the next one. Place 2n is before the nth letter; at 2n + 1 the
       letters on both sides of it have been swapped. A step stands for a syllable, for a unit, for a word, or for nothing. */
    function stepsFrom(place, question) {
      const at = Math.floor(place / 2);
      const rest = place % 2 ? question[at - 1] + question.slice(at + 1) : question.slice(at);
      const isInWord = at > 0 && hasLetter(question[at - 1]);
      const to = length => 2 * (at + length);
      const isTone = isInWord && /^[0-5](?![0-9])/.test(rest);
      if (rest[0] === " " || isTone) { return [{ to: to(1), isSpace: !isTone }]; }
      const [unit] = unitsOf(rest);
      if (!hasLetter(rest[0])) { return [{ to: to(unit.length), unit, cost: 0 }]; }
      const [letters] = /^[a-z]+/.exec(rest);
      const isUnread = !countOf(unit);
      return [
        ...syllablesIn(letters, letters.length === rest.length)
          .map(({ syllable, length, cost }) => ({ to: to(length), syllable, cost })),
        ...(place % 2 ? [] : syllablesSwapped(letters).map(syllable => ({ to: to(syllable.length) + 1, syllable, cost: SLIP }))),
        ...lengthsOfWords(letters, isInWord).flatMap(length => wordsBy(letters.slice(0, length))
          .map(([word, cost]) => ({ to: to(length), word, cost }))),
        ...(isInWord ? [] : [{ to: to(unit.length), unit, cost: isUnread ? UNREAD * unit.length : 0, isUnread }]),
      ];
    }

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

    /* Those whose last letter was swapped with the first one of the next. */
    function syllablesSwapped(letters) {
      const lengths = [...Array(Math.min(letters.length, LONGEST_TYPED)).keys()].filter(length => length > 1);
      return lengths.map(length => letters.slice(0, length - 1) + letters[length]).filter(typed => syllables.includes(typed));
    }

    /* How many letters may be first letters of a word: all of them, or some of those that end no syllable. */
    function lengthsOfWords(letters, isInWord) {
      const most = /^[^aeiouv]*/.exec(letters)[0].length;
      const some = [...Array(most + 1).keys()].filter(length => length >= SHORTEST_PART && length < letters.length);
      return isInWord && most < letters.length ? some : [...some, letters.length];
    }

    /* The words in the texts that some letters are the first letters of, the commonest; those that begin or end a text before
       others. */
    function wordsBy(letters) {
      const found = new Map();
      let all = 0;
      const add = (word, weight) => {
        all += weight;
        found.set(word, (found.get(word) || 0) + weight);
      };
      for (const typed of new Set([letters, letters.replace(/([zcs])h/g, "$1")])) {
        for (let at = firstLetters.indexOf(typed); at >= 0 && typed.length > 1; at = firstLetters.indexOf(typed, at + 1)) {
          const word = written.slice(at, at + typed.length);
          const weight = 1 + (written[at - 1] === " ") + (written[at + typed.length] === " ");
          add(word, weight);
        }
        turnedWords(typed).forEach(word => add(word, TURNED));
      }
      return [...found].sort((a, b) => b[1] - a[1]).slice(0, LIKELY_WORDS)
        .map(([word, count]) => [word, FIRST_LETTERS * letters.length - Math.log(count / all)]);
    }

    /* The texts, as they are written whole, whose two words some letters are the first letters of in the other order: 低保申请 for 申请低保. */
    function turnedWords(typed) {
      const found = [];
      for (let first = 2; first <= typed.length - 2; first += 1) {
        const turned = ` ${typed.slice(first)}${typed.slice(0, first)} `;
        const rest = typed.length - first; // letters of the word that is written first
        for (let at = firstLetters.indexOf(turned); at >= 0; at = firstLetters.indexOf(turned, at + 1)) {
          const text = written.slice(at + 1, at + 1 + typed.length);
          found.push(text.slice(rest) + text.slice(0, rest));
        }
      }
      return found;
    }

    /* --- Readings ------------------------------------------------------------------------------------------------ */

    function readingsOf(question) {
      const paths = [...Array(2 * question.length + 1)].map(() => new Map()); // those that lead to a place, by their text

      function reach(place, path) {
        const known = paths[place].get(path.text);
        if (!known || known.cost > path.cost) { paths[place].set(path.text, path); }
      }

      function goTo(place, path, unit, cost, isUnread = path.isUnread) {
        const text = path.text + unit;
        reach(place, { text, last: unit, before: path.last, cost: path.cost + cost, isSpaced: false, isUnread });
      }

      /* The cheapest paths may go on with any character, the others with those that follow them somewhere. */
      function goBySyllable(path, isCheapest, { to, syllable, cost }) {
        const known = (followers.get(path.last) || NONE).get(syllable) || [];
        for (const unit of known) { goTo(to, path, unit, cost + following(unit, path.last, path.before)); }
        for (const unit of (isCheapest && starts.get(syllable)) || []) {
          if (!known.includes(unit)) { goTo(to, path, unit, cost + breaking(path) + following(unit)); }
        }
      }

      function breaking(path) { return !path.text ? 0 : path.isSpaced ? BREAK_AT_SPACE : BREAK; }

      function goOn(path, isCheapest, step) {
        if (step.syllable) {
          goBySyllable(path, isCheapest, step);
        } else if (step.unit) {
          goTo(step.to, path, step.unit, step.cost, path.isUnread || step.isUnread);
        } else if (!step.word) {
          reach(step.to, { ...path, isSpaced: path.isSpaced || step.isSpace });
        } else if (isCheapest) {
          const [before, last] = step.word.slice(-2);
          const broken = countOf(path.last + step.word[0]) ? 0 : breaking(path);
          const text = path.text + step.word;
          reach(step.to, { ...path, text, last, before, cost: path.cost + step.cost + broken, isSpaced: false });
        }
      }

      reach(0, { text: "", last: "", before: "", cost: 0, isSpaced: true, isUnread: false });
      for (let place = 0; place < 2 * question.length; place += 1) {
        const best = cheapest([...paths[place].values()]).slice(0, PATHS).filter((path, _, [{ cost }]) => path.cost < cost + FAR);
        const steps = best.length ? stepsFrom(place, question) : [];
        steps.forEach(step => best.forEach((path, rank) => goOn(path, rank < BREAKING_PATHS, step)));
      }
      const ends = [...paths[2 * question.length].values()];
      const all = cheapest(ends.map(path => ({ ...path, cost: path.cost + following(" ", path.last, path.before) })));
      const leaving = UNREAD * question.replace(/[^a-z]/g, "").length; // what it costs to read nothing
      const likely = all.filter(path => path.isUnread || path.cost <= leaving);
      const unread = likely.findIndex(path => path.isUnread);
      const readings = likely.slice(0, unread < 0 ? MOST_READINGS : Math.min(unread + 1, MOST_READINGS));
      return readings.length ? readings : [{ text: question, cost: leaving }];
    }

    return { know, read: readingsOf };
  }

  globalThis.createLetters = createLetters;
})();
