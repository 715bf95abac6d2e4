/* The conflict feed: live, side by side, tried otherwise, and as a test. Everything shown was stored by somebody: it is text. */

import {byId, chip, clock, h, plural, refusal, say, shorten, unreachable} from "./dom.js";
import {follow} from "./live.js";
import {forgetConflicts, paletteOf, sawConflict} from "./charts.js";
import {lookUp} from "./keys.js";

const MOST = 100;
const RESOLVERS = ["last-writer-wins", "first-writer-wins", "data-center-priority", "max", "min", "longest",
  "keep-all", "json-merge", "text-merge", "union", "set-merge"];

const form = byId("conflict-filter");
const list = byId("conflict-list");
const status = byId("conflict-status");
const badge = byId("conflict-count");

let stop = () => {};
let seen = 0;
let dataCenters = [];

export function beginConflicts() {
  form.addEventListener("submit", event => {
    event.preventDefault();
    watch();
  });
  watch();
}

export function namesAre(names) {
  dataCenters = names;
}

/** Follows the journal from the time asked for: first what it has, then what comes. */
function watch() {
  stop();
  seen = 0;
  list.replaceChildren();
  forgetConflicts();
  countSeen();
  const asked = new FormData(form);
  const query = new URLSearchParams();
  for (const name of ["map", "key"]) if (asked.get(name)) query.set(name, asked.get(name));
  const minutes = asked.get("since");
  const since = minutes ? Date.now() - minutes * 60_000 : 0;
  query.set("since", new Date(since).toISOString());
  const only = asked.has("unresolved");
  stop = follow(`/conflicts?${query}`, {
    conflict: conflict => {
      sawConflict(Date.parse(conflict.at));
      if (!only || conflict.unresolved) add(conflict);
    },
    reset: () => say(status, "Older conflicts are no longer in the journal."),
  }, state => {
    if (state === "lost") say(status, "Waiting for the node: conflicts go on from where they were.");
    else if (seen === 0) say(status, state === "live" ? "No conflict so far. Write one key in two data centers while their link is cut." : "Looking into the journal…");
    else say(status, "");
  });
}

function add(conflict) {
  seen++;
  countSeen();
  say(status, seen > MOST ? `The last ${MOST} of ${seen}.` : "");
  list.prepend(item(conflict));
  while (list.childElementCount > MOST) list.lastChild.remove();
}

function countSeen() {
  badge.hidden = seen === 0;
  say(badge, String(seen));
}

function item(conflict) {
  const body = h("div", {class: "conflict"});
  const details = h("details", {},
    h("summary", {},
      h("time", {datetime: conflict.at}, clock(conflict.at)), " ",
      h("strong", {class: "break"}, `${conflict.map}/${conflict.key}`), " ",
      outcomeChip(conflict), " ",
      h("span", {class: "quiet"}, `${plural(conflict.siblings.length, "sibling", "siblings")}, ${conflict.resolver}`)),
    body);
  // Built when it is opened for the first time: a hundred conflicts may have a hundred large values.
  details.addEventListener("toggle", () => {
    if (details.open && body.childElementCount === 0) body.append(...inside(conflict));
  });
  return h("li", {}, details);
}

function outcomeChip(conflict) {
  if (conflict.unresolved) return chip("bad", "!", "unresolved");
  if (conflict.outcome.kind === "siblings") return chip("warn", "≡", "all kept");
  if (conflict.outcome.kind === "unknown") return chip("wait", "?", "not known any more");
  return chip("good", "✓", conflict.outcome.kind === "absent" ? "deleted" : "resolved");
}

function inside(conflict) {
  const versions = conflict.siblings.map(version => sibling(version, isShown(version, conflict.outcome)));
  if (conflict.ancestor) versions.unshift(box("Common ancestor", conflict.ancestor, "ancestor"));
  versions.unshift(...(conflict.crossedAncestors || []).map(version => box("One of the ancestors", version, "ancestor")));
  return [
    h("div", {class: "columns"}, versions, outcomeBox(`Outcome by ${conflict.resolver}`, conflict.outcome, conflict.unresolved)),
    h("p", {class: "quiet break"}, `Seen by ${conflict.node} at ${new Date(conflict.at).toLocaleString("en-GB")}. ${conflict.open ? "The key still holds these siblings." : "The key has been written since."}`),
    actions(conflict),
  ];
}

const sibling = (version, shown) => box(version.dataCenter, version, paletteOf(version.dataCenter), shown);

function box(title, version, palette, shown = false) {
  return h("article", {class: `version ${palette}`},
    h("h4", {}, h("span", {class: "dot", "aria-hidden": "true"}, "●"), ` ${title} `, shown && chip("good", "✓", "shown")),
    h("p", {class: "quiet break", title: version.dot}, clock(version.timestamp), ` ${shortDot(version.dot)}`),
    valueOf(version));
}

const shortDot = dot => dot.replace(/\/[^/#]*#/, " #");

function valueOf(version) {
  if (version.deleted) return h("p", {class: "deleted"}, "∅ deleted");
  if (version.omitted) return h("p", {class: "quiet"}, `${version.size} bytes, more than the journal keeps`);
  return h("pre", {}, text(version));
}

const text = version => shorten(typeof version.value === "string" && !isJson(version)
  ? version.value : JSON.stringify(version.value, null, 2));

const isJson = version => /[/+]json/.test(version.contentType || "");

const isShown = (version, outcome) => outcome.kind === "value" && !version.deleted
  && JSON.stringify(version.value) === JSON.stringify(outcome.value);

function outcomeBox(title, outcome, unresolved) {
  return h("article", {class: "version outcome"},
    h("h4", {}, title),
    unresolved && h("p", {class: "why break"}, `Unresolved: ${unresolved}`),
    outcome.kind === "value" ? h("pre", {}, text(outcome))
      : h("p", {class: "deleted"}, {absent: "∅ absent", siblings: "≡ all of them, for the application to choose", unknown: "? not known any more"}[outcome.kind]));
}

function actions(conflict) {
  const result = h("div", {class: "columns", role: "status"});
  const resolver = h("select", {}, RESOLVERS.map(name => h("option", {}, name)));
  const priority = h("input", {value: dataCenters.join(","), spellcheck: "false"});
  const priorityLabel = h("label", {hidden: true}, "Data centers, best first ", priority);
  resolver.addEventListener("change", () => {
    priorityLabel.hidden = resolver.value !== "data-center-priority";
  });
  const row = h("form", {class: "row", on: {submit: event => {
    event.preventDefault();
    tryOther(conflict, resolver.value, priority.value, result);
  }}},
    h("label", {}, "What if it were ", resolver), priorityLabel,
    h("button", {}, "Try"),
    h("button", {type: "button", on: {click: () => asTest(conflict, result)}}, "Copy as test"),
    h("button", {type: "button", on: {click: () => lookUp(conflict.map, conflict.key)}}, "See the key everywhere"));
  return h("div", {}, row, result);
}

async function tryOther(conflict, resolver, priority, result) {
  const query = new URLSearchParams({map: conflict.map, key: conflict.key, resolver, limit: "1000"});
  if (resolver === "data-center-priority") query.set("priority", priority);
  try {
    const answer = await fetch(`/conflicts?${query}`);
    if (!answer.ok) throw new Error(await refusal(answer));
    const found = (await answer.json()).conflicts.find(one => one.id === conflict.id);
    if (!found) throw new Error("The conflict is no longer in the journal.");
    result.replaceChildren(outcomeBox(`What ${found.whatIf.resolver} would make of it; nothing is written`, found.whatIf.outcome, found.whatIf.unresolved));
  } catch (failure) {
    tell(result, failure);
  }
}

async function asTest(conflict, result) {
  try {
    const answer = await fetch(`/conflicts/test?${new URLSearchParams({map: conflict.map, key: conflict.key, id: conflict.id})}`);
    if (!answer.ok) throw new Error(await refusal(answer));
    showCode(await answer.text());
  } catch (failure) {
    tell(result, failure);
  }
}

const tell = (result, failure) =>
  result.replaceChildren(h("p", {class: "why break"}, failure instanceof TypeError ? unreachable : failure.message));

function showCode(source) {
  const dialog = byId("code");
  byId("code-text").textContent = source;
  say(byId("code-status"), "");
  byId("code-copy").onclick = () => copy(source);
  dialog.showModal();
  copy(source);
}

/** The clipboard is a browser's to give: pages that did not come from this machine or over TLS have none. */
async function copy(source) {
  try {
    await navigator.clipboard.writeText(source);
    say(byId("code-status"), "Copied.");
  } catch {
    getSelection().selectAllChildren(byId("code-text"));
    say(byId("code-status"), "Selected: copy it with the keyboard.");
  }
}
