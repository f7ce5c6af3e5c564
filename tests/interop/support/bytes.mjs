// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// The byte forms of core/wire/PROTOCOL.md.
import { createHash, randomBytes } from "node:crypto";

export function number(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

// Bytes, or a text in UTF-8, with its length before it.
export function field(value) {
  const content = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}

export const sha256 = (...parts) => createHash("sha256").update(Buffer.concat(parts)).digest();
export const fromBase64 = (text) => Buffer.from(text, "base64");
export const toBase64 = (bytes) => Buffer.from(bytes).toString("base64");

// The library wants ArrayBuffers of their own, not views into larger ones.
export const arrayBuffer = (bytes) => Uint8Array.from(bytes).buffer;

// A UUIDv7.
export function freshId() {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function pad(text) {
  const marked = Buffer.concat([Buffer.from(text), Buffer.from([0x80])]);
  const small = Math.ceil(marked.length / 160) * 160;
  return Buffer.concat([marked], small <= 960 ? small : Math.ceil(marked.length / 1024) * 1024);
}

export function unpad(padded) {
  const bytes = Buffer.from(padded);
  const end = bytes.findLastIndex((byte) => byte !== 0);
  if (end < 0 || bytes[end] !== 0x80) throw new Error("padding without its mark");
  const text = bytes.subarray(0, end);
  if (pad(text).length !== bytes.length) throw new Error("padding to another size");
  return text;
}
