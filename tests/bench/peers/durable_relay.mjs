// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// gx-relay's hot path on socket.io and Postgres, as a good engineer writes it first: each message.send and each mail.ack
// is one transaction over a pool, the same rows as gx-relay's, and nobody is told before the commit. It does less than
// gx-relay: tokens, devices and conversations lie in memory, nothing is rate-limited, DTOs are not checked.
import { readFileSync } from "node:fs";
import { createHash, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import pg from "pg";
import { Server } from "socket.io";
import { option, serve, socketOptions } from "./program.mjs";

const pool = new pg.Pool({ connectionString: option("database"), max: Number(option("pool", "10")) });
const byToken = new Map();
const byDevice = new Map();
const conversations = new Map();

for (const line of readFileSync(option("people"), "utf8").trim().split("\n")) {
  const [token, device, registration, conversation, user] = line.split(" ");
  const person = { device: Number(device), registration: Number(registration), user, socket: null };
  byToken.set(token, person);
  byDevice.set(person.device, person);
  if (!conversations.has(conversation)) conversations.set(conversation, []);
  conversations.get(conversation).push(person);
}

await pool.query(`
  DROP TABLE IF EXISTS message, mailbox, mailbox_head, delivery_receipt;
  CREATE TABLE message (id uuid PRIMARY KEY, conversation_id uuid NOT NULL, sender_id uuid NOT NULL,
    sender_device_id integer NOT NULL, client_msg_id uuid NOT NULL, body_hash bytea NOT NULL, type text NOT NULL,
    status text NOT NULL, waiting integer NOT NULL, created_at bigint NOT NULL, UNIQUE (sender_device_id, client_msg_id));
  CREATE TABLE mailbox (device_id integer NOT NULL, seq bigint NOT NULL, message_id uuid NOT NULL, kind text NOT NULL,
    ciphertext bytea NOT NULL, created_at bigint NOT NULL, PRIMARY KEY (device_id, seq));
  CREATE TABLE mailbox_head (device_id integer PRIMARY KEY, head bigint NOT NULL, acked bigint NOT NULL,
    letters integer NOT NULL, bytes bigint NOT NULL);
  CREATE TABLE delivery_receipt (message_id uuid NOT NULL, device_id integer NOT NULL, delivered_at bigint NOT NULL,
    PRIMARY KEY (message_id, device_id));`);
await pool.query("INSERT INTO mailbox_head SELECT unnest($1::integer[]), 0, 0, 0, 0", [[...byDevice.keys()]]);

async function transaction(work) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const value = await work(client);
    await client.query("COMMIT");
    return value;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

// Named, so that each connection prepares it once.
const insertMessage = (values) => ({
  name: "message",
  text: `INSERT INTO message VALUES ($1, $2, $3, $4, $5, $6, 'PAIRWISE', 'ACCEPTED', $7, $8)
         ON CONFLICT (sender_device_id, client_msg_id) DO NOTHING`,
  values,
});
const takeSeq = (values) => ({
  name: "seq",
  text: `UPDATE mailbox_head SET head = head + 1, letters = letters + 1, bytes = bytes + $2 WHERE device_id = $1
         RETURNING head`,
  values,
});
const insertLetter = (values) => ({
  name: "letter",
  text: "INSERT INTO mailbox VALUES ($1, $2, $3, $4, $5, $6)",
  values,
});

function store(sender, request, messageId, now) {
  const hash = createHash("sha256").update(JSON.stringify(request.envelopes)).digest();
  return transaction(async (client) => {
    await client.query(insertMessage([messageId, request.conversation_id, sender.user, sender.device,
      request.client_msg_id, hash, request.envelopes.length, now]));
    const letters = [];
    for (const { device_id, kind, ciphertext } of request.envelopes) {
      const bytes = Buffer.from(ciphertext, "base64");
      const { rows } = await client.query(takeSeq([device_id, bytes.length]));
      const seq = Number(rows[0].head);
      await client.query(insertLetter([device_id, seq, messageId, kind, bytes, now]));
      letters.push({ device_id, seq, kind, ciphertext });
    }
    return letters;
  });
}

async function send(sender, request, ack) {
  const members = conversations.get(request.conversation_id);
  if (!members?.includes(sender)) return ack({ error: { code: "not_found" } });
  const messageId = randomUUID();
  const now = Date.now();
  const letters = await store(sender, request, messageId, now);
  ack({ ok: { message_id: messageId, client_msg_id: request.client_msg_id, server_time: now } });
  for (const { device_id, seq, kind, ciphertext } of letters) {
    const item = { seq, message_id: messageId, conversation_id: request.conversation_id, sender_id: sender.user,
      sender_device_id: sender.device, kind, ciphertext, server_time: now };
    byDevice.get(device_id).socket?.emit("mail", { messages: [item] });
  }
}

const forget = (values) => ({
  name: "forget",
  text: `WITH gone AS (DELETE FROM mailbox WHERE device_id = $1 AND seq <= $2 RETURNING message_id, length(ciphertext) AS size),
           noted AS (INSERT INTO delivery_receipt SELECT message_id, $1, $3 FROM gone ON CONFLICT DO NOTHING),
           counted AS (UPDATE message SET waiting = waiting - 1, status = CASE WHEN waiting <= 1 THEN 'DELIVERED' ELSE status END
                       WHERE id = ANY(ARRAY(SELECT message_id FROM gone)))
         UPDATE mailbox_head SET acked = $2, letters = letters - (SELECT count(*) FROM gone),
           bytes = bytes - coalesce((SELECT sum(size) FROM gone), 0) WHERE device_id = $1`,
  values,
});

const io = new Server(createServer(), socketOptions);
io.use((socket, next) => {
  const person = byToken.get(socket.handshake.auth.token);
  if (!person) return next(new Error("unauthorized"));
  socket.data.person = person;
  next();
});
io.on("connection", (socket) => {
  const { person } = socket.data;
  person.socket = socket;
  socket.on("message.send", (request, ack) => send(person, request, ack).catch(fail));
  socket.on("mail.ack", ({ seq }, ack) => {
    pool.query(forget([person.device, seq, Date.now()])).then(() => ack?.({ ok: { seq } })).catch(fail);
  });
  socket.on("disconnect", () => {
    if (person.socket === socket) person.socket = null;
  });
  socket.emit("ready", { device_id: person.device, head: 0, expired: 0, prekeys: 100, rolled_back: false, server_time: Date.now() });
});

function fail(error) {
  console.error(error);
  process.exit(1);
}

serve(io.httpServer);
