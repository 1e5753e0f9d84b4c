/** The element with an id. */
export const find = id => document.getElementById(id);

/** Makes an element; properties of dataset, aria and style are given by their prefix: "data-x", "aria-x", "--x". */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("--")) {
      made.style.setProperty(name, value);
    } else if (name in made) {
      made[name] = value;
    } else {
      made.setAttribute(name, value);
    }
  }
  made.append(...children);
  return made;
}

/** Keeps a setting of the person who reads; where storage is refused, until the page is left. */
export function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Nothing to do: the setting holds for this visit.
  }
}

/** What was remembered, or null. */
export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

const percentFormat = new Intl.NumberFormat("en", { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
const countFormat = new Intl.NumberFormat("en");

/** 0.987 → "98.7%"; what is not certain is never shown as 0% or 100%. */
export function percent(share) {
  const shown = share > 0.999 && share < 1 ? 0.999 : share < 0.001 && share > 0 ? 0.001 : share;
  return percentFormat.format(shown);
}

/** 12345 → "12,345". */
export const count = number => countFormat.format(number);

/** "1 review", "2 reviews". */
export const plural = (number, noun) => `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
