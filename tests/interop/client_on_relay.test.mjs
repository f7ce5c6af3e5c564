// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// The official socket.io-client, and plain REST, against gx-relay.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { freshId, fromBase64, toBase64 } from "./support/bytes.mjs";
import { startRelay } from "./support/program.mjs";
import { RelayDevice } from "./support/relay_device.mjs";
import { connect, next, refusal, transports } from "./support/socket.mjs";

const timeout = 60_000;
let relay;
let ada;
let ben;
let conversation;
let sockets = [];

before(async () => {
  relay = await startRelay();
  ada = await new RelayDevice(relay.url, "ada@gxcoin.test").becomeActive();
  ben = await new RelayDevice(relay.url, "ben@gxcoin.test").becomeActive();
  conversation = await ada.openConversation(ben.account);
});
after(async () => assert.equal(await relay.program.stop(), 0));
afterEach(() => {
  sockets.forEach((socket) => socket.disconnect());
  sockets = [];
});

function socketOf(device, options, auth) {
  const socket = device.socket(options, auth);
  sockets.push(socket);
  return socket;
}
// Connected, with what the relay said of it.
async function goOnline(device, options, auth) {
  const socket = socketOf(device, options, auth);
  const ready = next(socket, "ready");
  await connect(socket);
  return { socket, ready: (await ready)[0] };
}
function ask(socket, event, argument) {
  return socket.timeout(15_000).emitWithAck(event, argument);
}
const envelopeTo = (device, text) =>
  ({ device_id: device.deviceId, registration_id: device.registrationId, kind: "message", ciphertext: toBase64(text) });
const letterTo = (device, text) =>
  ({ conversation_id: conversation.conversation_id, client_msg_id: freshId(), envelopes: [envelopeTo(device, text)] });
const hasCode = (status, code) => (problem) => {
  assert.equal(problem.status, status);
  assert.equal(problem.code, code);
  assert.ok(problem.body.message && problem.body.request_id);
  return true;
};

describe("REST", { timeout }, () => {
  test("describes itself", async () => {
    const description = await new RelayDevice(relay.url).rest("GET", "/openapi.json");
    assert.equal(description["x-gx-relay"].api_level, 1);
    assert.equal(description["x-gx-relay"].demo, true);
    assert.equal((await fetch(`${relay.operations}/readyz`)).status, 200);
  });

  test("signs in, takes keys and a manifest", async () => {
    const device = new RelayDevice(relay.url, "cleo@gxcoin.test");
    await device.register();
    await assert.rejects(device.register(), hasCode(409, "account_taken"));
    assert.equal((await device.login()).device_state, "PENDING");
    await assert.rejects(device.rest("GET", "/conversations"), hasCode(403, "device_pending"));
    assert.equal((await device.uploadKeys(3)).prekeys, 3);
    assert.equal((await device.beginManifest()).version, 1);

    const { devices } = await device.rest("GET", "/auth/devices");

    assert.deepEqual(devices.map(({ device_id, state, current }) => ({ device_id, state, current })),
      [{ device_id: device.deviceId, state: "ACTIVE", current: true }]);
    const manifest = await device.manifestOf(device.userId);
    assert.deepEqual([...manifest.devices], [[device.deviceId, Buffer.from(device.identity.pubKey)]]);
  });

  test("refuses a signature of another key", async () => {
    const device = new RelayDevice(relay.url, "dora@gxcoin.test");
    await device.register();
    await device.login();
    await device.uploadKeys(1);
    const own = device.identity;
    device.identity = { ...own, privKey: ada.identity.privKey };

    await assert.rejects(device.beginManifest(), hasCode(422, "invalid_signature"));
    device.identity = own;
    assert.equal((await device.beginManifest()).version, 1);
    // A refresh token in other hands is of no use, and ends the session.
    device.identity = { ...own, privKey: ada.identity.privKey };
    await assert.rejects(device.refresh(), hasCode(401, "unauthorized"));
    await assert.rejects(device.rest("GET", "/conversations"), hasCode(401, "unauthorized"));
  });

  test("renews tokens against a signature", async () => {
    const device = await new RelayDevice(relay.url, "eve@gxcoin.test").becomeActive();
    const before = device.token;
    await device.refresh();

    assert.notEqual(device.token, before);
    assert.deepEqual(await device.rest("GET", "/conversations"), { conversations: [] });
  });

  test("gives keys out once, and only to those who share a conversation", async () => {
    const claim = { user_id: ben.userId, device_ids: [ben.deviceId] };
    const ids = [];
    for (let i = 0; i < 2; ++i) ids.push((await ada.rest("POST", "/keys/bundles", claim)).bundles[0].prekey.key_id);
    assert.equal(new Set(ids).size, 2);

    const stranger = await new RelayDevice(relay.url, "finn@gxcoin.test").becomeActive();
    await assert.rejects(stranger.rest("POST", "/keys/bundles", claim), hasCode(404, "not_found"));
  });

  test("says in problems what is wrong", async () => {
    const nobody = new RelayDevice(relay.url, "ada@gxcoin.test", "wrong password");
    await assert.rejects(nobody.login(), hasCode(401, "wrong_credentials"));
    await assert.rejects(nobody.rest("GET", "/no/such/path"), hasCode(401, "unauthorized"));
    await assert.rejects(ada.rest("GET", "/no/such/path"), hasCode(404, "not_found"));
    await assert.rejects(ada.rest("POST", "/messages", { nothing: 1 }), hasCode(400, "bad_request"));
  });
});

for (const [name, options] of Object.entries(transports)) {
  describe(`socket.io-client by ${name}`, { timeout }, () => {
    test("is refused with a wrong token, and without one", async () => {
      for (const auth of [{ token: `gxa_${"x".repeat(43)}` }, { token: undefined }]) {
        const error = await refusal(socketOf(ada, options, auth));
        assert.equal(error.message, "unauthorized");
        assert.equal(error.data.code, "unauthorized");
        assert.ok(error.data.message);
      }
    });

    test("is refused while its device is pending", async () => {
      const device = new RelayDevice(relay.url, ada.account);
      await device.login();

      assert.equal((await refusal(socketOf(device, options))).message, "device_pending");
      await device.rest("POST", "/auth/logout", {});
    });

    test("is told about its device", async () => {
      const { socket, ready } = await goOnline(ada, options);

      assert.equal(ready.device_id, ada.deviceId);
      assert.equal(ready.rolled_back, false);
      assert.ok(Number.isInteger(ready.head) && Number.isInteger(ready.prekeys) && Math.abs(ready.server_time - Date.now()) < 60_000);
      assert.equal(socket.io.engine.transport.name, name === "polling" ? "polling" : "websocket");
    });

    test("sends, gets and acknowledges letters", async () => {
      const receiver = await goOnline(ben, options);
      const sender = await goOnline(ada, options);
      const mail = next(receiver.socket, "mail");
      const letter = letterTo(ben, `by ${name}`);

      const { ok } = await ask(sender.socket, "message.send", letter);

      assert.equal(ok.client_msg_id, letter.client_msg_id);
      const [{ messages }] = await mail;
      assert.equal(messages.length, 1);
      assert.equal(messages[0].message_id, ok.message_id);
      assert.equal(messages[0].conversation_id, conversation.conversation_id);
      assert.equal(messages[0].sender_id, ada.userId);
      assert.equal(messages[0].sender_device_id, ada.deviceId);
      assert.equal(fromBase64(messages[0].ciphertext).toString(), `by ${name}`);
      const { seq } = messages[0];
      assert.deepEqual(await ask(receiver.socket, "mail.ack", { seq }), { ok: { seq } });
      assert.deepEqual((await ben.rest("GET", "/messages")).messages, []);
      // The same again is the same letter, not a second one.
      assert.deepEqual((await ask(sender.socket, "message.send", letter)).ok, ok);
      assert.deepEqual((await ben.rest("GET", "/messages")).messages, []);
    });

    test("gets what came while it was away, until it acknowledges", async () => {
      const sender = await goOnline(ada, options);
      for (const text of ["one", "two", "three"]) assert.ok((await ask(sender.socket, "message.send", letterTo(ben, text))).ok);
      const textsOf = (messages) => messages.map(({ ciphertext }) => fromBase64(ciphertext).toString());

      const receiver = socketOf(ben, options);
      let mail = next(receiver, "mail");
      await connect(receiver);
      const [{ messages }] = await mail;
      assert.deepEqual(textsOf(messages), ["one", "two", "three"]);
      receiver.disconnect();

      // What the CONNECT payload says is committed counts as acknowledged.
      const again = socketOf(ben, options, { after: messages[1].seq, message_id: messages[1].message_id });
      mail = next(again, "mail");
      await connect(again);
      assert.deepEqual(textsOf((await mail)[0].messages), ["three"]);
      assert.ok((await ask(again, "mail.ack", { seq: messages[2].seq })).ok);
    });

    test("is told in acks what was wrong", async () => {
      const { socket } = await goOnline(ada, options);
      const missing = [{ user_id: ben.userId, device_id: ben.deviceId }];

      const forgotten = await ask(socket, "message.send", { ...letterTo(ben, "x"), envelopes: [] });
      const stale = { ...envelopeTo(ben, "x"), registration_id: (ben.registrationId % 16000) + 1 };
      const outdated = await ask(socket, "message.send", { ...letterTo(ben, "x"), envelopes: [stale] });
      const nonsense = await ask(socket, "message.send", { hello: 1 });

      assert.equal(forgotten.error.code, "device_mismatch");
      assert.deepEqual(forgotten.error.missing, missing);
      assert.equal(outdated.error.code, "stale_device");
      assert.deepEqual(outdated.error.stale, missing);
      assert.equal(nonsense.error.code, "bad_request");
      assert.deepEqual((await ben.rest("GET", "/messages")).messages, []);
    });

    test("sees others type and come", async () => {
      const here = await goOnline(ada, options);
      const watching = await ask(here.socket, "presence.watch", { user_ids: [ben.userId] });
      assert.deepEqual(watching.ok.presence.map(({ user_id }) => user_id), [ben.userId]);
      const there = await goOnline(ben, options);
      const shown = new Promise((resolve) => {
        here.socket.on("presence", (presence) => { if (presence.state === "away") resolve(presence); });
      });
      const typing = next(here.socket, "typing");

      there.socket.emit("presence.set", { state: "away" });
      there.socket.emit("typing", { conversation_id: conversation.conversation_id, active: true });

      assert.equal((await shown).user_id, ben.userId);
      assert.deepEqual(await typing,
        [{ conversation_id: conversation.conversation_id, user_id: ben.userId, device_id: ben.deviceId, active: true }]);
    });

    test("stays with a renewed token, and goes with a revoked one", async () => {
      const device = await new RelayDevice(relay.url, `by-${name}@gxcoin.test`).becomeActive();
      const { socket } = await goOnline(device, options);
      await device.refresh();
      const { ok } = await ask(socket, "auth.renew", { token: device.token });
      assert.ok(ok.expires_in > 0);

      const lost = next(socket, "disconnect");
      await device.rest("POST", "/auth/logout", {});

      assert.match((await lost)[0], /^(io server disconnect|transport close|transport error)$/);
      assert.equal((await refusal(socketOf(device, options))).message, "unauthorized");
    });
  });
}

test("a relay that stops says when to come back", { timeout }, async () => {
  const other = await startRelay();
  const device = await new RelayDevice(other.url, "gil@gxcoin.test").becomeActive();
  const { socket } = await goOnline(device, transports.websocket);
  const closing = next(socket, "closing");
  const lost = next(socket, "disconnect");

  const ended = other.program.stop();

  assert.ok((await closing)[0].retry_after_ms > 0);
  await lost;
  assert.equal(await ended, 0);
});
