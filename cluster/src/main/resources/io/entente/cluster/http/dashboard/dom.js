/* Elements without markup: all text is text, whatever it says. The page's policy forbids anything else. */

const SVG = "http://www.w3.org/2000/svg";

/** An element: {class, on: {click}, attributes…}, then children; texts become text nodes, null and false nothing. */
export function h(name, properties = {}, ...children) {
  return fill(document.createElement(name), properties, children);
}

/** The same, of a picture. */
export function s(name, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, name), properties, children);
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...children.flat().filter(child => child !== null && child !== false && child !== undefined));
  return element;
}

export const byId = id => document.getElementById(id);

/** Sets a text, if it is another one: what a screen reader follows must not be said twice. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A state in words, with a symbol beside its colour. */
export function show(element, kind, symbol, text) {
  const base = element.classList.contains("chip") ? "chip" : "big";
  element.className = `${base} ${kind}`;
  say(element.querySelector(".symbol"), symbol);
  say(element.querySelector(".text"), text);
}

export function chip(kind, symbol, text) {
  return h("span", {class: `chip ${kind}`}, h("span", {class: "symbol", "aria-hidden": "true"}, symbol), " ", text);
}

const SHOWN = 4000;

/** A value as text, bounded. */
export function shorten(text) {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…\n(${text.length} characters)` : text;
}

const number = new Intl.NumberFormat("en");

export const count = value => number.format(Math.round(value));

export const plural = (value, one, many) => `${count(value)} ${value === 1 ? one : many}`;

/** A rate, with a decimal while it is small. */
export const rate = value => value > 0 && value < 10 ? value.toFixed(1) : count(value);

export function duration(millis) {
  if (millis < 1000) return `${Math.round(millis)} ms`;
  if (millis < 60_000) return `${(millis / 1000).toFixed(1)} s`;
  return `${Math.floor(millis / 60_000)} min ${Math.floor(millis / 1000) % 60} s`;
}

export const clock = when => new Date(when).toLocaleTimeString("en-GB");

/** The refusal that an answer carries, as a sentence. */
export async function refusal(answer) {
  try {
    const problem = await answer.json();
    return problem.detail || `The node answered ${answer.status}.`;
  } catch {
    return `The node answered ${answer.status}.`;
  }
}

export const unreachable = "This node gave no answer: it may have stopped. Nothing is known of what was asked.";
