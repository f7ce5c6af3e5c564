-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The GX authors
-- The search index newest first, so that a search reads only as much of it as it shows; and one row that
-- notes whether it still holds words of what was deleted or edited, and when those were last taken out.
DROP TRIGGER message_search_update_1;
DROP TRIGGER message_search_delete;
DROP TRIGGER message_search_update_2;
DROP TRIGGER message_search_insert;
DROP TABLE message_search;

CREATE TABLE search_upkeep(
  id INTEGER PRIMARY KEY CHECK (id = 1),
  has_rubbish INTEGER NOT NULL DEFAULT 0,
  purged_at INTEGER NOT NULL DEFAULT 0
);
INSERT INTO search_upkeep(id) VALUES (1);
CREATE VIRTUAL TABLE message_search USING fts4(content="message", body, order="desc", prefix="2,3", tokenize=unicode61 "remove_diacritics=1");
INSERT INTO message_search(message_search) VALUES ('rebuild');
CREATE TRIGGER message_search_update_1 BEFORE UPDATE OF body ON message BEGIN
  DELETE FROM message_search WHERE docid = old.id;
  UPDATE search_upkeep SET has_rubbish = 1 WHERE has_rubbish = 0;
END;
CREATE TRIGGER message_search_delete BEFORE DELETE ON message BEGIN
  DELETE FROM message_search WHERE docid = old.id;
  UPDATE search_upkeep SET has_rubbish = 1 WHERE has_rubbish = 0;
END;
CREATE TRIGGER message_search_update_2 AFTER UPDATE OF body ON message BEGIN
  INSERT INTO message_search(docid, body) VALUES (new.id, new.body);
END;
CREATE TRIGGER message_search_insert AFTER INSERT ON message BEGIN
  INSERT INTO message_search(docid, body) VALUES (new.id, new.body);
END;
