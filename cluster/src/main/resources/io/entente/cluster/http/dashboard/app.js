/* Brings the parts together: one stream of the cluster for the picture, the charts and the verdict; one of conflicts for the feed. */

import {byId, clock, plural, say, show} from "./dom.js";
import {cuts, model} from "./cluster.js";
import {follow} from "./live.js";
import {drawMap} from "./map.js";
import {mark, paletteOf, sample} from "./charts.js";
import {beginConflicts, namesAre} from "./conflicts.js";
import {beginKeys, clusterIs} from "./keys.js";

let last = null;

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

/** Marks where faults were injected or mended, and where nodes fell silent. */
function tellChanges(before, now) {
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
  if (now.missing > 0) {
    show(element, "warn", "△", `${plural(now.missing, "entry is", "entries are")} not everywhere yet`);
  } else if (silent.length > 0) {
    show(element, "warn", "◐", "Converged, as far as nodes answer");
  } else {
    show(element, "good", "✓", "Converged");
  }
  const cut = [...cuts(now)];
  say(byId("verdict-detail"), [
    now.missing > 0 ? "Replicas that have applied the same writes hold the same data; these have not, so far."
      : `${plural(now.total, "entry", "entries")}, applied by every copy: their data is equal, byte for byte.`,
    silent.length > 0 ? `No answer from ${silent.join(", ")}.` : "",
    cut.length > 0 ? `Cut on purpose: ${cut.join(", ")}.` : "",
  ].filter(Boolean).join(" "));
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
  lost.hidden = !stale;
  document.body.classList.toggle("stale", stale);
}

beginConflicts();
beginKeys();
follow("/cluster", {cluster: onCluster}, onState, true);
