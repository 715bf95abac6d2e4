/* Server-sent events that come back by themselves, and say so when they don't. */

const SILENCE = 6000;

/**
 * Follows a stream. `on` maps the names of events to listeners of their data; `state` hears "connecting", "live" and "lost".
 * With `steady` an event is due each second, and silence counts as a lost connection; without, silence is rest.
 */
export function follow(url, on, state, steady = false) {
  let source = null;
  let closed = false;
  let last = Date.now();
  let retry = 0;
  let current = "";

  const become = next => {
    if (next !== current) {
      current = next;
      state(next);
    }
  };

  const open = () => {
    if (closed) return;
    source = new EventSource(url);
    source.onopen = () => {
      last = Date.now();
      if (!steady) become("live");
    };
    // The browser tries again by itself unless it was refused.
    source.onerror = () => {
      become("lost");
      if (source.readyState === EventSource.CLOSED) retry = setTimeout(open, 3000);
    };
    for (const [name, listener] of Object.entries(on)) {
      source.addEventListener(name, event => {
        last = Date.now();
        become("live");
        listener(JSON.parse(event.data));
      });
    }
  };

  const watch = steady && setInterval(() => {
    if (Date.now() - last > SILENCE) become("lost");
  }, 1000);

  become("connecting");
  open();
  return () => {
    closed = true;
    clearTimeout(retry);
    if (watch) clearInterval(watch);
    if (source) source.close();
  };
}
