/* The four characters that stand for a name, as builder/support/fingerprint.py reckons them. */
window.markOf = name => {
  let hashed = 2166136261;
  for (let at = 0; at < name.length; at += 1) { hashed = Math.imul(hashed ^ name.charCodeAt(at), 16777619) >>> 0; }
  return (hashed % 1679616).toString(36).padStart(4, "0");
};
