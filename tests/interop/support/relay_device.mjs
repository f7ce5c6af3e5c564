// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
import { webcrypto } from "node:crypto";
import signal from "@privacyresearch/libsignal-protocol-typescript";
import { arrayBuffer, field, freshId, fromBase64, number, sha256, toBase64 } from "./bytes.mjs";
import { socketTo } from "./socket.mjs";

signal.setWebCrypto(webcrypto); // Node 18 has none as a global
const { KeyHelper } = signal;
const { Curve } = await signal.default();
export const lastResortId = 0xffffff;

export const sign = (keyPair, bytes) => Buffer.from(Curve.calculateSignature(keyPair.privKey, arrayBuffer(bytes)));
// The library's answer is true for a wrong signature.
export const isSignedBy = (publicKey, bytes, signature) =>
  !Curve.verifySignature(arrayBuffer(publicKey), arrayBuffer(bytes), arrayBuffer(signature));

// A problem that the relay answered with.
export class Problem extends Error {
  constructor(status, body) {
    super(`${status} ${body?.code}: ${body?.message}`);
    Object.assign(this, { status, body, code: body?.code });
  }
}

const publicPart = ({ keyId, keyPair }) => ({ key_id: keyId, public_key: toBase64(keyPair.pubKey) });

const signedBytes = (entry) => Buffer.concat([
  field("gx-manifest-1"), field(entry.user_id), number(entry.version), field(fromBase64(entry.prev_hash)), field(entry.op),
  number(entry.device_id), field(fromBase64(entry.identity_key)), field(fromBase64(entry.name_hash)), number(entry.created_at),
  number(entry.by_device)]);
const entryHash = (entry) => sha256(signedBytes(entry), fromBase64(entry.signature));

// One device of one account, written from core/wire/PROTOCOL.md alone, with the keys of another Signal library.
export class RelayDevice {
  constructor(url, account, password = "correct horse battery") {
    Object.assign(this, { url, account, password, token: undefined, name: "browser" });
    this.preKeys = new Map();
    this.signedPreKeys = new Map();
  }

  // What a 2xx answers with; a Problem for all else.
  async rest(method, path, body) {
    const headers = this.token ? { authorization: `Bearer ${this.token}` } : {};
    if (body) headers["content-type"] = "application/json";
    const response = await fetch(`${this.url}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
    const text = await response.text();
    const answer = text ? JSON.parse(text) : undefined;
    if (!response.headers.get("x-request-id")) throw new Error("an answer without a request id");
    if (!response.ok) throw new Problem(response.status, answer);
    return answer;
  }

  register() { return this.rest("POST", "/auth/register", { account: this.account, password: this.password }); }

  async login() {
    const login = await this.rest("POST", "/auth/login", { account: this.account, password: this.password, device_name: this.name });
    Object.assign(this, { userId: login.user_id, deviceId: login.device_id, state: login.device_state });
    this.#keep(login);
    this.identity = await KeyHelper.generateIdentityKeyPair();
    this.registrationId = KeyHelper.generateRegistrationId();
    return login;
  }

  async uploadKeys(count) {
    const signed = await KeyHelper.generateSignedPreKey(this.identity, 1);
    this.signedPreKeys.set(1, signed.keyPair);
    const ids = Array.from({ length: count }, (_, i) => i + 1);
    const keys = await Promise.all([...ids, lastResortId].map((id) => KeyHelper.generatePreKey(id)));
    keys.forEach((key) => this.preKeys.set(key.keyId, key.keyPair));
    return this.rest("PUT", "/keys", {
      identity_key: toBase64(this.identity.pubKey),
      registration_id: this.registrationId,
      signed_prekey: { ...publicPart(signed), signature: toBase64(signed.signature) },
      last_resort_prekey: publicPart(keys.at(-1)),
      prekeys: keys.slice(0, -1).map(publicPart),
    });
  }

  // The account's first entry: this device, signed by itself.
  async beginManifest() {
    const entry = {
      user_id: this.userId, version: 1, prev_hash: toBase64(Buffer.alloc(32)), op: "add", device_id: this.deviceId,
      identity_key: toBase64(this.identity.pubKey), name_hash: toBase64(sha256(Buffer.from(this.name))), created_at: Date.now(),
      by_device: this.deviceId,
    };
    entry.signature = toBase64(sign(this.identity, signedBytes(entry)));
    return this.rest("POST", "/keys/manifest", { entry });
  }

  // A new account, signed in with an active device.
  async becomeActive(preKeys = 10) {
    await this.register();
    await this.login();
    await this.uploadKeys(preKeys);
    await this.beginManifest();
    return this;
  }

  // Signed by the identity key, as every refresh after the upload of keys.
  async refresh() {
    const request = { refresh_token: this.refreshToken, request_id: freshId() };
    const bytes = [field("gx-refresh-1"), field(request.refresh_token), field(request.request_id)];
    this.#keep(await this.rest("POST", "/auth/refresh", { ...request, signature: toBase64(sign(this.identity, Buffer.concat(bytes))) }));
  }

  // The account's devices and newest entry, after checking every link and signature of the chain.
  async manifestOf(userId) {
    const { entries } = await this.rest("GET", `/keys/manifest/${userId}`);
    const devices = new Map();
    let hash = Buffer.alloc(32);
    for (const [index, entry] of entries.entries()) {
      const signer = index === 0 ? fromBase64(entry.identity_key) : devices.get(entry.by_device);
      const isRight = entry.user_id === userId && entry.version === index + 1 && fromBase64(entry.prev_hash).equals(hash) &&
        signer && isSignedBy(signer, signedBytes(entry), fromBase64(entry.signature));
      if (!isRight) throw new Error(`entry ${index + 1} of the manifest is wrong`);
      if (entry.op === "add") devices.set(entry.device_id, fromBase64(entry.identity_key));
      else devices.delete(entry.device_id);
      hash = entryHash(entry);
    }
    return { devices, version: entries.length, hash };
  }

  openConversation(account) { return this.rest("POST", "/conversations", { with: [account] }); }

  // The official client, with this device's token; not connected yet.
  socket(options, auth = {}) { return socketTo(this.url, { ...options, auth: { token: this.token, ...auth } }); }

  #keep(tokens) {
    this.token = tokens.access_token;
    this.refreshToken = tokens.refresh_token;
  }
}
