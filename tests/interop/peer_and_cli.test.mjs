// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// A messenger made of another Signal library and the official socket.io-client talks with gx-cli.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { Cli } from "./support/cli.mjs";
import { startRelay } from "./support/program.mjs";
import { lastResortId, RelayDevice } from "./support/relay_device.mjs";
import { SealedPeer } from "./support/sealed_peer.mjs";

const timeout = 120_000;
let relay;
let people = 0;
let joan; // speaks JavaScript
let bob; // uses gx-cli
let bobsDevice;
let conversation;

before(async () => { relay = await startRelay(); });
after(async () => assert.equal(await relay.program.stop(), 0));
beforeEach(() => meet());
afterEach(() => {
  joan.goOffline();
  assert.deepEqual(joan.failures, []);
});

// Two new accounts.
async function meet(preKeys = 5) {
  people += 1;
  const device = await new RelayDevice(relay.url, `joan${people}@gxcoin.test`).becomeActive(preKeys);
  joan = new SealedPeer(device);
  bob = new Cli(relay.url, `bob${people}@gxcoin.test`);
  bobsDevice = await bob.register();
  conversation = await device.openConversation(bob.account);
  await joan.goOnline();
}
const isText = (text) => ({ content }) => content.text === text;
const receiptOf = (id, wanted) => ({ content }) => content.kind === "receipt" && content.state === wanted && content.ids.includes(id);
const joansAccount = () => joan.device.account;

describe("a JavaScript peer and gx-cli", { timeout }, () => {
  test("talk when gx-cli begins", async () => {
    const sent = await bob.event("sent", "send", joansAccount(), "hello Joan, wie geht's? 👋");

    const hello = await joan.receive(isText("hello Joan, wie geht's? 👋"));
    assert.equal(hello.envelope, "prekey");
    assert.equal(hello.id, sent.id);
    assert.equal(hello.content.kind, "text");
    await joan.send(conversation, { kind: "receipt", state: "delivered", ids: [hello.id] });
    const answer = await joan.send(conversation, { kind: "text", text: "hello Bob\nzwei Zeilen" });

    const lines = await bob.history(joansAccount());
    assert.deepEqual(lines.map(({ text, from, outgoing, state }) => ({ text, from, outgoing, state: outgoing ? state : "" })), [
      { text: "hello Joan, wie geht's? 👋", from: bob.account, outgoing: true, state: "delivered" },
      { text: "hello Bob\nzwei Zeilen", from: joansAccount(), outgoing: false, state: "" },
    ]);
    assert.equal(lines[1].id, answer);
    await joan.receive(receiptOf(answer, "read"));
    await joan.send(conversation, { kind: "receipt", state: "read", ids: [hello.id] });
    assert.equal((await bob.history(joansAccount()))[0].state, "read");
  });

  test("talk when the peer begins, in many turns", async () => {
    const listener = await bob.listen();
    for (let turn = 0; turn < 4; ++turn) {
      const id = await joan.send(conversation, { kind: "text", text: `ping ${turn}` });
      const shown = await listener.event(({ type, text }) => type === "message" && text === `ping ${turn}`);
      assert.equal(shown.id, id);
      await joan.receive(receiptOf(id, "delivered"));
      listener.command({ verb: "send", who: joansAccount(), text: `pong ${turn}`, ref: turn });
      const pong = await joan.receive(isText(`pong ${turn}`));
      assert.equal(pong.envelope, "message");
    }
    assert.equal(await listener.stop(), 0);
    assert.equal((await bob.history(joansAccount())).length, 8);
  });

  test("part while mail still comes", async () => {
    const listener = await bob.listen();
    await joan.send(conversation, { kind: "text", text: "0" });
    await listener.event(({ text }) => text === "0");
    const ended = listener.stop();
    const sent = ["0"];
    for (; sent.length < 30; sent.push(`${sent.length}`)) await joan.send(conversation, { kind: "text", text: `${sent.length}` });

    assert.equal(await ended, 0);
    assert.deepEqual((await bob.history(joansAccount())).map(({ text }) => text), sent);
  });

  test("reply, edit, react and delete both ways", async () => {
    const joans = await joan.send(conversation, { kind: "text", text: "frist" });
    await joan.send(conversation, { kind: "edit", target: joans, text: "first" });
    assert.equal((await bob.history(joansAccount()))[0].text, "first");
    await bob.run("reply", joansAccount(), joans, "second");
    await bob.run("react", joansAccount(), joans, "👍");
    const reply = await joan.receive(({ content }) => content.kind === "reply");
    assert.deepEqual({ ...reply.content, excerpt: "" },
      { kind: "reply", text: "second", target: joans, target_user: joan.device.userId, excerpt: "" });
    const reaction = await joan.receive(({ content }) => content.kind === "reaction");
    assert.deepEqual(reaction.content,
      { kind: "reaction", target: joans, target_user: joan.device.userId, emoji: "👍", removed: false });

    await joan.send(conversation, { kind: "reaction", target: reply.id, target_user: reply.from.user, emoji: "🎉", removed: false });
    await joan.send(conversation, { kind: "reply", text: "third", target: reply.id, target_user: reply.from.user, excerpt: "sec" });
    await joan.send(conversation, { kind: "deletion", target: joans });
    const lines = await bob.history(joansAccount());

    assert.equal(lines.length, 3);
    assert.equal(lines[0].deleted, true);
    assert.deepEqual(lines[1].reactions, [{ user: joan.device.userId, emoji: "🎉" }]);
    assert.equal(lines[2].reply_to, reply.id);
    await bob.run("edit", joansAccount(), reply.id, "zweitens");
    assert.deepEqual((await joan.receive(({ content }) => content.kind === "edit")).content, { kind: "edit", target: reply.id, text: "zweitens" });
    await bob.run("delete", joansAccount(), reply.id, "--everyone");
    await joan.receive(({ content }) => content.kind === "deletion" && content.target === reply.id);
  });

  test("keep what they do not know yet", async () => {
    const id = await joan.send(conversation, { kind: "poll", question: "?" });

    const [line] = await bob.history(joansAccount());

    assert.equal(line.id, id);
    assert.equal(line.kind, "unsupported");
  });

  test("hide how long a message is, and take long ones", async () => {
    const long = "ä".repeat(32_000);
    for (const text of ["a", "a".repeat(60), long]) await bob.run("send", joansAccount(), "--", text);
    const sizes = [];
    for (const text of ["a", "a".repeat(60), long]) sizes.push((await joan.receive(isText(text))).size);
    assert.equal(sizes[0], sizes[1]);

    await joan.send(conversation, { kind: "text", text: long });
    assert.equal((await bob.history(joansAccount())).at(-1).text, long);
  });

  test("see the same safety number", async () => {
    await bob.run("send", joansAccount(), "compare?");
    await joan.receive(isText("compare?"));

    const { digits, trust } = await bob.event("safety", "safety", joansAccount());

    assert.match(digits, /^\d{60}$/);
    assert.equal(digits, await joan.safetyNumber(bobsDevice.user_id));
    assert.equal(trust, "unverified");
  });

  test("begin when no one-time key is left", async () => {
    joan.goOffline();
    await meet(0);
    await bob.run("send", joansAccount(), "by your last key");
    assert.equal((await joan.receive(isText("by your last key"))).envelope, "prekey");

    const late = new SealedPeer(await new RelayDevice(relay.url, `late${people}@gxcoin.test`).becomeActive(0));
    const other = await late.device.openConversation(bob.account);
    const claim = { user_id: bobsDevice.user_id, device_ids: [bobsDevice.device_id] };
    let taken = 0;
    while (taken !== lastResortId) taken = (await late.device.rest("POST", "/keys/bundles", claim)).bundles[0].prekey.key_id;
    await late.goOnline();
    await late.send(other, { kind: "text", text: "by yours" });

    assert.equal(late.lastPreKeyId, lastResortId);
    assert.equal((await bob.history(late.device.account))[0].text, "by yours");
    late.goOffline();
  });

  test("take nothing whose inside and outside differ", async () => {
    await joan.send(conversation, { kind: "text", text: "honest" });
    const lies = [
      (plaintext) => ({ ...plaintext, from: { ...plaintext.from, user: bobsDevice.user_id } }),
      (plaintext) => ({ ...plaintext, to: { user: joan.device.userId, device: joan.device.deviceId } }),
      (plaintext) => ({ ...plaintext, conversation: joan.device.userId }),
    ];
    for (const lie of lies) await joan.send(conversation, { kind: "text", text: "a lie" }, lie);
    await joan.send(conversation, { kind: "text", text: "honest again" });

    const texts = (await bob.history(joansAccount())).map(({ text }) => text);

    assert.equal(texts[0], "honest");
    assert.equal(texts.at(-1), "honest again");
    assert.ok(!texts.includes("a lie"));
  });
});
