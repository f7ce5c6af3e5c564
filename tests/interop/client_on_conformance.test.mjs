// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// The official socket.io-client against the network core alone.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { startConformanceServer } from "./support/program.mjs";
import { connect, next, refusal, socketTo, transports } from "./support/socket.mjs";

const timeout = 30_000;
let server;
let sockets = [];

before(async () => { server = await startConformanceServer(); });
after(() => server.program.stop());
afterEach(() => {
  sockets.forEach((socket) => socket.disconnect());
  sockets = [];
});

function socketOf(options, namespace = "/", port = server.port) {
  const socket = socketTo(`http://127.0.0.1:${port}${namespace}`, options);
  sockets.push(socket);
  return socket;
}
function ask(socket, ...args) {
  return new Promise((resolve, reject) => {
    socket.timeout(10_000).emit("message-with-ack", ...args, (error, ...answer) => (error ? reject(error) : resolve(answer)));
  });
}

for (const [name, options] of Object.entries(transports)) {
  describe(`socket.io-client by ${name}`, { timeout }, () => {
    test("connects with its payload and ends on the transport asked for", async () => {
      const socket = socketOf({ ...options, auth: { token: "t", n: [1, { zwei: null }] } });
      const auth = next(socket, "auth");
      await connect(socket);

      assert.deepEqual(await auth, [{ token: "t", n: [1, { zwei: null }] }]);
      assert.equal(socket.io.engine.transport.name, name === "polling" ? "polling" : "websocket");
      assert.match(socket.id, /^[\w-]{16,}$/);
      assert.notEqual(socket.id, socket.io.engine.id);
    });

    test("connects without a payload", async () => {
      const socket = socketOf(options);
      const auth = next(socket, "auth");
      await connect(socket);

      assert.deepEqual(await auth, [{}]);
    });

    test("gets back what it sent", async () => {
      const socket = await connect(socketOf(options));
      for (const args of [[], [1, "zwöi €😀", { three: [true, null, -1.5e3] }], ["\u2028\u001e\"\\"]]) {
        const back = next(socket, "message-back");
        socket.emit("message", ...args);
        assert.deepEqual(await back, args);
      }
    });

    test("gets back bytes", async () => {
      const socket = await connect(socketOf(options));
      const sent = [{ deep: [Buffer.from([0, 30, 255])] }, Buffer.alloc(70_000, "x"), Buffer.alloc(0), "text"];
      const back = next(socket, "message-back");
      socket.emit("message", ...sent);

      assert.deepEqual(await back, sent);
    });

    test("gets acks, with bytes and without", async () => {
      const socket = await connect(socketOf(options));

      assert.deepEqual(await ask(socket), []);
      assert.deepEqual(await ask(socket, 1, { a: "b" }), [1, { a: "b" }]);
      assert.deepEqual(await ask(socket, "x", { y: Buffer.from([0, 1, 2, 255]) }), ["x", { y: Buffer.from([0, 1, 2, 255]) }]);
    });

    // By polling the client puts all that waits into one POST, and the server takes 64 packets of a POST: hence the rounds.
    test("gets many answers, each its own", async () => {
      const socket = await connect(socketOf(options));
      for (let round = 0; round < 5; ++round) {
        const numbers = Array.from({ length: 40 }, (_, i) => 40 * round + i);
        const questions = numbers.map((n) => [n, n % 3 === 0 ? Buffer.from([n]) : "text"]);

        assert.deepEqual(await Promise.all(questions.map((args) => ask(socket, ...args))), questions);
      }
    });

    test("gets a flood in order, begun before the upgrade", async () => {
      const socket = socketOf(options);
      const got = [];
      let roundIsOver = () => {};
      socket.on("message-back", (n) => { if (got.push(n) % 60 === 0) roundIsOver(); });
      for (let round = 0; round < 10; ++round) {
        const over = new Promise((resolve) => { roundIsOver = resolve; });
        for (let n = 0; n < 60; ++n) socket.emit("message", 60 * round + n);
        if (round === 0) socket.connect();
        await over;
      }

      assert.deepEqual(got, Array.from({ length: 600 }, (_, n) => n));
    });

    test("lives through heartbeats", async () => {
      const socket = await connect(socketOf(options));
      const lost = [];
      socket.on("disconnect", (reason) => lost.push(reason));
      // Longer than the server would wait for an answer: 300 + 200 ms.
      for (let ping = 0; ping < 5; ++ping) await next(socket.io, "ping");

      assert.deepEqual(lost, []);
      assert.deepEqual(await ask(socket, "alive"), ["alive"]);
    });

    test("shares its connection among namespaces", async () => {
      const main = await connect(socketOf(options));
      const custom = main.io.socket("/custom", { auth: { who: "c" } });
      const auth = next(custom, "auth");
      const unknown = main.io.socket("/unknown");
      await connect(custom);

      assert.deepEqual(await auth, [{ who: "c" }]);
      assert.notEqual(custom.id, main.id);
      assert.deepEqual(await ask(custom, "c", Buffer.from("c")), ["c", Buffer.from("c")]);
      assert.equal((await refusal(unknown)).message, "Invalid namespace");
      custom.disconnect();
      assert.deepEqual(await ask(main, "still here"), ["still here"]);
    });

    test("leaves and comes back", async () => {
      const socket = await connect(socketOf(options));
      const first = socket.id;
      const left = next(socket, "disconnect");
      socket.disconnect();
      assert.equal((await left)[0], "io client disconnect");

      await connect(socket);

      assert.notEqual(socket.id, first);
      assert.deepEqual(await ask(socket, 1), [1]);
    });

    test("finds a restarted server again", async () => {
      let other = await startConformanceServer();
      const socket = socketOf({ ...options, reconnection: true, reconnectionDelay: 50, reconnectionDelayMax: 200 }, "/", other.port);
      await connect(socket);
      const lost = next(socket, "disconnect");
      assert.equal(await other.program.stop(), 0);
      assert.match((await lost)[0], /^transport (close|error)$/);

      const again = next(socket, "connect");
      other = await startConformanceServer(other.port);
      await again;

      assert.deepEqual(await ask(socket, "back"), ["back"]);
      socket.disconnect();
      await other.program.stop();
    });
  });
}

test("a namespace alone may be the wrong one", { timeout }, async () => {
  assert.equal((await refusal(socketOf(transports.websocket, "/unknown"))).message, "Invalid namespace");
});
