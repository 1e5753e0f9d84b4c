// Single keys, for those who like them; they can be turned off, and do nothing while a field is written in.

import { element, find, recall, remember } from "./dom.js";

const setting = "shortcuts";

/** Starts listening. */
export function startShortcuts(reading) {
  const dialog = find("shortcuts");
  const keys = {
    "r": ["Write a review", () => find("review").focus()],
    "e": ["Next example", reading.next],
    "f": ["Choose a file", () => find("file").click()],
    "t": ["Next colours", nextTheme],
    "?": ["Show the shortcuts", () => dialog.showModal()],
  };
  find("shortcut-list").append(...Object.entries(keys).flatMap(([key, [title]]) =>
    [element("dt", {}, element("kbd", {}, key)), element("dd", {}, title)]));
  find("show-shortcuts").addEventListener("click", () => dialog.showModal());
  find("shortcuts-on").checked = recall(setting) !== "off";
  find("shortcuts-on").addEventListener("change", event => remember(setting, event.target.checked ? "on" : "off"));
  document.addEventListener("keydown", event => onKey(event, keys, dialog));
}

function onKey(event, keys, dialog) {
  if (event.key === "Escape" && event.target.matches("textarea")) {
    event.target.blur();
  } else if (mayAct(event, dialog) && keys[event.key]) {
    event.preventDefault();
    keys[event.key][1]();
  }
}

function mayAct(event, dialog) {
  const writes = event.target.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=file])");
  return find("shortcuts-on").checked && !writes && !dialog.open && !event.ctrlKey && !event.metaKey && !event.altKey;
}

function nextTheme() {
  const choices = [...document.getElementsByName("theme")];
  const next = choices[(choices.findIndex(choice => choice.checked) + 1) % choices.length];
  next.click();
}
