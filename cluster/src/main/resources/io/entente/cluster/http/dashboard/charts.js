/* Four small charts of the last five minutes, drawn from what this page has seen. */

import {byId, clock, count, duration, h, rate, s} from "./dom.js";

const SPAN = 300_000;
const WIDTH = 460;
const HEIGHT = 140;
const LEFT = 6;
const TOP = 22;
const BOTTOM = HEIGHT - 8;
const MOST_MARKS = 50;

const order = [];
const samples = [];
const marks = [];
const conflicts = [];

/** The class that gives a data center its colour and its dashes: the same all over the page. */
export function paletteOf(name) {
  if (!order.includes(name)) {
    order.push(name);
  }
  return `dc-${order.indexOf(name) % 8}`;
}

/** Something that happened: `kind` is good or bad. */
export function mark(kind, symbol, text, at) {
  marks.push({kind, symbol, text, at});
  if (marks.length > MOST_MARKS) marks.shift();
  const line = h("li", {}, h("time", {}, clock(at)), " ", h("span", {class: `mark-${kind}`, "aria-hidden": "true"}, symbol), ` ${text}`);
  const list = byId("marks");
  list.prepend(line);
  while (list.childElementCount > 8) list.lastChild.remove();
}

export function sawConflict(at) {
  conflicts.push(at);
  if (conflicts.length > 5000) conflicts.shift();
}

/** Conflicts are told again: what was counted so far is forgotten. */
export function forgetConflicts() {
  conflicts.length = 0;
}

export function sample(model) {
  const behind = new Map([...model.dataCenters.keys()].map(name => [name, {lag: 0, entries: 0}]));
  for (const link of model.links) {
    const to = behind.get(link.to);
    to.entries = Math.max(to.entries, link.lagEntries);
    to.lag = Math.max(to.lag, link.lagMillis || 0);
  }
  samples.push({at: model.at, behind, writes: model.writes});
  while (samples.length > 0 && model.at - samples[0].at > SPAN) samples.shift();
  while (marks.length > 0 && model.at - marks[0].at > SPAN) marks.shift();
  draw([...model.dataCenters.keys()], model.at);
}

const CHARTS = [
  {title: "Lag", note: "age of the oldest entry a data center lacks", text: duration, least: 100, of: (one, name) => one.behind.get(name)?.lag},
  {title: "Backlog", note: "entries a data center lacks", text: count, least: 10, of: (one, name) => one.behind.get(name)?.entries},
  {title: "Writes", note: "accepted a second, by data center", text: rate, least: 10, of: (one, name) => one.writes.get(name)},
];

const drawn = new Map();

function draw(names, now) {
  const grid = byId("chart-grid");
  if (drawn.size === 0) {
    for (const chart of CHARTS) grid.append(frame(chart.title, chart.note));
    grid.append(frame("Conflicts", "seen by this node, every five seconds"));
  }
  for (const chart of CHARTS) {
    const lines = names.map(name => ({
      name,
      palette: paletteOf(name),
      points: samples.map(one => [one.at, chart.of(one, name)]).filter(point => point[1] !== undefined),
    }));
    put(drawn.get(chart.title), chart, lines, now);
  }
  const buckets = [];
  for (let from = Math.floor((now - SPAN) / 5000) * 5000; from < now; from += 5000) {
    buckets.push([from + 5000 > now ? now : from + 5000, conflicts.filter(at => at >= from && at < from + 5000).length]);
  }
  put(drawn.get("Conflicts"), {title: "Conflicts", text: count, least: 4}, [{name: "all", palette: "all", points: buckets}], now);
}

function frame(title, note) {
  const picture = h("div", {class: "plot"});
  const legend = h("p", {class: "legend"});
  drawn.set(title, {picture, legend});
  return h("figure", {}, h("figcaption", {}, h("strong", {}, title), " ", h("span", {class: "quiet"}, note)), picture, legend);
}

function put({picture, legend}, chart, lines, now) {
  const highest = Math.max(chart.least, ...lines.flatMap(line => line.points.map(point => point[1])));
  const x = at => LEFT + (WIDTH - 2 * LEFT) * (1 - (now - at) / SPAN);
  const y = value => BOTTOM - (BOTTOM - TOP) * value / highest;
  const svg = s("svg", {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": inWords(chart, lines)});
  svg.append(
    s("line", {class: "axis", x1: LEFT, x2: WIDTH - LEFT, y1: BOTTOM, y2: BOTTOM}),
    s("line", {class: "grid", x1: LEFT, x2: WIDTH - LEFT, y1: y(highest), y2: y(highest)}),
    s("text", {class: "scale", x: LEFT, y: TOP - 6}, chart.text(highest)));
  for (const {kind, symbol, text, at} of marks) {
    if (now - at > SPAN) continue;
    svg.append(s("g", {class: `mark ${kind}`},
      s("title", {}, `${clock(at)} ${text}`),
      s("line", {x1: x(at).toFixed(1), x2: x(at).toFixed(1), y1: TOP, y2: BOTTOM}),
      s("text", {x: x(at).toFixed(1), y: TOP - 5}, symbol)));
  }
  for (const line of lines) {
    const points = line.points.map(([at, value]) => `${x(Math.max(at, now - SPAN)).toFixed(1)},${y(value).toFixed(1)}`);
    svg.append(s("polyline", {class: `series ${line.palette}`, points: points.join(" ")}));
  }
  picture.replaceChildren(svg);
  legend.replaceChildren(...lines.map(line => h("span", {class: line.palette},
    key(), lines.length > 1 ? ` ${line.name} ` : " ", h("b", {}, chart.text(lastOf(line))))));
}

/** A piece of the line as it is drawn, dashes and all. */
const key = () => s("svg", {class: "key", viewBox: "0 0 24 8", "aria-hidden": "true"}, s("line", {class: "series", x1: 0, x2: 24, y1: 4, y2: 4}));

const lastOf = line => line.points.length === 0 ? 0 : line.points[line.points.length - 1][1];

function inWords(chart, lines) {
  return `${chart.title} now: ${lines.map(line => `${line.name} ${chart.text(lastOf(line))}`).join(", ")}`;
}
