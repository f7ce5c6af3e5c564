// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/sql_message_queue.h"

#include <memory>

#include "core/base/bytes.h"
#include "core/wire/limits.h"

namespace gx::server::sql {

SqlMessageQueue::SqlMessageQueue(SqlStore &store)
    : m_store(store),
      m_writer(store.book(),
               {store.settings().mailboxLetters, store.settings().mailboxBytes, store.settings().mailboxSenders}) {}

SqlMessageQueue::~SqlMessageQueue() {
  m_store.writer().drain();
}

void SqlMessageQueue::append(domain::AppendRequest request, AppendDone done) {
  struct Appending {
    domain::AppendRequest request;
    Result<domain::Appended> answer{};
    AppendDone done;
  };
  // shared_ptr: the two functions of an act share it, and std::function wants copies.
  auto appending = std::make_shared<Appending>();
  appending->request = std::move(request);
  appending->done = std::move(done);
  GroupWriter::Act act;
  act.home = &m_home;
  act.isIsolated = false;
  act.crashPoint = "C9";
  act.run = [this, appending](SqlConnection &db) { return m_writer.append(db, appending->request, appending->answer); };
  act.done = [appending](const Result<> &stored) {
    if (stored) return appending->done(std::move(appending->answer));
    appending->done(fail(stored.error()));
  };
  m_store.writer().submit(std::move(act));
}

void SqlMessageQueue::acknowledge(DeviceId device, wire::MailAck upTo, AcknowledgeDone done) {
  auto answer = std::make_shared<Result<domain::MailboxHead>>();
  const WallTime now = m_store.clock().wallNow();
  GroupWriter::Act act;
  act.home = &m_home;
  act.isIsolated = false;
  act.run = [this, answer, device, upTo, now](SqlConnection &db) {
    return m_writer.acknowledge(db, device, upTo, now, *answer);
  };
  act.done = [answer, done = std::move(done)](const Result<> &stored) {
    if (stored) return done(std::move(*answer));
    done(fail(stored.error()));
  };
  m_store.writer().submit(std::move(act));
}

// Through the writer, so that it sees every append() before it.
Async<domain::Appended> SqlMessageQueue::accepted(DeviceId senderDevice, ClientMessageId id, QByteArray bodyHash) {
  return m_store.write([=](SqlConnection &db) -> Result<domain::Appended> {
    const auto before = MailboxWriter::accepted(db, {senderDevice, id}, bodyHash);
    if (!before) return fail(before.error());
    if (!*before) return fail(ErrorKind::NotFound, "not accepted before", "not_found");
    return **before;
  });
}

Async<wire::MailPage> SqlMessageQueue::page(DeviceId device, wire::MailAck after, int limit) {
  return m_store.read([=](SqlConnection &db) { return readPage(db, device, after, limit); });
}

Async<domain::MailboxHead> SqlMessageQueue::head(DeviceId device) {
  return m_store.read([=](SqlConnection &db) { return readHead(db, device); });
}

Result<domain::MailboxHead> SqlMessageQueue::readHead(SqlConnection &db, DeviceId device) {
  auto query = db.query(R"(SELECT "head", "acked", "expired" FROM "MailboxHead" WHERE "deviceId" = :device)");
  const auto row = query.bind(":device", device).one();
  if (!row) return fail(row.error());
  if (!*row) return fail(ErrorKind::NotFound, "no such mailbox", "not_found");
  return domain::MailboxHead{query.number(0), query.number(1), query.number(2)};
}

Result<wire::MailPage> SqlMessageQueue::readPage(SqlConnection &db, DeviceId device, const wire::MailAck &after,
                                                 int limit) {
  const auto mailbox = readHead(db, device);
  if (!mailbox) return fail(mailbox.error());
  wire::MailPage page;
  page.head = mailbox->head;
  page.expired = mailbox->expired;
  qint64 from = after.seq;
  if (after.messageId && from > mailbox->acked) {
    const auto waits = MailboxWriter::isWaiting(db, device, after);
    if (!waits) return fail(waits.error());
    if (!*waits) from = mailbox->acked;
  }
  auto query = db.query(R"(SELECT b."seq", b."messageId", m."conversationId", m."senderId", m."senderDeviceId",
                             b."kind", b."ciphertext", b."createdAt"
                           FROM "Mailbox" b JOIN "Message" m ON m."id" = b."messageId"
                           WHERE b."deviceId" = :device AND b."seq" > :after ORDER BY b."seq" LIMIT :count)");
  query.bind(":device", device).bind(":after", from).bind(":count", qint64(limit) + 1);
  qsizetype bytes = 0;
  auto read = query.each([&](const SqlQuery &row) {
    page.more = page.more || page.messages.size() >= limit || bytes > wire::limits::kMiB;
    if (page.more) return;
    wire::MailItem item;
    item.seq = row.number(0);
    item.messageId = row.id<MessageId>(1);
    item.conversationId = row.id<ConversationId>(2);
    item.senderId = row.id<UserId>(3);
    item.senderDeviceId = row.device(4);
    item.kind = row.text(5) == "prekey" ? wire::EnvelopeKind::PreKey : wire::EnvelopeKind::Message;
    item.ciphertext = row.bytes(6);
    item.serverTime = row.number(7);
    bytes += item.ciphertext.size();
    page.messages.append(std::move(item));
  });
  if (!read) return fail(read.error());
  return page;
}

Async<qint64> SqlMessageQueue::expireLetters(WallTime before, int limit) {
  MailboxBook &book = m_store.book();
  return m_store.write([&book, before, limit](SqlConnection &db) { return expire(db, book, before, limit); });
}

Result<qint64> SqlMessageQueue::expire(SqlConnection &db, MailboxBook &book, WallTime before, int limit) {
  struct Old {
    qint64 id;
    DeviceId device;
    QByteArray message;
    qint64 bytes;
  };
  std::vector<Old> old;
  auto oldest = db.query(R"(SELECT "id", "deviceId", "messageId", length("ciphertext"), "createdAt" FROM "Mailbox"
                            ORDER BY "id" LIMIT :count)");
  auto read = oldest.bind(":count", qint64(limit)).each([&](const SqlQuery &row) {
    if (row.time(4) < before) old.push_back({row.number(0), row.device(1), row.bytes(2), row.number(3)});
  });
  if (!read) return fail(read.error());
  for (const Old &letter : old) {
    auto remove = db.query(R"(DELETE FROM "Mailbox" WHERE "id" = :id)");
    if (auto done = remove.bind(":id", letter.id).change(); !done) return fail(done.error());
    auto mark = db.query(R"(UPDATE "Message" SET "waiting" = "waiting" - 1, "status" = 'EXPIRED' WHERE "id" = :id)");
    if (auto done = mark.bind(":id", letter.message).change(); !done) return fail(done.error());
    // An empty mailbox has nothing to acknowledge: its cursor stands at the head.
    auto count = db.query(R"(UPDATE "MailboxHead" SET "expired" = "expired" + 1, "letters" = "letters" - 1,
                             "bytes" = "bytes" - :bytes,
                             "acked" = CASE WHEN "letters" <= 1 THEN "head" ELSE "acked" END
                             WHERE "deviceId" = :device)");
    if (auto done = count.bind(":bytes", letter.bytes).bind(":device", letter.device).change(); !done)
      return fail(done.error());
    book.forget(letter.device);
  }
  return qint64(old.size());
}

Async<qint64> SqlMessageQueue::forgetAccepted(WallTime before, int limit) {
  return m_store.write([=](SqlConnection &db) -> Result<qint64> {
    // Ids are UUIDv7: everything below this one was made before.
    QByteArray bound;
    appendNumber(bound, quint64(toMillis(before)) << 16);
    bound = bound.leftJustified(16, '\0');
    auto receipts = db.query(R"(DELETE FROM "MessageDeliveryReceipt" WHERE "messageId" IN (
        SELECT "id" FROM "Message" WHERE "id" < :bound AND "waiting" <= 0 ORDER BY "id" LIMIT :count))");
    if (auto done = receipts.bind(":bound", bound).bind(":count", qint64(limit)).change(); !done)
      return fail(done.error());
    auto messages = db.query(R"(DELETE FROM "Message" WHERE "id" IN (
        SELECT "id" FROM "Message" WHERE "id" < :bound AND "waiting" <= 0 ORDER BY "id" LIMIT :count))");
    const auto removed = messages.bind(":bound", bound).bind(":count", qint64(limit)).change();
    if (!removed) return fail(removed.error());
    return qint64(*removed);
  });
}

}  // namespace gx::server::sql
