// Puts the page together; each module owns one part of it.

import { ask, useKey } from "./api.js";
import { showCard } from "./card.js";
import { element, find, recall, remember } from "./dom.js";
import { startFigures } from "./figures.js";
import { startFiles } from "./files.js";
import { startReading } from "./reading.js";
import { startShortcuts } from "./shortcuts.js";

const model = find("model");
const reading = startReading(() => model.value || undefined);

startFiles(() => model.value || undefined, reading.show);
startFigures();
startShortcuts(reading);
startThemes();
startKeys();
model.addEventListener("change", useModel);
showModels();

/** Lists the models that are served; a choice is only shown where there is one. */
async function showModels() {
  try {
    const entries = await ask("v2/repository/index", { body: { ready: true } });
    const names = [...new Set(entries.map(entry => entry.name))];
    model.replaceChildren(...names.map(name => element("option", { value: name }, name)));
    find("model-choice").hidden = names.length < 2;
    await useModel();
  } catch (error) {
    showCard(null, error);
  }
}

async function useModel() {
  reading.refresh();
  try {
    showCard(await ask(`v2/models/${encodeURIComponent(model.value)}`));
  } catch (error) {
    showCard(null, error);
  }
}

function startThemes() {
  const saved = recall("theme") ?? "auto";
  for (const choice of document.getElementsByName("theme")) {
    choice.checked = choice.value === saved;
    choice.addEventListener("change", () => {
      document.documentElement.dataset.theme = choice.value;
      remember("theme", choice.value);
    });
  }
}

function startKeys() {
  const form = find("key-form");
  document.addEventListener("keyneeded", () => {
    form.hidden = false;
    find("links").hidden = true; // a link carries no key
  });
  document.addEventListener("keychanged", showModels);
  form.addEventListener("submit", event => {
    event.preventDefault();
    form.hidden = true;
    useKey(find("key").value.trim());
    find("key").value = "";
    find("review").focus();
  });
}
