-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The GX authors
-- SQLite 3.15. Ids are 16 bytes, devices numbers, times milliseconds since 1970, flags 0 or 1.

-- The signed-in account: one row.
CREATE TABLE account(
  id INTEGER PRIMARY KEY CHECK (id = 1),
  user BLOB NOT NULL,
  device INTEGER NOT NULL,
  name TEXT NOT NULL,
  device_name TEXT NOT NULL,
  is_approved INTEGER NOT NULL DEFAULT 0,
  relay_url TEXT NOT NULL,
  environment TEXT NOT NULL,
  refresh_token BLOB,
  refresh_request BLOB,
  boot_counter INTEGER NOT NULL DEFAULT 0,
  sends INTEGER NOT NULL DEFAULT 0,
  mail_cursor INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE draft(
  conversation BLOB PRIMARY KEY,
  body TEXT NOT NULL,
  quoted_id BLOB,
  editing_id BLOB,
  changed_at INTEGER NOT NULL
) WITHOUT ROWID;

-- This device's identity: one row. record_key seals the records of sessions and prekeys (core/crypto/record_seal).
CREATE TABLE identity(
  id INTEGER PRIMARY KEY CHECK (id = 1),
  public_key BLOB NOT NULL,
  private_key BLOB NOT NULL,
  registration_id INTEGER NOT NULL,
  record_key BLOB NOT NULL,
  next_prekey INTEGER NOT NULL DEFAULT 1,
  next_signed_prekey INTEGER NOT NULL DEFAULT 1,
  is_uploaded INTEGER NOT NULL DEFAULT 0
);
-- retired_at, replaced_at: since when the relay offers others; they stay for late mail.
-- An upload that the relay has not confirmed. prekey.batch and signed_prekey.batch: its number, 0 = not in a batch yet,
-- NULL = confirmed.
CREATE TABLE key_batch(
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  is_reset INTEGER NOT NULL,
  names_identity INTEGER NOT NULL
);
CREATE TABLE prekey(
  id INTEGER PRIMARY KEY,
  public_key BLOB NOT NULL,
  record BLOB NOT NULL,
  batch INTEGER DEFAULT 0,
  retired_at INTEGER
);
CREATE INDEX prekey_batch ON prekey(batch) WHERE batch IS NOT NULL;
CREATE TABLE signed_prekey(
  id INTEGER PRIMARY KEY,
  public_key BLOB NOT NULL,
  signature BLOB NOT NULL,
  record BLOB NOT NULL,
  last_resort_public_key BLOB NOT NULL,
  last_resort_record BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  replaced_at INTEGER,
  batch INTEGER DEFAULT 0
);
CREATE TABLE base_key(
  hash BLOB PRIMARY KEY,
  signed_prekey INTEGER NOT NULL REFERENCES signed_prekey(id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX base_key_signed_prekey ON base_key(signed_prekey);
CREATE TABLE session(
  user BLOB NOT NULL,
  device INTEGER NOT NULL,
  record BLOB NOT NULL,
  PRIMARY KEY (user, device)
);
-- When a session was last put away because of a failure: not more often than every 30 s.
CREATE TABLE session_renewal(
  user BLOB NOT NULL,
  device INTEGER NOT NULL,
  renewed_at INTEGER NOT NULL,
  PRIMARY KEY (user, device)
) WITHOUT ROWID;
CREATE TABLE damaged_session(
  id INTEGER PRIMARY KEY,
  user BLOB NOT NULL,
  device INTEGER NOT NULL,
  record BLOB NOT NULL
);

-- Device lists: what is pinned, the devices it lists (the only source of trust), and a chain of another history that waits for
-- the user's decision (is_candidate).
CREATE TABLE manifest(
  user BLOB PRIMARY KEY,
  is_verified INTEGER NOT NULL DEFAULT 0,
  alarm BLOB NOT NULL DEFAULT x''
) WITHOUT ROWID;
CREATE TABLE manifest_entry(
  user BLOB NOT NULL REFERENCES manifest(user) ON DELETE CASCADE,
  is_candidate INTEGER NOT NULL,
  version INTEGER NOT NULL,
  previous_hash BLOB NOT NULL,
  operation INTEGER NOT NULL,
  device INTEGER NOT NULL,
  identity_key BLOB NOT NULL,
  name_hash BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  by_device INTEGER NOT NULL,
  signature BLOB NOT NULL,
  PRIMARY KEY (user, is_candidate, version)
) WITHOUT ROWID;
CREATE TABLE manifest_device(
  user BLOB NOT NULL REFERENCES manifest(user) ON DELETE CASCADE,
  device INTEGER NOT NULL,
  identity_key BLOB NOT NULL,
  PRIMARY KEY (user, device)
) WITHOUT ROWID;

CREATE TABLE contact(
  user BLOB PRIMARY KEY,
  account TEXT NOT NULL DEFAULT '',
  display_name TEXT NOT NULL DEFAULT '',
  is_blocked INTEGER NOT NULL DEFAULT 0,
  is_request INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX contact_account ON contact(account);
CREATE TABLE conversation(
  id BLOB PRIMARY KEY,
  kind INTEGER NOT NULL,
  title TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  has_facts INTEGER NOT NULL,
  unread INTEGER NOT NULL DEFAULT 0,
  is_pinned INTEGER NOT NULL DEFAULT 0,
  muted_until INTEGER,
  last_activity INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE participant(
  conversation BLOB NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
  user BLOB NOT NULL,
  role TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (conversation, user)
) WITHOUT ROWID;
CREATE INDEX participant_user ON participant(user);

-- Lines of history; raw: the body of a kind we do not know, for a later version. A letter that did not open is a line too (kind 2, client_id = the relay's id) until it is repeated.
CREATE TABLE message(
  id INTEGER PRIMARY KEY,
  conversation BLOB NOT NULL,
  author BLOB NOT NULL,
  client_id BLOB NOT NULL,
  device INTEGER NOT NULL,
  server_id BLOB,
  kind INTEGER NOT NULL,
  body TEXT NOT NULL,
  quoted_user BLOB,
  quoted_id BLOB,
  excerpt TEXT NOT NULL DEFAULT '',
  state INTEGER NOT NULL,
  sent_at INTEGER NOT NULL,
  server_time INTEGER,
  edited_at INTEGER,
  is_deleted INTEGER NOT NULL DEFAULT 0,
  raw BLOB NOT NULL DEFAULT x'',
  is_unread INTEGER NOT NULL DEFAULT 0,
  chain_seq INTEGER NOT NULL,
  sort_time INTEGER NOT NULL,
  UNIQUE (author, client_id)
);
CREATE INDEX message_order ON message(conversation, sort_time, device, chain_seq, client_id);
CREATE INDEX message_chain ON message(conversation, device, chain_seq, sort_time);
CREATE INDEX message_unread ON message(conversation) WHERE is_unread = 1;
CREATE INDEX message_quoted ON message(quoted_user, quoted_id) WHERE quoted_id IS NOT NULL;
CREATE INDEX message_client_id ON message(conversation, client_id);
CREATE TABLE reaction(
  message INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
  user BLOB NOT NULL,
  emoji TEXT NOT NULL,
  PRIMARY KEY (message, user, emoji)
) WITHOUT ROWID;
CREATE TABLE device_receipt(
  message INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
  user BLOB NOT NULL,
  device INTEGER NOT NULL,
  delivered_at INTEGER NOT NULL,
  read_at INTEGER,
  PRIMARY KEY (message, user, device)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE message_search USING fts4(content="message", body, prefix="2,3", tokenize=unicode61 "remove_diacritics=1");
CREATE TRIGGER message_search_update_1 BEFORE UPDATE OF body ON message BEGIN
  DELETE FROM message_search WHERE docid = old.id;
END;
CREATE TRIGGER message_search_delete BEFORE DELETE ON message BEGIN
  DELETE FROM message_search WHERE docid = old.id;
END;
CREATE TRIGGER message_search_update_2 AFTER UPDATE OF body ON message BEGIN
  INSERT INTO message_search(docid, body) VALUES (new.id, new.body);
END;
CREATE TRIGGER message_search_insert AFTER INSERT ON message BEGIN
  INSERT INTO message_search(docid, body) VALUES (new.id, new.body);
END;

-- What must leave. state: 0 queued, 1 sealed, 2 failed. inner_id is the id inside the encryption: of something sent again it is
-- the first one's, while `id` (the idempotency key) is new. payload: the encoded content.
CREATE TABLE outbox(
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE,
  conversation BLOB NOT NULL,
  class INTEGER NOT NULL,
  state INTEGER NOT NULL DEFAULT 0,
  inner_id BLOB NOT NULL,
  payload BLOB NOT NULL,
  sent_at INTEGER NOT NULL,
  chain_seq INTEGER NOT NULL DEFAULT 0,
  previous_hash BLOB NOT NULL DEFAULT x'',
  reason BLOB NOT NULL DEFAULT x''
);
CREATE INDEX outbox_work ON outbox(conversation, state, class, position);
CREATE TABLE sealed_envelope(
  item INTEGER NOT NULL REFERENCES outbox(position) ON DELETE CASCADE,
  user BLOB NOT NULL,
  device INTEGER NOT NULL,
  registration_id INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  ciphertext BLOB NOT NULL,
  PRIMARY KEY (item, user, device)
);
-- Receipts that wait to be gathered into one. state: 0 delivered, 1 read.
CREATE TABLE pending_receipt(
  conversation BLOB NOT NULL,
  author BLOB NOT NULL,
  client_id BLOB NOT NULL,
  state INTEGER NOT NULL,
  queued_at INTEGER NOT NULL,
  PRIMARY KEY (conversation, author, client_id)
) WITHOUT ROWID;

-- What was sent, for those who could not open it: by inner id, with its place in the chain once it was sealed; the letters that carried it; who got it.
CREATE TABLE resend_log(
  id BLOB PRIMARY KEY,
  conversation BLOB NOT NULL,
  payload BLOB NOT NULL,
  sent_at INTEGER NOT NULL,
  chain_seq INTEGER NOT NULL DEFAULT 0,
  previous_hash BLOB NOT NULL DEFAULT x'',
  made_at INTEGER NOT NULL
);
CREATE TABLE resend_letter(
  server_id BLOB PRIMARY KEY,
  log BLOB NOT NULL REFERENCES resend_log(id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX resend_letter_log ON resend_letter(log);
CREATE TABLE resend_target(
  log BLOB NOT NULL REFERENCES resend_log(id) ON DELETE CASCADE,
  user BLOB NOT NULL,
  device INTEGER NOT NULL,
  is_delivered INTEGER NOT NULL DEFAULT 0,
  answers INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (log, user, device)
) WITHOUT ROWID;

-- Opened before: letters by the relay's id, contents by sending device and inner id.
CREATE TABLE seen_letter(server_id BLOB PRIMARY KEY, seen_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE seen_content(
  user BLOB NOT NULL,
  device INTEGER NOT NULL,
  client_id BLOB NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (user, device, client_id)
) WITHOUT ROWID;
CREATE INDEX seen_letter_age ON seen_letter(seen_at);
CREATE INDEX seen_content_age ON seen_content(seen_at);

-- Message chains: ours per conversation, and those of every sending device, with what is missing of them. hash_seq: the place
-- whose header hash last_hash is; letters that did not open advance last_seq alone.
CREATE TABLE own_chain(conversation BLOB PRIMARY KEY, last_seq INTEGER NOT NULL, last_hash BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE peer_chain(
  conversation BLOB NOT NULL,
  user BLOB NOT NULL,
  device INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  hash_seq INTEGER NOT NULL,
  last_hash BLOB NOT NULL,
  breaks INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (conversation, user, device)
) WITHOUT ROWID;
CREATE TABLE chain_gap(
  conversation BLOB NOT NULL,
  user BLOB NOT NULL,
  device INTEGER NOT NULL,
  first_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  PRIMARY KEY (conversation, user, device, first_seq)
) WITHOUT ROWID;

-- Edits, deletions, reactions and receipts that came before what they are about: one row each, applied when it comes.
CREATE TABLE deferred_effect(
  id INTEGER PRIMARY KEY,
  conversation BLOB NOT NULL,
  target_user BLOB NOT NULL,
  target BLOB NOT NULL,
  user BLOB NOT NULL,
  device INTEGER NOT NULL,
  payload BLOB NOT NULL,
  sent_at INTEGER NOT NULL,
  kept_at INTEGER NOT NULL
);
CREATE INDEX deferred_effect_target ON deferred_effect(target_user, target);
CREATE INDEX deferred_effect_sender ON deferred_effect(user);

-- Letters that are not opened. state: 0 held for a manifest, 1 waits for a repetition, 2 kept only.
CREATE TABLE quarantine(
  server_id BLOB PRIMARY KEY,
  seq INTEGER NOT NULL,
  conversation BLOB NOT NULL,
  user BLOB NOT NULL,
  device INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  ciphertext BLOB NOT NULL,
  server_time INTEGER NOT NULL,
  state INTEGER NOT NULL,
  cause BLOB NOT NULL,
  expected_seq INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  next_try_at INTEGER NOT NULL DEFAULT 0,
  kept_at INTEGER NOT NULL
);
CREATE INDEX quarantine_sender ON quarantine(user, state, seq);
CREATE INDEX quarantine_place ON quarantine(conversation, user, device, expected_seq);
