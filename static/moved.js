/* The page at an old address leads on, and takes along what stands behind "?" and "#": the paper that was scanned, the case that was
   chosen. A guide's ticks go with it. Who goes back comes to where he was before, not here again. */
(() => {
  "use strict";
  const { carry } = window.device;
  const moved = document.querySelector("meta[name=moved-to]");
  const from = moved.getAttribute("data-from");
  if (from) { carry(from, moved.getAttribute("data-to")); }
  const [address, anchor] = moved.content.split("#");
  const behind = address.startsWith("http") ? "" : location.search; // what another site is asked is its own affair
  location.replace(address + behind + (anchor ? `#${anchor}` : location.hash));
})();
