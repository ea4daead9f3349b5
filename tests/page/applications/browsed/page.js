// What the first page of the browsed application asks for, and what came of it.

document.title = "Scripted";

/** @type {Record<string, string>} */
const results = {};

/** @param {string} name @param {string} value */
function note(name, value) {
  results[name] = value;
  const made = document.getElementById("results") ?? document.createElement("pre");
  made.id = "results";
  made.textContent = Object.keys(results).sort().map((key) => `${key}: ${results[key]}`).join("\n");
  document.body.append(made);
}

addEventListener("popstate", (event) => note("popped", JSON.stringify(event.state)));

const late = new Image();
late.onload = () => document.body.append(late);
late.src = "/late.svg";
late.id = "late";

fetch("/json?from=fetch", { headers: { "X-Own": "1", Cookie: "forged=1" } })
  .then(async (answer) => note("fetch", `${answer.status} ${answer.url} ${(await answer.json()).own}`));
fetch("http://elsewhere.example/x").catch((error) => note("elsewhere", error.message));

const xhr = new XMLHttpRequest();
xhr.open("POST", "json");
xhr.responseType = "json";
xhr.onload = () => note("xhr", `${xhr.status} ${xhr.response.method} ${xhr.getResponseHeader("Content-Type")}`);
xhr.send("x");

const source = new EventSource("/events");
source.addEventListener("tick", ({ data, lastEventId }) => {
  note("events", `${data} ${lastEventId}`);
  if (data === "2") source.close();
});

const socket = new WebSocket(`ws://${new URL(document.baseURI).host}/socket`, "echo");
socket.onopen = () => socket.send("hello");
socket.onmessage = ({ data }) => {
  note("socket", `${data} ${socket.protocol}`);
  socket.close(3000, "enough");
};
socket.onclose = ({ code, wasClean }) => note("socket closed", `${code} ${wasClean}`);

localStorage.setItem("visits", String(1 + Number(localStorage.getItem("visits"))));
note("visits", localStorage.visits);
document.cookie = "script=ü";
note("cookies", document.cookie);
