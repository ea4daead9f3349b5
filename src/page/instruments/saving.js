// A button that saves what was recorded as a file; docs/reference/recording.md describes it.

import { button, h } from "../views/dom.js";

/** @import {ExampleServer} from "../server/example-server.js" */

/** @param {ExampleServer} server */
export function recordingOf(server) {
  const { began, dropped, entries } = server.recording;
  return { version: 1, began, example: server.example, server: server.running?.server.name ?? "", dropped, entries };
}

/** @param {ExampleServer} server */
export const saving = (server) =>
  button("Save as JSON", () => {
    const file = new Blob([JSON.stringify(recordingOf(server), null, 1)], { type: "application/json" });
    const url = URL.createObjectURL(file);
    h("a", { href: url, download: "recording.json" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000); // The download begins after the click.
  });
