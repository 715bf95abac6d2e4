/* Brings the parts together: one stream of the cluster for the picture, the charts and the verdict; one of conflicts for the feed. */

import {byId, clock, plural, say, show} from "./dom.js";
import {cuts, model} from "./cluster.js";
import {follow} from "./live.js";
import {drawMap} from "./map.js";
import {mark, paletteOf, sample} from "./charts.js";
import {beginConflicts, namesAre} from "./conflicts.js";
import {beginKeys, clusterIs} from "./keys.js";

const LOOK_MILLIS = 10_000;

let last = null;
let verified = null;

function onCluster(event) {
  const now = model(event, Date.now(), last);
  for (const name of now.dataCenters.keys()) paletteOf(name);
  if (last) tellChanges(last, now);
  last = now;
  say(byId("where"), `seen from ${now.node}, ${now.mode}, ${now.topology}`);
  namesAre([...now.dataCenters.keys()]);
  verdict(now);
  sample(now);
  drawMap(now);
  clusterIs(now);
}

/** Marks where faults were injected or mended, where nodes fell silent, and where the mode was changed. */
function tellChanges(before, now) {
  if (before.mode !== now.mode) mark("good", "⇄", `the mode is ${now.mode} now`, now.at);
  const wasCut = cuts(before);
  const isCut = cuts(now);
  for (const link of isCut) if (!wasCut.has(link)) mark("bad", "✂", `${link} was cut`, now.at);
  for (const link of wasCut) if (!isCut.has(link)) mark("good", "✓", `${link} was healed`, now.at);
  const wasSilent = new Set(before.silent.map(node => node.node));
  const isSilent = new Set(now.silent.map(node => node.node));
  for (const node of isSilent) if (!wasSilent.has(node)) mark("bad", "✕", `${node} fell silent`, now.at);
  for (const node of wasSilent) if (!isSilent.has(node)) mark("good", "●", `${node} is back`, now.at);
}

function verdict(now) {
  const element = byId("verdict");
  const silent = now.silent.map(node => node.node);
  if (verified && verified.unrepaired > 0) {
    show(element, "bad", "✕", `${plural(verified.unrepaired, "key differs", "keys differ")} between nodes`);
  } else if (now.missing > 0) {
    // Each entry is a write of one key; how many wrote the same key, vectors don't say.
    show(element, "warn", "△", now.missing === 1 ? "1 key differs" : `Up to ${plural(now.missing, "key", "keys")} differ`);
  } else if (silent.length > 0) {
    show(element, "warn", "◐", "Converged, as far as nodes answer");
  } else {
    show(element, "good", "✓", "Converged");
  }
  const cut = [...cuts(now)];
  say(byId("verdict-detail"), [
    now.missing > 0 ? `${plural(now.missing, "entry is", "entries are")} not everywhere yet: copies that have applied the same writes hold the same data, these have not so far.`
      : `${plural(now.total, "entry", "entries")}, applied by every copy: their data is equal, byte for byte.`,
    silent.length > 0 ? `No answer from ${silent.join(", ")}.` : "",
    cut.length > 0 ? `Cut on purpose: ${cut.join(", ")}.` : "",
    comparison(),
  ].filter(Boolean).join(" "));
}

/** What this node found when it last compared rows, which vectors can't tell: a disk may have changed them since. */
function comparison() {
  if (!verified || verified.partitions.length === 0) return "";
  const differing = verified.partitions.flatMap(partition => partition.named).filter(named => named.outcome !== "repaired");
  const names = [...new Set(differing.map(named => `${named.map}/${named.key}`))].slice(0, 3).join(", ");
  if (verified.unrepaired > 0) return `Copies with the same writes hold something else at ${names}: write them anew, or verify again.`;
  if (verified.differences > 0) return `${plural(verified.differences, "row that differed was", "rows that differed were")} repaired when copies were last compared.`;
  return verified.verdict === "equal" ? `Compared row by row: ${plural(verified.rows, "row is", "rows are")} the same everywhere.` : "";
}

async function lookAtVerification() {
  try {
    const answer = await fetch("/verify");
    verified = answer.ok ? await answer.json() : null;
    if (last) verdict(last);
  } catch {
    verified = null; // the stream of the cluster says that the node is away
  }
}

function onState(state) {
  const element = byId("connection");
  const lost = byId("lost");
  if (state === "live") show(element, "good", "●", "Live");
  else if (state === "lost") show(element, "bad", "○", "Connection lost");
  else show(element, "wait", "◌", "Connecting");
  const stale = state === "lost";
  if (stale && lost.hidden) {
    say(lost, `This node does not answer. ${last ? `What you see is from ${clock(last.at)}.` : "Nothing was seen yet."} The page goes on by itself when it is back.`);
  }
  if (stale) show(byId("verdict"), "wait", "◌", "Not known while the connection is lost");
  lost.hidden = !stale;
  document.body.classList.toggle("stale", stale);
}

beginConflicts();
beginKeys();
follow("/cluster", {cluster: onCluster}, onState, true);
lookAtVerification();
setInterval(lookAtVerification, LOOK_MILLIS);
