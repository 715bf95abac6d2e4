/* One key in every data center, side by side, with a form to write it in each. This node asks the others: the page talks to it alone. */

import {byId, chip, h, plural, refusal, say, shorten, unreachable} from "./dom.js";
import {paletteOf} from "./charts.js";

const form = byId("key-form");
const columns = byId("key-columns");

let names = [];
let looked = null;
let cards = new Map();
let vectors = "";
let busy = false;
let again = false;

export function beginKeys() {
  form.addEventListener("submit", event => {
    event.preventDefault();
    open();
  });
}

/** Shows that key. */
export function lookUp(map, key) {
  form.elements.map.value = map;
  form.elements.key.value = key;
  open();
  byId("keys").scrollIntoView();
  form.elements.map.focus({preventScroll: true});
}

/** The cluster has been looked at: data centers may have come, and what was applied may have changed. */
export function clusterIs(model) {
  const now = [...model.dataCenters.keys()];
  const state = [...model.applied].map(([name, sums]) => `${name} ${[...sums].join(" ")}`).join("\n");
  if (now.join() !== names.join()) {
    names = now;
    if (looked) build();
  }
  if (looked && state !== vectors) refresh();
  vectors = state;
}

function open() {
  looked = {map: form.elements.map.value.trim(), key: form.elements.key.value};
  build();
  refresh();
}

function build() {
  cards = new Map(names.map(name => [name, card(name)]));
  columns.replaceChildren(...[...cards.values()].map(one => one.element));
}

const path = name => `/at/${encodeURIComponent(name)}/maps/${encodeURIComponent(looked.map)}/${encodeURIComponent(looked.key)}`;

function card(name) {
  const value = h("div", {class: "value"}, h("p", {class: "quiet"}, "Reading…"));
  const input = h("textarea", {rows: 3, spellcheck: "false", "aria-label": `New value at ${name}`});
  const seen = h("input", {type: "checkbox"});
  const status = h("p", {class: "quiet break", role: "status"});
  const write = h("button", {}, `Write at ${name}`);
  const remove = h("button", {type: "button"}, "Delete");
  const own = {name, value, input, seen, status, write, context: null, mergeable: false, text: ""};
  own.settles = h("label", {class: "check"}, seen, " replaces just what is shown (sends its context)");
  remove.addEventListener("click", () => change(own, "DELETE"));
  own.element = h("article", {class: `version ${paletteOf(name)}`},
    h("h4", {}, h("span", {class: "dot", "aria-hidden": "true"}, "●"), ` ${name}`),
    value,
    h("form", {on: {submit: event => {
      event.preventDefault();
      change(own, own.mergeable ? "POST" : "PUT");
    }}}, input, own.settles, h("div", {class: "row"}, write, remove)),
    status);
  return own;
}

/** One round at a time; what changes meanwhile is read in the next. */
async function refresh() {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  do {
    again = false;
    await Promise.all([...cards.values()].map(read));
  } while (again);
  busy = false;
}

async function read(own) {
  const asked = path(own.name);
  try {
    const answer = await fetch(`${asked}?timeout=3s`);
    const found = await said(answer, asked);
    if (!looked || asked !== path(own.name)) return;
    own.context = answer.headers.get("Entente-Context");
    own.mergeable = own.context === null && answer.headers.get("Entente-Session") !== null;
    own.settles.hidden = own.mergeable;
    own.input.placeholder = own.mergeable ? 'an operation, such as {"increment": 1}' : "JSON or text";
    say(own.write, own.mergeable ? `Do it at ${own.name}` : `Write at ${own.name}`);
    put(own, found);
  } catch (failure) {
    own.text = "";
    own.value.replaceChildren(h("p", {class: "why break"}, failure instanceof TypeError ? unreachable : failure.message));
  }
}

/** What an answer says, as text, and the siblings where there are several. */
async function said(answer, asked) {
  const siblings = Number(answer.headers.get("Entente-Siblings") || "1");
  if (answer.status === 404 && answer.headers.has("Entente-Session")) return {absent: true, siblings: []};
  if (answer.status === 300) return {kept: true, siblings: (await answer.json()).siblings};
  if (!answer.ok) throw new Error(await refusal(answer));
  const type = answer.headers.get("Content-Type") || "";
  const unresolved = answer.headers.get("Entente-Unresolved") === "true";
  const text = /json|^text\//.test(type) ? shorten(pretty(await answer.text(), type)) : `${(await answer.blob()).size} bytes of ${type}`;
  return {text, unresolved, siblings: siblings > 1 ? await versions(asked) : []};
}

async function versions(asked) {
  const answer = await fetch(`${asked}?siblings=true&timeout=3s`);
  return answer.ok || answer.status === 300 ? (await answer.json()).siblings : [];
}

function pretty(text, type) {
  if (!type.includes("json")) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function put(own, found) {
  const shown = JSON.stringify(found);
  if (own.text === shown) return;
  own.text = shown;
  own.value.replaceChildren(...[
    found.absent ? h("p", {class: "deleted"}, "∅ absent") : found.kept ? chip("warn", "≡", "all are kept") : h("pre", {}, found.text),
    found.unresolved && chip("bad", "!", "unresolved: this is a fallback"),
    found.siblings.length > 1 && h("details", {},
      h("summary", {}, plural(found.siblings.length, "sibling", "siblings")),
      found.siblings.map(one => h("div", {class: paletteOf(one.dataCenter)},
        h("p", {class: "quiet"}, h("span", {class: "dot", "aria-hidden": "true"}, "●"), ` ${one.dataCenter}`),
        one.deleted ? h("p", {class: "deleted"}, "∅ deleted") : h("pre", {}, shorten(JSON.stringify(one.value, null, 2)))))),
  ].filter(Boolean));
}

async function change(own, method) {
  const headers = {};
  let body;
  if (method !== "DELETE") {
    body = own.input.value;
    headers["Content-Type"] = isJson(body) ? "application/json" : "text/plain; charset=utf-8";
  }
  if (own.seen.checked && own.context && !own.mergeable) headers["Entente-Context"] = own.context;
  own.write.disabled = true;
  say(own.status, "Writing…");
  try {
    const answer = await fetch(path(own.name), {method, headers, body});
    if (!answer.ok) throw new Error(await refusal(answer));
    say(own.status, method === "DELETE" ? `Deleted at ${own.name}.` : `Accepted at ${own.name}.`);
  } catch (failure) {
    say(own.status, failure instanceof TypeError ? unreachable : failure.message);
  } finally {
    own.write.disabled = false;
    refresh();
  }
}

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
