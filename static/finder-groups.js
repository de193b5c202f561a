/* Where an item stands for who gave some answers. It knows no page; what is stated of items comes from render/pages/finder. */
(() => {
  "use strict";
  const [FITS, ASK, AWAY] = ["fits", "ask", "away"];
  const OF_MANY = ["hukou", "age"]; // what an item has in common with many people tells less than what it has with few

  /* What is stated of each item: statements, and the facets that all its cases state. A statement is a list: what it is about,
     how it is told, and the answers that fit it (of ages the first and the last). */
  function statedOf(data) {
    const numberOf = character => {
      const code = character.charCodeAt(0);
      return code > 122 ? code - 0x4e00 + 62 : code > 96 ? code - 97 : code > 64 ? code - 39 : code + 4;
    };
    return data.items.split(",").map(marks => {
      const all = [...marks].map(one => data.says[numberOf(one)]);
      return { says: all.filter(one => one.length > 1), narrow: all.filter(one => one.length === 1).map(([facet]) => facet) };
    });
  }

  const answersTo = (facet, answers) => answers[facet] || [];

  function fits([facet, , ...fitting], answers) {
    const isOf = one => (facet === "age" ? fitting[0] <= one && one <= fitting[1] : fitting.includes(one));
    return answersTo(facet, answers).some(isOf);
  }

  /* The group of an item, how well it stands there, and whether something is stated otherwise than was said. `said` are the
     answers by what they are about; `meant` are these and what comes with them. Only what all cases state can put it aside, and
     nobody is put aside by what she did not say. */
  function placeOf({ says, narrow }, said, meant) {
    const about = facet => says.filter(one => one[0] === facet);
    const isSaid = facet => answersTo(facet, said).length > 0;
    const isAway = facet => isSaid(facet) && !about(facet).some(one => fits(one, said));
    if (narrow.some(isAway)) { return { group: AWAY, rank: 0, isOther: true }; }
    const facets = [...new Set(says.map(([facet]) => facet))];
    const fitting = facets.filter(facet => about(facet).some(one => fits(one, meant)));
    const against = facets.filter(facet => isSaid(facet) && !fitting.includes(facet));
    // Everybody is of some age: by it alone somebody fits where nothing else is stated.
    const tells = fitting.some(facet => facet !== "age") || (fitting.length > 0 && facets.length === 1);
    const isOther = against.length > 0;
    const open = tells ? facets.length - fitting.length - against.length : 0; // stated, and not said
    const rank = fitting.reduce((sum, facet) => sum + (OF_MANY.includes(facet) ? 2 : 4), -open);
    return { group: tells && !isOther ? FITS : ASK, rank, isOther };
  }

  /* The items by group, those that stand best first. Each item is in one group: `stated` may tell nothing of it. */
  function groupsOf(items, stated, said, meant) {
    const groups = { [FITS]: [], [ASK]: [], [AWAY]: [] };
    items.forEach((item, at) => {
      const place = placeOf(stated[at] || { says: [], narrow: [] }, said, meant);
      groups[place.group].push(Object.assign(place, { item, stated: stated[at], at }));
    });
    Object.values(groups).forEach(group => group.sort((a, b) => a.isOther - b.isOther || b.rank - a.rank || a.at - b.at));
    return groups;
  }

  window.finder = { statedOf, groupsOf };
})();
