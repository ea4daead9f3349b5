// The life of an example's server, without DOM and with a fake worker: each state, and what ends it.

import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";

import { HEAD, REQUEST, made } from "./fake-worker.js";

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("run", () => {
  test("logs then what was printed ahead", async () => {
    const { server, ports } = made();
    server.prepare();
    ports[0].receive({ type: "log", text: "a warning of an import\n" });
    assert.equal(server.log, "");
    await server.run();
    assert.equal(server.log, "a warning of an import\n");
  });

  test("of a server that is still to be fetched takes what was prepared for any", async () => {
    const { server, ports } = made();
    server.draft.choose("hypercorn");
    server.prepare();
    assert.deepEqual(ports[0].posted.map(({ packages, server }) => packages ?? server), [["starlette"], ""]);
    await server.run();
    assert.deepEqual(ports[0].posted.at(-2), { type: "load", packages: ["hypercorn"] });
  });

  test("fetches, starts, and is ready", async () => {
    const { server, ports, states } = made();
    await server.run();
    assert.deepEqual(states, ["loading", "starting", "ready"]);
    assert.deepEqual(ports[0].types, ["boot", "load", "run"]);
    assert.deepEqual(ports[0].posted[0].packages, ["starlette"]);
    const program = { type: "run", source: "published", module: "app", path: "hello/app.py", app: "app", server: "uvicorn" };
    assert.deepEqual(ports[0].posted[2], program);
  });

  test("is loading at once, before anything is awaited", () => {
    const { server } = made();
    void server.run();
    assert.equal(server.state, "loading");
  });

  test("twice is one start", async () => {
    const { server, ports } = made();
    await Promise.all([server.run(), server.run()]);
    assert.deepEqual(ports[0].types, ["boot", "load", "run"]);
  });

  test("says why it failed, in the state and to the caller", async () => {
    const { server, states } = made({ run: [{ type: "failed", message: "SyntaxError" }] });
    await assert.rejects(server.run(), { message: "SyntaxError" });
    assert.deepEqual(states, ["loading", "starting", "failed: SyntaxError"]);
  });

  test("takes the place of what runs, in an interpreter of its own, which starts meanwhile", async () => {
    const { server, ports, states } = made();
    await server.run();
    server.draft.source = "edited";
    await server.run();
    assert.deepEqual(states.slice(3), ["stopping", "stopped", "loading", "starting", "ready"]);
    assert.deepEqual(ports.map(({ types }) => types), [
      ["boot", "load", "run", "stop"],
      ["boot", "ahead", "load", "run"],
    ]);
    assert.equal(ports[1].posted.at(-1).source, "edited");
    assert.deepEqual(ports.map(({ terminated }) => terminated), [true, false]);
  });

  test("of another draft ends a start that goes on", async () => {
    const { server, ports } = made();
    const first = server.run();
    server.draft.choose("hypercorn");
    const second = server.run();
    await assert.rejects(first, { message: "The start was stopped." });
    await second;
    assert.equal(server.running?.server.name, "hypercorn");
    assert.deepEqual(ports[1].posted[0].packages, ["starlette", "hypercorn"]);
  });

  test("that waits for a stop is ended by the next one, and never starts", async () => {
    const { server, ports } = made();
    await server.run();
    server.draft.source = "second";
    const second = server.run();
    server.draft.source = "third";
    const third = server.run();
    await assert.rejects(second, { message: "The server was stopped." });
    await third;
    const runs = ports.flatMap(({ posted }) => posted.filter(({ type }) => type === "run"));
    assert.deepEqual(runs.map(({ source }) => source), ["published", "third"]);
  });

  test("after a failure takes another interpreter", async () => {
    const { server, ports } = made({ run: [{ type: "failed", message: "SyntaxError" }] });
    await assert.rejects(server.run());
    await assert.rejects(server.run());
    assert.deepEqual(ports.map(({ terminated }) => terminated), [true, true]);
  });

  test("of the chosen server takes what was prepared for it, and not what was for another", async () => {
    const { server, ports } = made();
    server.prepare();
    assert.deepEqual(ports[0].posted.at(-1), { type: "ahead", source: "published", server: "uvicorn" });
    await server.run();
    assert.deepEqual(ports[0].types, ["boot", "ahead", "load", "run"]);
    server.prepare();
    server.draft.choose("hypercorn");
    await server.run();
    assert.deepEqual(ports[2].types, ["boot", "load", "run"]);
    assert.ok(ports[1].terminated);
  });

  test("starts anew after a download that failed", async () => {
    const { server, ports } = made({ load: [{ type: "crash", message: "stdlib.zip: HTTP status 503" }] });
    await assert.rejects(server.run(), { message: "stdlib.zip: HTTP status 503" });
    await assert.rejects(server.run());
    assert.equal(ports.length, 2);
  });
});

describe("stop", () => {
  test("ends the worker of a start that is still loading", async () => {
    const { server, ports, states } = made({ load: [] });
    const started = server.run();
    await server.stop();
    await assert.rejects(started, { message: "The start was stopped." });
    assert.deepEqual(states, ["loading", "stopped"]);
    assert.ok(ports[0].terminated);
  });

  test("lets a server stop by itself, and ends its worker then", async () => {
    const { server, ports, states } = made();
    await server.run();
    await server.stop();
    assert.deepEqual(states.slice(3), ["stopping", "stopped"]);
    assert.ok(ports[0].terminated);
    assert.equal(server.log, "");
  });

  for (const { what, answers, within, told } of [
    { what: "that does not read its messages", answers: [], within: 150, told: /did not give control back/ },
    { what: "whose server does not stop", answers: [{ type: "stopping" }], within: 1000, told: /before it had stopped/ },
  ]) {
    test(`ends a worker ${what} after ${within} ms, and says so`, async () => {
      const { server, ports } = made({ stop: answers });
      await server.run();
      mock.timers.enable({ apis: ["setTimeout"] });
      try {
        const stopped = server.stop();
        await settled();
        mock.timers.tick(within - 1);
        assert.ok(!ports[0].terminated);
        assert.equal(server.state, "stopping");
        mock.timers.tick(1);
        await stopped;
        assert.ok(ports[0].terminated);
        assert.match(server.log, told);
      } finally {
        mock.timers.reset();
      }
      await server.run();
      assert.equal(ports.length, 2);
    });

    test(`pressed twice ends a worker ${what} at once`, async () => {
      const { server, ports } = made({ stop: answers });
      await server.run();
      void server.stop();
      await settled();
      await server.stop();
      assert.ok(ports[0].terminated);
      assert.equal(server.state, "stopped");
      assert.match(server.log, told);
    });
  }

  test("of a worker that crashes meanwhile comes to its end", async () => {
    const { server, states } = made({ stop: [{ type: "stopping" }, { type: "crash", message: "os._exit" }] });
    await server.run();
    await server.stop();
    assert.deepEqual(states.slice(3), ["stopping", "stopped"]);
  });

  test("is an error to the requests that wait", async () => {
    const { server } = made();
    await server.run();
    /** @type {string[]} */
    const errors = [];
    server.request(REQUEST).on("error", ({ message }) => errors.push(message));
    await server.stop();
    assert.deepEqual(errors, ["The server was stopped."]);
  });

  test("comes with the end of the page's example", async () => {
    const { server, ports, states } = made();
    await server.run();
    server.end("The example has left the page.");
    assert.ok(ports[0].terminated);
    assert.equal(states.at(-1), "stopped");
  });
});

test("an interpreter that ends by itself is a failure, and the next run takes another", async () => {
  const { server, ports, states } = made();
  await server.run();
  ports[0].receive({ type: "crash", message: "out of memory" });
  assert.equal(states.at(-1), "failed: out of memory");
  await server.run();
  assert.equal(ports.length, 2);
});

test("an interpreter that was only prepared fails quietly", () => {
  const { server, ports, states } = made();
  server.prepare();
  ports[0].receive({ type: "crash", message: "h11.zip could not be fetched" });
  assert.deepEqual(states, []);
});

test("Python's module that does not come is a failure of the start", async () => {
  const { server } = made({ load: [] }, { loaded: 0, total: 1, on() {}, compiled: Promise.reject(new Error("503")) });
  await assert.rejects(server.run(), { message: "503" });
});

test("the log and the progress are passed on", async () => {
  const { server, ports } = made();
  /** @type {object[]} */
  const progress = [];
  server.on("progress", (each) => progress.push(each));
  await server.run();
  ports[0].receive({ type: "log", text: "one\n" });
  ports[0].receive({ type: "log", text: "two\n" });
  ports[0].receive({ type: "progress", loaded: 1, total: 2 });
  assert.equal(server.log, "one\ntwo\n");
  assert.deepEqual(progress, [{ loaded: 1, total: 2 }]);
});

for (const junk of [
  null,
  42,
  "text",
  {},
  { type: "toString" },
  { type: "log" },
  { type: "event", id: 1 },
  { type: "event", id: 1, event: { ...HEAD, headers: "none" } },
]) {
  test(`a message that nobody knows is a line in the log: ${JSON.stringify(junk)}`, async () => {
    const { server, ports } = made();
    await server.run();
    ports[0].receive(junk);
    assert.match(server.log, /does not know/);
    assert.equal(server.state, "ready");
  });
}

test("Run for a reader asks for the preset once the server is ready, and only then", async () => {
  for (const { run, asked } of [
    { run: [{ type: "ready" }], asked: 1 },
    { run: [{ type: "failed", message: "no" }], asked: 0 },
  ]) {
    const { server } = made({ run });
    let count = 0;
    server.on("sendpreset", () => count++);
    await server.runAndSend();
    assert.equal(count, asked);
  }
});

test("a server that is not offered is refused by name", () => {
  const message = "No server named apache runs hello/app.py in the page; known: uvicorn, hypercorn";
  assert.throws(() => made().server.draft.choose("apache"), { name: "RangeError", message });
});
