// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/mailbox_writer.h"

#include "core/base/crash_point.h"

namespace gx::server::sql {

Result<> MailboxWriter::append(SqlConnection &db, const domain::AppendRequest &request,
                               Result<domain::Appended> &answer) {
  const auto refused = obstacle(db, request);
  if (!refused) return fail(refused.error());
  if (*refused) return answerRepeated(db, request, **refused, answer);
  const auto isNew = insertMessage(db, request);
  if (!isNew) return fail(isNew.error());
  if (!*isNew) return answerRepeated(db, request, Error{ErrorKind::Internal, "repetition not found"}, answer);
  domain::Appended appended;
  appended.id = request.id;
  appended.acceptedAt = request.now;
  if (auto placed = insertLetters(db, request, appended); !placed) return placed;
  crashPoint("C8");
  answer = std::move(appended);
  return {};
}

// A repetition gets its answer even where the message could not be taken now.
Result<> MailboxWriter::answerRepeated(SqlConnection &db, const domain::AppendRequest &request, const Error &otherwise,
                                       Result<domain::Appended> &answer) {
  const auto before = accepted(db, {request.senderDevice, request.clientMsgId}, request.bodyHash);
  if (!before) return fail(before.error());
  answer = *before ? **before : Result<domain::Appended>(fail(otherwise));
  return {};
}

Result<std::optional<Error>> MailboxWriter::obstacle(SqlConnection &db, const domain::AppendRequest &request) {
  const Error changed{ErrorKind::Conflict, "devices changed meanwhile", "device_mismatch"};
  for (const auto &member : request.members) {
    const auto generation = m_book.generationOf(db, member.user);
    if (!generation) return fail(generation.error());
    if (*generation != member.deviceGeneration) return changed;
  }
  for (const auto &letter : request.letters) {
    const auto head = m_book.headOf(db, letter.device);
    if (!head) return fail(head.error());
    if (!*head) return changed;
    auto full = fullness(db, request.sender, letter, **head);
    if (!full || *full) return full;
  }
  return std::nullopt;
}

Result<std::optional<Error>> MailboxWriter::fullness(SqlConnection &db, const UserId &sender,
                                                     const domain::AppendRequest::Letter &letter,
                                                     const MailboxBook::Head &mailbox) {
  Error full{ErrorKind::Full, "a recipient's mailbox is full", "mailbox_full", std::chrono::seconds(60)};
  const qint64 size = letter.ciphertext.size();
  if (mailbox.letters + 1 > m_limits.letters || mailbox.bytes + size > m_limits.bytes) return full;
  if (letter.owner == sender) return std::nullopt;
  const Limits share{m_limits.letters / m_limits.senders, m_limits.bytes / m_limits.senders};
  if (mailbox.letters + 1 <= share.letters && mailbox.bytes + size <= share.bytes) return std::nullopt;
  const auto used = m_book.shareOf(db, letter.device, sender);
  if (!used) return fail(used.error());
  if (used->letters + 1 <= share.letters && used->bytes + size <= share.bytes) return std::nullopt;
  full.detail = "the sender's share of a recipient's mailbox is used up";
  return full;
}

Result<bool> MailboxWriter::insertMessage(SqlConnection &db, const domain::AppendRequest &request) {
  auto query = db.query(R"(INSERT INTO "Message" ("id", "conversationId", "senderId", "senderDeviceId", "clientMsgId",
                             "bodyHash", "type", "status", "waiting", "createdAt")
                           VALUES (:id, :conversation, :sender, :device, :client, :hash, 'PAIRWISE', :status, :waiting,
                             :now)
                           ON CONFLICT ("senderDeviceId", "clientMsgId") DO NOTHING)");
  query.bind(":id", request.id).bind(":conversation", request.conversation).bind(":sender", request.sender);
  query.bind(":device", request.senderDevice).bind(":client", request.clientMsgId).bind(":hash", request.bodyHash);
  // With nobody to take it (a note to oneself on the only device) it is delivered as it is.
  query.bindText(":status", request.letters.empty() ? "DELIVERED" : "ACCEPTED");
  query.bind(":waiting", qint64(request.letters.size())).bind(":now", request.now);
  const auto inserted = query.change();
  if (!inserted) return fail(inserted.error());
  return *inserted > 0;
}

Result<> MailboxWriter::insertLetters(SqlConnection &db, const domain::AppendRequest &request,
                                      domain::Appended &appended) {
  appended.placed.reserve(request.letters.size());
  for (const auto &letter : request.letters) {
    const auto head = m_book.headOf(db, letter.device);
    if (!head) return fail(head.error());
    MailboxBook::Head &mailbox = **head;
    auto query = db.query(R"(INSERT INTO "Mailbox" ("deviceId", "seq", "messageId", "kind", "ciphertext", "createdAt")
                             VALUES (:device, :seq, :message, :kind, :ciphertext, :now))");
    query.bind(":device", letter.device).bind(":seq", mailbox.head + 1).bind(":message", request.id);
    query.bindText(":kind", letter.kind == wire::EnvelopeKind::PreKey ? "prekey" : "message");
    if (auto done = query.bind(":ciphertext", letter.ciphertext).bind(":now", request.now).change(); !done)
      return fail(done.error());
    ++mailbox.head;
    ++mailbox.letters;
    mailbox.bytes += letter.ciphertext.size();
    mailbox.isChanged = true;
    m_book.added(letter.device, request.sender, letter.ciphertext.size());
    appended.placed.push_back({letter.device, mailbox.head});
    crashPoint("C10");
  }
  return {};
}

Result<std::optional<Result<domain::Appended>>> MailboxWriter::accepted(SqlConnection &db, const Key &key,
                                                                        const QByteArray &bodyHash) {
  auto query = db.query(R"(SELECT "id", "createdAt", "bodyHash" FROM "Message"
                           WHERE "senderDeviceId" = :device AND "clientMsgId" = :client)");
  const auto row = query.bind(":device", key.device).bind(":client", key.id).one();
  if (!row) return fail(row.error());
  if (!*row) return std::nullopt;
  if (query.bytes(2) != bodyHash)
    return Result<domain::Appended>(
        fail(ErrorKind::Invalid, "this client_msg_id had another body", "idempotency_conflict"));
  domain::Appended before;
  before.id = query.id<MessageId>(0);
  before.acceptedAt = query.time(1);
  before.repeated = true;
  return Result<domain::Appended>(before);
}

Result<> MailboxWriter::acknowledge(SqlConnection &db, DeviceId device, const wire::MailAck &upTo, WallTime now,
                                    Result<domain::MailboxHead> &answer) {
  crashPoint("C13");
  const auto found = m_book.headOf(db, device);
  if (!found) return fail(found.error());
  if (!*found) {
    answer = fail(ErrorKind::NotFound, "no such mailbox", "not_found");
    return {};
  }
  MailboxBook::Head &mailbox = **found;
  bool isKnown = upTo.seq >= 0 && upTo.seq <= mailbox.head;
  if (!isKnown && !upTo.messageId) {
    answer = fail(ErrorKind::Invalid, "seq: beyond the head", "bad_request");
    return {};
  }
  if (isKnown && upTo.messageId && upTo.seq > mailbox.acked) {
    const auto waits = isWaiting(db, device, upTo);
    if (!waits) return fail(waits.error());
    isKnown = *waits;
  }
  if (isKnown && upTo.seq > mailbox.acked) {
    const auto letters = lettersUpTo(db, device, upTo.seq);
    if (!letters) return fail(letters.error());
    if (auto noted = noteDelivery(db, device, *letters, now); !noted) return noted;
    if (auto removed = remove(db, device, upTo.seq, *letters, mailbox); !removed) return removed;
    m_book.forgetShares(device);
  }
  answer = domain::MailboxHead{mailbox.head, mailbox.acked, mailbox.expired};
  return {};
}

Result<bool> MailboxWriter::isWaiting(SqlConnection &db, DeviceId device, const wire::MailAck &place) {
  auto query = db.query(R"(SELECT 1 FROM "Mailbox"
                           WHERE "deviceId" = :device AND "seq" = :seq AND "messageId" = :message)");
  query.bind(":device", device).bind(":seq", place.seq);
  return query.bind(":message", place.messageId.value_or(MessageId{})).one();
}

Result<> MailboxWriter::remove(SqlConnection &db, DeviceId device, qint64 seq,
                               const std::vector<WaitingLetter> &letters, MailboxBook::Head &mailbox) {
  auto query = db.query(R"(DELETE FROM "Mailbox" WHERE "deviceId" = :device AND "seq" <= :seq)");
  if (auto done = query.bind(":device", device).bind(":seq", seq).change(); !done) return fail(done.error());
  for (const WaitingLetter &letter : letters) mailbox.bytes -= letter.bytes;
  mailbox.letters -= qint64(letters.size());
  mailbox.acked = seq;
  mailbox.isChanged = true;
  return {};
}

Result<std::vector<MailboxWriter::WaitingLetter>> MailboxWriter::lettersUpTo(SqlConnection &db, DeviceId device,
                                                                             qint64 seq) {
  std::vector<WaitingLetter> letters;
  auto query = db.query(R"(SELECT "messageId", length("ciphertext") FROM "Mailbox"
                           WHERE "deviceId" = :device AND "seq" <= :seq)");
  auto read = query.bind(":device", device).bind(":seq", seq).each([&](const SqlQuery &row) {
    letters.push_back({row.id<MessageId>(0), row.number(1)});
  });
  if (!read) return fail(read.error());
  return letters;
}

// One row at a time: a subquery or RETURNING makes SQLite build a table in memory for each statement, which costs more
// than all else here.
Result<> MailboxWriter::noteDelivery(SqlConnection &db, DeviceId device, const std::vector<WaitingLetter> &letters,
                                     WallTime now) {
  auto receipt = db.query(R"(INSERT INTO "MessageDeliveryReceipt" ("messageId", "deviceId", "deliveredAt")
                             VALUES (:message, :device, :now) ON CONFLICT ("messageId", "deviceId") DO NOTHING)");
  auto message = db.query(R"(UPDATE "Message" SET "waiting" = "waiting" - 1,
                               "status" = CASE WHEN "waiting" <= 1 AND "status" = 'ACCEPTED' THEN 'DELIVERED'
                                          ELSE "status" END
                             WHERE "id" = :message)");
  for (const WaitingLetter &letter : letters) {
    receipt.bind(":message", letter.message).bind(":device", device).bind(":now", now);
    if (auto done = receipt.change(); !done) return fail(done.error());
    if (auto done = message.bind(":message", letter.message).change(); !done) return fail(done.error());
  }
  return {};
}

}  // namespace gx::server::sql
