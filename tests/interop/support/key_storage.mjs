// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
import { lastResortId } from "./relay_device.mjs";

// What the Signal library keeps. `identityOf(name)` says which identity key an address may have.
export class KeyStorage {
  #sessions = new Map();

  constructor(device, identityOf) {
    this.device = device;
    this.identityOf = identityOf;
  }

  async getIdentityKeyPair() { return this.device.identity; }
  async getLocalRegistrationId() { return this.device.registrationId; }
  async isTrustedIdentity(name, key) { return (await this.identityOf(name)).equals(Buffer.from(key)); }
  async saveIdentity() { return false; } // manifests alone say who has which key
  async loadPreKey(id) { return this.device.preKeys.get(Number(id)); }
  async removePreKey(id) { if (Number(id) !== lastResortId) this.device.preKeys.delete(Number(id)); }
  async loadSignedPreKey(id) { return this.device.signedPreKeys.get(Number(id)); }
  async loadSession(address) { return this.#sessions.get(address); }
  async storeSession(address, record) { this.#sessions.set(address, record); }
}
