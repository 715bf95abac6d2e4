/* From what every node sees to one picture of the cluster. Pure. */

const dataCenterOf = origin => origin.slice(0, origin.indexOf("/"));
const WORST = {"up": 0, "catching-up": 1, "down": 2, "cut": 3};

/** The model of one event of /cluster; `before` is the model of the event before it, for rates. */
export function model(event, now, before) {
  const views = new Map(event.views.map(view => [view.node, view]));
  const dataCenters = placed(event, views);
  const names = [...dataCenters.keys()];
  const applied = new Map(names.map(name => [name, appliedAt(dataCenters.get(name), views)]));
  const seconds = before ? Math.max(0.2, (now - before.at) / 1000) : 0;
  const own = views.get(event.node) || event.views[0];
  const arriving = (from, to) => {
    const past = before && before.applied.get(to);
    if (!past || !past.has(from)) return 0;
    return Math.max(0, ((applied.get(to).get(from) || 0) - past.get(from)) / seconds);
  };
  return {
    at: now,
    node: event.node,
    mode: own.mode,
    topology: own.topology.name,
    faultInjection: own.faultInjection,
    dataCenters,
    applied,
    writes: new Map(names.map(name => [name, arriving(name, name)])),
    links: links(names, event.views, dataCenters, arriving),
    silent: event.silent,
    ...difference(event.views),
  };
}

/** Data centers by name, each with its nodes; a node's own word on itself counts. */
function placed(event, views) {
  const dataCenters = new Map();
  const seen = new Map();
  for (const view of event.views) {
    for (const {name, nodes} of view.dataCenters) {
      for (const node of nodes) {
        const known = seen.get(node.name);
        if (!known || view.node === node.name) seen.set(node.name, {...node, dataCenter: name});
      }
    }
  }
  const silent = new Set(event.silent.map(node => node.node));
  for (const name of [...seen.keys()].sort()) {
    const node = seen.get(name);
    const list = dataCenters.get(node.dataCenter) || [];
    // One that has not answered yet is as the others say.
    list.push({...node, live: views.has(name) || (node.live && !silent.has(name))});
    dataCenters.set(node.dataCenter, list);
  }
  return new Map([...dataCenters].sort(([a], [b]) => a.localeCompare(b)));
}

/** How many entries a data center has, by the data center they come from. */
function appliedAt(nodes, views) {
  const join = new Map();
  for (const node of nodes) {
    const view = views.get(node.name);
    if (!view) continue;
    for (const [partition, vector] of Object.entries(view.vectors)) {
      for (const [origin, sequence] of Object.entries(vector)) {
        const key = `${partition} ${origin}`;
        join.set(key, Math.max(join.get(key) || 0, sequence));
      }
    }
  }
  const sums = new Map();
  for (const [key, sequence] of join) {
    const from = dataCenterOf(key.slice(key.indexOf(" ") + 1));
    sums.set(from, (sums.get(from) || 0) + sequence);
  }
  return sums;
}

/** One link for each direction; of several nodes' words the worst counts. */
function links(names, views, dataCenters, arriving) {
  const all = [];
  for (const from of names) {
    for (const to of names) {
      if (from === to) continue;
      const local = views.filter(view => dataCenters.get(from).some(node => node.name === view.node));
      const remote = views.filter(view => dataCenters.get(to).some(node => node.name === view.node));
      const said = pick(local, from, to);
      const heard = pick(remote, from, to);
      const words = said.length > 0 ? said : heard;
      const lags = words.map(link => link.lagMillis).filter(lag => lag !== null);
      all.push({
        from,
        to,
        state: worst([...words, ...heard.filter(link => link.state === "cut")], isUp(dataCenters, from) && isUp(dataCenters, to)),
        lagEntries: Math.max(0, ...words.map(link => link.lagEntries)),
        lagMillis: words.every(link => link.lagEntries === 0) ? 0 : lags.length > 0 ? Math.max(...lags) : null,
        rate: arriving(from, to),
      });
    }
  }
  return all;
}

const isUp = (dataCenters, name) => dataCenters.get(name).some(node => node.live);

const pick = (views, from, to) => views.flatMap(view => view.links.filter(link => link.from === from && link.to === to));

function worst(words, bothLive) {
  const state = words.reduce((most, link) => WORST[link.state] > WORST[most] ? link.state : most, "up");
  return words.length === 0 || (!bothLive && state !== "cut") ? "down" : state;
}

/** How many entries some copy has and another one lacks, each counted once: equal vectors are equal data. */
function difference(views) {
  const copies = new Map();
  for (const view of views) {
    for (const [partition, vector] of Object.entries(view.vectors)) {
      copies.set(partition, [...(copies.get(partition) || []), vector]);
    }
  }
  let missing = 0;
  let total = 0;
  for (const vectors of copies.values()) {
    for (const origin of new Set(vectors.flatMap(vector => Object.keys(vector)))) {
      const sequences = vectors.map(vector => vector[origin] || 0);
      total += Math.max(...sequences);
      missing += Math.max(...sequences) - Math.min(...sequences);
    }
  }
  return {missing, total};
}

/** The links that are cut, one name for both directions. */
export function cuts(of) {
  return new Set(of.links.filter(link => link.state === "cut").map(link => [link.from, link.to].sort().join(" – ")));
}
