/* Reads numbers as people say them: quantities in characters, and ages. It knows no page and no items. */
(() => {
  "use strict";

  const DIGITS = "零一二三四五六七八九";
  const UNITS = { 十: 10, 百: 100, 千: 1000, 万: 10000 };
  const NUMERAL = /[一二两三四五六七八九十][零一二两三四五六七八九十百千万]*/g;
  const COUNTED = /[一二三四五六七八九](?=级|周?岁)/g; // of single characters only these are numbers: not 一次性, 三轮车

  /* 三千五 is 3500: what follows the last unit alone counts tens, hundreds or thousands. */
  function valueOf(numeral) {
    let total = 0;
    let section = 0; // below 万
    let digit = 0;
    let last = 1;
    let isAfterZero = false;
    for (const character of numeral) {
      const unit = UNITS[character];
      if (unit === 10000) {
        total = (total + section + digit) * unit;
        section = 0;
      } else if (unit) {
        section += (digit || 1) * unit;
      }
      if (unit) { last = unit; }
      isAfterZero = unit ? false : isAfterZero || character === "零";
      digit = unit ? 0 : Math.max(0, (character === "两" ? 2 : DIGITS.indexOf(character)));
    }
    return total + section + digit * (last > 10 && !isAfterZero ? last / 10 : 1);
  }

  /* A text with its numbers in digits and its units in one form: 八十五岁 as 85岁, 两千块 as 2000元, 30平米 as 30平方米. */
  function inDigits(text) {
    return text
      .replace(NUMERAL, numeral => (/[十百千万]/.test(numeral) ? String(valueOf(numeral)) : numeral))
      .replace(COUNTED, digit => String(DIGITS.indexOf(digit)))
      .replace(/(\d)块钱?/g, "$1元")
      .replace(/(\d)(?:平方|平米|平)(?!方|米)/g, "$1平方米");
  }

  const OLDEST = 200;
  const AGE = /(\d{1,3})(?:周?岁)?(?: | ?[至到] ?| ?[不未]满)(\d{1,3}) ?周?岁|(不满|未满|低于|小于)?(\d{1,3}) ?周?岁(?:及|或|含)?(以下)?/g;

  /* The ages for which a text is meant, as [from, to] pairs; from N on where it names one age. */
  function agesIn(text) {
    return [...text.matchAll(AGE)].map(([, from, to, under, age, below]) => {
      if (to) { return [Number(from), Number(to)]; }
      return under || below ? [0, Number(age)] : [Number(age), OLDEST];
    });
  }

  /* The age that somebody tells in a question in digits: 85岁, 80多了, or a bare number: 女的42. 0 for none. */
  function ageTold(text) {
    const said = /(\d{1,3}) ?(?:几|多|出头|来)?(?:周?岁|了)/.exec(text) || /(?:^|[\u3400-\u9fff ])([1-9]\d)(?= |$)/.exec(text);
    return said && Number(said[1]) < OLDEST ? Number(said[1]) : 0;
  }

  /* How well an age fits, from 0 to 1: what begins at 90 is more to somebody of 95 than what begins at 60. */
  function fitOfAge(age, [from, to]) {
    if (age < from || age > to) { return 0; }
    return to < OLDEST ? 1 : (from / age) ** 2;
  }

  globalThis.searchNumbers = { inDigits, agesIn, ageTold, fitOfAge };
})();
