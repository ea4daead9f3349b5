// Asks an address from a worker in every way that one has; gives the ways that reached it.
/** @param {string} url @returns {Promise<string[]>} */
async (url) => {
  /** @type {string[]} */
  const reached = [];
  /** @param {string} way */
  const note = (way) => () => void reached.push(way);
  await fetch(url, { mode: "no-cors" }).then(note("fetch"), () => {});
  await import(url + "module.js").then(note("import"), () => {});
  await new Promise((ended) => {
    const asking = new XMLHttpRequest();
    asking.onload = note("XMLHttpRequest");
    asking.onloadend = ended;
    asking.open("GET", url);
    asking.send();
  });
  for (const open of [() => new WebSocket(url.replace("http", "ws")), () => new EventSource(url)])
    await new Promise((ended) => {
      try {
        const opened = open();
        opened.onopen = () => ended(note("a stream")());
        opened.onerror = ended;
      } catch (error) {
        ended(error);
      }
    });
  return reached;
};
