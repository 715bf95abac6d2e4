/* Data centers and links, as a picture and as a list that says the same. */

import {byId, chip, count, duration, h, plural, rate, refusal, s, say, unreachable} from "./dom.js";
import {paletteOf} from "./charts.js";

const STATES = {
  "up": ["good", "✓", "up"],
  "catching-up": ["warn", "↻", "catching up"],
  "cut": ["bad", "✂", "cut on purpose"],
  "down": ["bad", "✕", "down"],
};

const LINE = 15;
const MOST_NODES = 5;

const picture = byId("map-picture");
const list = byId("links");
const rows = new Map();
let drawn = null;

export function drawMap(model) {
  drawn = model;
  draw();
  drawLinks(model);
}

new ResizeObserver(() => drawn && draw()).observe(picture);

function draw() {
  const width = Math.max(280, Math.min(960, picture.clientWidth));
  const names = [...drawn.dataCenters.keys()];
  const rows = Math.max(...[...drawn.dataCenters.values()].map(rowsOf));
  const below = 55 + LINE * rows;
  const height = names.length < 3 ? 100 + below : Math.round(Math.max(220 + below, Math.min(380, width * 0.42)));
  const places = spread(names, width, height - below);
  const svg = s("svg", {
    viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": inWords(drawn),
  });
  for (const link of drawn.links) svg.append(drawLink(link, places, width));
  for (const name of names) svg.append(drawPlace(name, drawn.dataCenters.get(name), places.get(name)));
  picture.replaceChildren(svg, legend());
}

/** What the symbols beside nodes mean: those that are to be seen. */
function legend() {
  const nodes = [...drawn.dataCenters.values()].flat();
  const words = [
    nodes.some(node => node.live && node.role === "leader") && "★ leads",
    nodes.some(node => node.live && node.role === "follower") && "○ follows",
    nodes.some(node => node.live && node.role === "replica") && "○ a copy like all others",
    nodes.some(node => !node.live) && "✕ silent",
  ];
  return h("p", {class: "quiet legend-line", "aria-hidden": "true"}, words.filter(Boolean).join("   "));
}

/** Corners of a polygon, the first one on top, stretched to fill the picture; two side by side. */
function spread(names, width, lowest) {
  const turn = names.length === 2 ? Math.PI : -Math.PI / 2;
  const corners = names.map((name, i) => {
    const angle = turn + (2 * Math.PI * i) / names.length;
    return {name, x: Math.cos(angle), y: Math.sin(angle)};
  });
  const reach = axis => {
    const values = corners.map(corner => corner[axis]);
    const least = Math.min(...values);
    const most = Math.max(...values);
    return (value, from, to) => most - least < 0.01 ? (from + to) / 2 : from + (to - from) * (value - least) / (most - least);
  };
  const across = reach("x");
  const down = reach("y");
  const side = Math.max(52, (width - 620) / 2);
  return new Map(corners.map(({name, x, y}) => [name, {
    x: Math.round(across(x, side, width - side)),
    y: Math.round(down(y, 46, lowest)),
  }]));
}

/** Nodes stand below each other. */
const rowsOf = nodes => Math.min(nodes.length, MOST_NODES + 1);

/** How many partitions there are, as far as nodes tell. */
const partitions = () => new Set([...drawn.dataCenters.values()].flat().flatMap(node => [...node.leads, ...node.holds])).size;

/** A node, what it is, and how many partitions it leads where others lead the rest. */
function labelOfNode(node, all) {
  const symbol = !node.live ? "✕" : node.role === "leader" ? "★" : "○";
  const part = node.live && node.role === "leader" && node.leads.length < all ? ` (${node.leads.length} of ${all})` : "";
  return {text: `${symbol} ${node.name}${part}`, dead: !node.live};
}

function drawPlace(name, nodes, {x, y}) {
  const place = s("g", {class: `place ${paletteOf(name)}`, transform: `translate(${x} ${y})`});
  const writes = drawn.writes.get(name) || 0;
  place.append(
    s("circle", {class: "disk", r: 38}),
    s("text", {class: "name", y: -4}, name),
    s("text", {class: "small", y: 14}, `${rate(writes)}/s`));
  const all = partitions();
  const labels = nodes.slice(0, MOST_NODES).map(node => labelOfNode(node, all));
  if (nodes.length > MOST_NODES) labels.push({text: `and ${nodes.length - MOST_NODES} more`, dead: false});
  labels.forEach((label, i) => {
    place.append(s("text", {class: `node ${label.dead ? "dead" : ""}`, x: 0, y: 56 + i * LINE}, label.text));
  });
  return place;
}

function drawLink(link, places, width) {
  const a = places.get(link.from);
  const b = places.get(link.to);
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const along = {x: (b.x - a.x) / length, y: (b.y - a.y) / length};
  const aside = {x: along.y, y: -along.x};
  const begin = {x: a.x + along.x * 42 + aside.x * 9, y: a.y + along.y * 42 + aside.y * 9};
  const end = {x: b.x - along.x * 48 + aside.x * 9, y: b.y - along.y * 48 + aside.y * 9};
  const bow = Math.min(34, length * 0.1);
  const control = {x: (begin.x + end.x) / 2 + aside.x * bow, y: (begin.y + end.y) / 2 + aside.y * bow};
  const [kind, symbol] = STATES[link.state];
  const flowing = link.state !== "cut" && link.state !== "down" && link.rate > 0;
  const group = s("g", {class: `link ${kind} ${link.state} ${flowing ? "flowing" : ""}`});
  const path = `M${fixed(begin)} Q${fixed(control)} ${fixed(end)}`;
  group.append(s("path", {class: "line", d: path}));
  if (flowing) group.append(s("path", {class: "flow", d: path}));
  group.append(head(control, end));
  const label = labelOf(link, symbol, width);
  if (label) {
    const middle = {x: (begin.x + 2 * control.x + end.x) / 4, y: (begin.y + 2 * control.y + end.y) / 4};
    const half = label.length * 3.7;
    const at = Math.max(half + 4, Math.min(width - half - 4, middle.x + aside.x * (half + 8)));
    group.append(s("text", {class: "label", x: at.toFixed(1), y: (middle.y + aside.y * 14 + 4).toFixed(1)}, label));
  }
  return group;
}

/** Figures where there is room; the list below has them all. */
function labelOf(link, symbol, width) {
  const behind = link.lagEntries > 0 && width >= 480 ? `${count(link.lagEntries)} behind` : "";
  return [link.state === "up" ? "" : symbol, behind].filter(Boolean).join(" ");
}

const fixed = ({x, y}) => `${x.toFixed(1)} ${y.toFixed(1)}`;

function head(from, at) {
  const angle = Math.atan2(at.y - from.y, at.x - from.x) * 180 / Math.PI;
  return s("path", {class: "head", d: "M0 0 L-9 -4.500 L-9 4.500 Z", transform: `translate(${fixed(at)}) rotate(${angle.toFixed(1)})`});
}

function inWords(model) {
  const places = [...model.dataCenters].map(([name, nodes]) =>
    `${name}: ${nodes.map(node => `${node.name} ${node.live ? node.role : "silent"}`).join(", ")}`);
  return `Data centers. ${places.join("; ")}. The links are listed below.`;
}

/** A row a pair; rows stay, so that a focused button keeps the focus. */
function drawLinks(model) {
  const pairs = new Map();
  for (const link of model.links) {
    const key = [link.from, link.to].sort().join("\n");
    pairs.set(key, [...(pairs.get(key) || []), link]);
  }
  if (pairs.size === 0) {
    rows.clear();
    list.replaceChildren(h("p", {class: "empty"}, "There is one data center so far: links appear when a node of another one joins."));
    return;
  }
  if ([...pairs.keys()].join() !== [...rows.keys()].join()) {
    rows.clear();
    for (const [key, [one]] of pairs) rows.set(key, rowOf(one.from, one.to));
    list.replaceChildren(h("ul", {class: "links"}, [...rows.values()].map(row => row.element)));
  }
  for (const [key, both] of pairs) update(rows.get(key), both, model.faultInjection);
}

function rowOf(a, b) {
  const state = h("span");
  const figures = h("span", {class: "figures"});
  const button = h("button", {type: "button", hidden: true});
  const row = {element: h("li", {}, h("strong", {}, `${a} ⇄ ${b}`), state, figures, button), state, figures, button, cut: false};
  button.addEventListener("click", () => set(row, a, b));
  return row;
}

function update(row, both, faultInjection) {
  const order = Object.keys(STATES);
  const worst = both.map(link => link.state).sort((x, y) => order.indexOf(y) - order.indexOf(x))[0];
  const shown = both.some(link => link.state === "cut") ? "cut" : worst;
  row.cut = shown === "cut";
  const next = chip(...STATES[shown]);
  if (row.state.textContent !== next.textContent) row.state.replaceChildren(next);
  say(row.figures, both.map(link => `${link.from} → ${link.to}: ${figuresOf(link)}`).join("\n"));
  row.button.hidden = !faultInjection;
  say(row.button, row.cut ? "Heal" : "Cut");
  row.button.setAttribute("aria-label", `${row.cut ? "Heal" : "Cut"} the link between ${both[0].from} and ${both[0].to}`);
}

function figuresOf(link) {
  const lag = link.lagEntries === 0 ? "all there"
    : `${plural(link.lagEntries, "entry", "entries")} behind${link.lagMillis === null ? "" : `, ${duration(link.lagMillis)}`}`;
  return `${lag}, ${rate(link.rate)}/s arriving`;
}

async function set(row, a, b) {
  const state = row.cut ? "up" : "cut";
  const status = byId("fault-status");
  row.button.disabled = true;
  say(status, `${state === "cut" ? "Cutting" : "Healing"} ${a} – ${b}…`);
  try {
    for (const [from, to] of [[a, b], [b, a]]) {
      const answer = await fetch("/admin/links", {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify({from, to, state, everywhere: true}),
      });
      if (!answer.ok) throw new Error(await refusal(answer));
    }
    say(status, `${a} – ${b} ${state === "cut" ? "is cut: nothing travels between the two" : "is healed"}.`);
  } catch (failure) {
    say(status, failure instanceof TypeError ? unreachable : failure.message);
  } finally {
    row.button.disabled = false;
    row.button.focus();
  }
}
