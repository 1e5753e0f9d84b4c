"use strict";

// A classic script in the head: it runs before the first paint, so that a page kept dark never flashes light.
const savedTheme = (() => {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null; // Storage is refused; the system's choice stands.
  }
})();

if (savedTheme) {
  document.documentElement.dataset.theme = savedTheme;
}
