// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
import assert from "node:assert/strict";
import signal from "@privacyresearch/libsignal-protocol-typescript";
import { arrayBuffer, field, freshId, fromBase64, number, pad, sha256, toBase64, unpad } from "./bytes.mjs";
import { KeyStorage } from "./key_storage.mjs";
import { connect, transports } from "./socket.mjs";

const { FingerprintGenerator, SessionBuilder, SessionCipher, SignalProtocolAddress } = signal;

const headerHash = (header) => sha256(
  field("gx-header-1"), field(header.from.user), number(header.from.device), field(header.conversation), field(header.id),
  number(header.sent_at), number(header.seq), field(fromBase64(header.prev)));

// A messenger of its own: seals for every device of a conversation, opens and checks what comes (PROTOCOL.md, 7).
export class SealedPeer {
  #manifests = new Map();
  #chains = new Map(); // the newest header of each conversation and sending device
  #work = Promise.resolve();
  #watchers = new Set();

  constructor(device) {
    this.device = device;
    this.received = []; // { header members, content, size of the ciphertext, kind of the envelope }
    this.failures = [];
    this.storage = new KeyStorage(device, (name) => this.#identityOf(name));
  }

  async goOnline() {
    this.socket = this.device.socket(transports.upgrade);
    this.socket.on("mail", ({ messages }) => messages.forEach((letter) => this.#queue(letter)));
    await connect(this.socket);
  }
  goOffline() { this.socket?.disconnect(); }

  // Sends one content; `change` may spoil what is sealed. The header's id.
  async send(conversation, content, change = (plaintext) => plaintext) {
    const { device } = this;
    const before = this.#chains.get(`${conversation.conversation_id} ${device.userId} ${device.deviceId}`);
    const header = {
      v: 1, from: { user: device.userId, device: device.deviceId }, conversation: conversation.conversation_id, id: freshId(),
      sent_at: Date.now(), seq: (before?.seq ?? 0) + 1, prev: toBase64(before ? headerHash(before) : Buffer.alloc(32)),
    };
    const envelopes = [];
    for (const { user_id } of conversation.participants) {
      const { devices } = await this.#manifestOf(user_id);
      for (const id of devices.keys()) if (id !== device.deviceId) envelopes.push(await this.#seal(user_id, id, change({ ...header, content })));
    }
    const request = { conversation_id: conversation.conversation_id, client_msg_id: header.id, envelopes };
    const { ok, error } = await this.socket.timeout(15_000).emitWithAck("message.send", request);
    assert.ok(ok, `not accepted: ${error?.code} ${error?.message}`);
    this.#remember(header);
    return header.id;
  }

  // The first message that came and for which `matches(message)` holds.
  async receive(matches, seconds = 30) {
    const deadline = AbortSignal.timeout(seconds * 1000);
    for (;;) {
      const found = this.received.find(matches);
      if (found) return found;
      await new Promise((resolve, reject) => {
        const watcher = () => { this.#watchers.delete(watcher); resolve(); };
        this.#watchers.add(watcher);
        deadline.onabort = () => reject(new Error(`it did not come; failures: ${this.failures.join("; ")}`));
      });
    }
  }

  // For accounts with one device each.
  async safetyNumber(userId) {
    const keyOf = async (user) => arrayBuffer([...(await this.#manifestOf(user, true)).devices.values()][0]);
    const own = this.device.userId;
    return new FingerprintGenerator(5200).createFor(own, await keyOf(own), userId, await keyOf(userId));
  }

  #address(user, device) { return new SignalProtocolAddress(`${user}:${device}`, device); }
  async #identityOf(name) {
    const [user, device] = name.split(":");
    const identity = (await this.#manifestOf(user)).devices.get(Number(device));
    if (!identity) throw new Error("a device that its manifest does not name");
    return identity;
  }
  async #manifestOf(user, isFresh = false) {
    if (isFresh || !this.#manifests.has(user)) this.#manifests.set(user, await this.device.manifestOf(user));
    return this.#manifests.get(user);
  }
  async #stampOf(user) {
    const { version, hash } = await this.#manifestOf(user);
    return { version, hash: toBase64(hash) };
  }

  async #seal(user, deviceId, plaintext) {
    const address = this.#address(user, deviceId);
    if (!(await this.storage.loadSession(address.toString()))) await this.#beginSession(user, deviceId, address);
    const inside = {
      to: { user, device: deviceId },
      manifests: { from: await this.#stampOf(this.device.userId), to: await this.#stampOf(user) },
      ...plaintext,
    };
    const cipher = new SessionCipher(this.storage, address);
    const { type, body, registrationId } = await cipher.encrypt(arrayBuffer(pad(JSON.stringify(inside))));
    return {
      device_id: deviceId, registration_id: registrationId, kind: type === 3 ? "prekey" : "message",
      ciphertext: Buffer.from(body, "binary").toString("base64"),
    };
  }

  async #beginSession(user, deviceId, address) {
    const { bundles: [bundle] } = await this.device.rest("POST", "/keys/bundles", { user_id: user, device_ids: [deviceId] });
    const key = ({ key_id, public_key }) => ({ keyId: key_id, publicKey: arrayBuffer(fromBase64(public_key)) });
    this.lastPreKeyId = bundle.prekey.key_id;
    await new SessionBuilder(this.storage, address).processPreKey({
      registrationId: bundle.registration_id,
      identityKey: arrayBuffer(fromBase64(bundle.identity_key)),
      signedPreKey: { ...key(bundle.signed_prekey), signature: arrayBuffer(fromBase64(bundle.signed_prekey.signature)) },
      preKey: key(bundle.prekey),
    });
  }

  #queue(letter) {
    this.#work = this.#work
      .then(() => this.#open(letter))
      .catch((error) => this.failures.push(error.message))
      .then(() => this.socket.emit("mail.ack", { seq: letter.seq }))
      .then(() => this.#watchers.forEach((watcher) => watcher()));
  }

  async #open(letter) {
    const { device } = this;
    const cipher = new SessionCipher(this.storage, this.#address(letter.sender_id, letter.sender_device_id));
    const sealed = arrayBuffer(fromBase64(letter.ciphertext));
    const padded = letter.kind === "prekey" ? await cipher.decryptPreKeyWhisperMessage(sealed) : await cipher.decryptWhisperMessage(sealed);
    const inside = JSON.parse(unpad(padded).toString());
    assert.equal(inside.v, 1);
    assert.deepEqual(inside.from, { user: letter.sender_id, device: letter.sender_device_id });
    assert.deepEqual(inside.to, { user: device.userId, device: device.deviceId });
    assert.equal(inside.conversation, letter.conversation_id);
    assert.deepEqual(inside.manifests, { from: await this.#stampOf(letter.sender_id), to: await this.#stampOf(device.userId) });
    this.#checkChain(inside);
    this.received.push({ ...inside, envelope: letter.kind, size: sealed.byteLength });
  }

  #checkChain(header) {
    const before = this.#chains.get(`${header.conversation} ${header.from.user} ${header.from.device}`);
    assert.equal(header.seq, (before?.seq ?? 0) + 1, "a message is missing");
    assert.equal(header.prev, toBase64(before ? headerHash(before) : Buffer.alloc(32)), "it does not follow the one before");
    this.#remember(header);
  }
  #remember(header) { this.#chains.set(`${header.conversation} ${header.from.user} ${header.from.device}`, header); }
}
