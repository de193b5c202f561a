/* Finds the events (一件事) that a question tells. It knows no page.

   createEvents(rows, areas, plain) returns events; events.in(texts) returns those that a question tells, the surest first, each with the
   pages of which it tells; `texts` are ways to put the same question. It tells an event if it is its name or one of its sayings, or
   if a saying is in it; what people wrap it in does not count, nor does of whom they speak. `plain` returns a text in one form,
   and that without question words. */
(() => {
  "use strict";

  const LEAST_INSIDE = 3; // characters of a saying that tell an event inside a longer question

  /* Who it happened to, at the beginning of a question. */
  const WHO = /^(?:[我你他]们?)?(?:家里?)?的?(?:外?[爸妈爷奶公婆]{1,2}|老[伴公婆人]|[哥姐弟妹叔舅姑姨]{1,2}|岳[父母]|儿子|女儿|爱人|媳妇|家里?人|有?人)/;
  const INSTEAD = ["", "人", "老人"]; // what a saying may have for it

  /* What goes before what happened, and after it. */
  const BEFORE = /^(?:我们?|家里|马上|打算|准备|刚刚?|就|快|该|想|要|得)+/;
  const AFTER = /(?:了|的|后|以后|之后|要|该|得|先|应该|[办做干跑](?:理|证)?|手续|事情?|地方)+$/;

  const WHOLE = 100; // how surely a question tells a saying that it is; else as surely as the one is long that is in it

  const bare = text => text.replace(AFTER, "").replace(BEFORE, "").replace(/了/g, "");

  function createEvents(rows, areas, plain) {
    const events = rows.map(([life, said, pages]) => ({
      name: said.split("|")[0],
      url: `events/index.html#g-${life}`,
      pages: pages.map(page => (page.length ? page : [`${areas[page].id}-${life}`, page])).map(([id, area]) => ({ url: `events/${id}.html`, area })),
      sayings: said.split("|").map(plain).map(([saying, core]) => [saying, bare(core)]),
    }));

    /* How surely a question tells one of some sayings, 0 for not at all. */
    function sureOf(text, sayings) {
      const [whole, core] = plain(text);
      const forms = [core, ...INSTEAD.map(who => core.replace(WHO, who))].map(bare);
      return Math.max(...sayings.map(([saying, kernel]) => {
        if (whole === saying || (kernel && forms.includes(kernel))) { return WHOLE; } // of 办后事 nothing is left
        return saying.length >= LEAST_INSIDE && whole.includes(saying) ? saying.length : 0;
      }));
    }

    return {
      in: texts => events.map(event => ({ ...event, sure: Math.max(...texts.map(text => sureOf(text, event.sayings))) }))
        .filter(({ sure }) => sure).sort((a, b) => b.sure - a.sure),
    };
  }

  globalThis.createEvents = createEvents;
})();
