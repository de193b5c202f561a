/* Puts together the items of several areas that are the same service. It knows no page.

   groupServices(items, fold) returns groups of items, in the order of their best items; `fold` is that of the engine. A group has
   one item of an area. */
(() => {
  "use strict";

  const NEARLY = 0.75; // what part of the pairs of characters two names share that are nearly the same

  function pairsOf(text) { return new Set([...text].slice(1).map((_, at) => text.slice(at, at + 2))); }

  function likeness(one, other) {
    const [pairs, others] = [one, other].map(pairsOf);
    const shared = [...pairs].filter(pair => others.has(pair)).length;
    return 2 * shared / (pairs.size + others.size || 1);
  }

  /* The same official name or title for one of the same matters of life: a short name may stand for different things. Or the same
     matters, and nearly the same name or title. */
  function isSame(one, other, plain) {
    const names = [one, other].map(({ name, title }) => plain(name || title));
    const titles = [one, other].map(({ title }) => plain(title));
    const areOfSameMatters = `${one.matters}` === `${other.matters}`;
    const shareMatter = one.matters.some(matter => other.matters.includes(matter));
    if (names[0] === names[1]) { return areOfSameMatters || shareMatter; }
    if (titles[0] === titles[1]) { return shareMatter; }
    return areOfSameMatters && shareMatter && Math.max(likeness(...names), likeness(...titles)) >= NEARLY;
  }

  function groupServices(items, fold) {
    const plain = text => fold(text).replace(/ /g, "");
    const groups = [];
    for (const item of items) {
      const group = groups.find(some => some.every(({ area }) => area !== item.area) && isSame(some[0], item, plain));
      if (group) { group.push(item); } else { groups.push([item]); }
    }
    return groups;
  }

  globalThis.groupServices = groupServices;
})();
