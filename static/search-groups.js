/* Puts together the items of several areas that are the same service. It knows no page.

   groupServices(items, fold) returns groups of items, in the order of their best items; `fold` is that of the engine. A group has
   one item of an area. */
(() => {
  "use strict";

  const NEARLY = 0.75; // what part of the pairs of characters two names share that are nearly the same

  /* What is compared of an item, read once. */
  function featuresOf({ name, title, area, matters }, plain) {
    const names = [plain(name || title), plain(title)];
    return { names, pairs: names.map(pairsOf), area, matters, allMatters: `${matters}` };
  }

  function pairsOf(text) { return new Set([...text].slice(1).map((_, at) => text.slice(at, at + 2))); }

  function likeness(pairs, others) {
    const all = pairs.size + others.size || 1;
    if (2 * Math.min(pairs.size, others.size) < NEARLY * all) { return 0; }
    return 2 * [...pairs].filter(pair => others.has(pair)).length / all;
  }

  /* The same official name or title for one of the same matters of life: a short name may stand for different things. Or the same
     matters, and nearly the same name or title. */
  function isSame(one, other) {
    const areOfSameMatters = one.allMatters === other.allMatters;
    const shareMatter = one.matters.some(matter => other.matters.includes(matter));
    if (one.names[0] === other.names[0]) { return areOfSameMatters || shareMatter; }
    if (one.names[1] === other.names[1]) { return shareMatter; }
    return areOfSameMatters && shareMatter && one.pairs.some((pairs, at) => likeness(pairs, other.pairs[at]) >= NEARLY);
  }

  /* Groups are looked for among those that share a name or a matter: a question may be answered by a thousand items. */
  function groupServices(items, fold) {
    const plain = text => fold(text).replace(/ /g, "");
    const groups = [];
    const byKey = new Map(); // by a name or a matter of their best items
    for (const item of items) {
      const features = featuresOf(item, plain);
      const keys = new Set([...features.names, ...features.matters]);
      const near = new Set([...keys].flatMap(key => byKey.get(key) || []));
      const fitting = [...near].filter(group => !group.areas.has(item.area) && isSame(group.features, features));
      const group = fitting.sort((a, b) => a.number - b.number)[0];
      if (group) {
        group.items.push(item);
        group.areas.add(item.area);
      } else {
        const fresh = { features, number: groups.length, items: [item], areas: new Set([item.area]) };
        groups.push(fresh);
        for (const key of keys) {
          if (!byKey.has(key)) { byKey.set(key, []); }
          byKey.get(key).push(fresh);
        }
      }
    }
    return groups.map(group => group.items);
  }

  globalThis.groupServices = groupServices;
})();
