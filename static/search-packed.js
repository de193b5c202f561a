/* Brings back texts that builder/support/packing.py packed. It knows no page.

   unpackerOf(alphabet) returns what unpacks a text of this alphabet. */
(() => {
  "use strict";

  const MARKS = "!#$%&'()*-.;=?@[]^_`{}";
  const TRAILS = Array.from({ length: 92 }, (_, at) => String.fromCharCode(35 + at)).filter(one => !"<\\".includes(one));
  const PACKED = /([a-z])([#-~])|[!#-*\-.;=?@[\]^_`{}]/g;

  /* Brings back what builder/support/packing.py packed: a mark is a common character, a small letter and what follows another. */
  function unpackerOf({ common, gaps }) {
    let code = 0;
    const others = gaps.map(gap => {
      code += gap;
      return String.fromCharCode(code);
    });
    const characterOf = (coded, lead, trail) =>
      lead ? others[(lead.charCodeAt(0) - 97) * TRAILS.length + TRAILS.indexOf(trail)] : common[MARKS.indexOf(coded)];
    return text => text.replace(PACKED, characterOf);
  }

  globalThis.unpackerOf = unpackerOf;
})();
