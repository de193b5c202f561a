/* What is typed into the boxes of the site, and what it is compared with, in one form. It knows no page. */
(() => {
  "use strict";

  /* Radicals that PDF files give for characters, each with its character. */
  const RADICALS = new Map(
    "⺠民⻓长⻔门⻋车⻅见⻉贝⻚页⻛风⻜飞⻝食⻢马⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻘青⻄西⻆角⻙韦".match(/../g).map(pair => [...pair]),
  );

  /* The words of a text with one space between them: small letters without accents, ASCII digits, Chinese characters. What is
     not seen is no border of words, nor is an apostrophe in pinyin; characters that stand one by one are a word. `simplified`
     holds the simplified forms of traditional characters, as far as they are known. */
  function foldText(text, simplified = new Map()) {
    return text.normalize("NFKD").toLowerCase()
      .replace(/[\p{Cf}\p{DI}]/gu, "")
      .replace(/u\u0308/g, "v") // as ü is typed
      .replace(/\p{Mn}/gu, "")
      .replace(/[^\x00-\x7f]/g, character => simplified.get(character) || RADICALS.get(character) || character)
      .replace(/([a-z])[\x27\x60’ʼ]+(?=[a-z])/g, "$1")
      .replace(/[^0-9a-z\u3400-\u9fff]+/g, " ").trim()
      .replace(/([a-z])(?=[\u3400-\u9fff])|([\u3400-\u9fff])(?=[a-z])/g, "$& ")
      .replace(/(^| )([\u3400-\u9fff](?: [\u3400-\u9fff])+)(?= |$)/g, (_, before, run) => before + run.replace(/ /g, ""));
  }

  globalThis.foldText = foldText;
})();
