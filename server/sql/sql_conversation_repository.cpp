// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/sql_conversation_repository.h"

#include <algorithm>

namespace gx::server::sql {

namespace {

// The same for both people of a pair.
QByteArray directKey(const UserId &a, const UserId &b) {
  QByteArray key;
  for (const UserId &user : {std::min(a, b), std::max(a, b)})
    key.append(reinterpret_cast<const char *>(user.bytes.data()), qsizetype(user.bytes.size()));
  return key;
}

wire::ParticipantRole participantRole(const QByteArray &text) {
  if (text == "OWNER") return wire::ParticipantRole::Owner;
  return text == "ADMIN" ? wire::ParticipantRole::Admin : wire::ParticipantRole::Member;
}

wire::ConversationType conversationType(const QByteArray &text) {
  return text == "GROUP" ? wire::ConversationType::Group : wire::ConversationType::Direct;
}

}  // namespace

Async<domain::OpenedConversation> SqlConversationRepository::openDirect(domain::DirectConversation wanted) {
  return m_store.write([wanted](SqlConnection &db) -> Result<domain::OpenedConversation> {
    domain::OpenedConversation opened;
    ConversationId id = wanted.id;
    const QByteArray key = directKey(wanted.opener, wanted.other);
    {
      auto query = db.query(R"(SELECT "id" FROM "Conversation" WHERE "directKey" = :key)");
      const auto found = query.bind(":key", key).one();
      if (!found) return fail(found.error());
      opened.isNew = !*found;
      if (*found) id = query.id<ConversationId>(0);
    }
    if (opened.isNew)
      if (auto made = insertDirect(db, wanted, key); !made) return fail(made.error());
    auto described = info(db, id);
    if (!described) return fail(described.error());
    opened.info = std::move(*described);
    return opened;
  });
}

Result<> SqlConversationRepository::insertDirect(SqlConnection &db, const domain::DirectConversation &wanted,
                                                 const QByteArray &key) {
  auto query = db.query(R"(INSERT INTO "Conversation" ("id", "type", "directKey", "createdAt")
                           VALUES (:id, 'DIRECT', :key, :now))");
  query.bind(":id", wanted.id).bind(":key", key).bind(":now", wanted.now);
  if (auto made = query.change(); !made) return fail(made.error());
  for (const bool isOpener : {true, false}) {
    auto member = db.query(R"(INSERT INTO "ConversationParticipant" ("conversationId", "userId", "role", "joinedAt")
                              VALUES (:id, :user, :role, :now))");
    member.bind(":id", wanted.id).bind(":user", isOpener ? wanted.opener : wanted.other);
    member.bindText(":role", isOpener ? "OWNER" : "MEMBER").bind(":now", wanted.now);
    if (auto made = member.change(); !made) return fail(made.error());
  }
  return {};
}

Result<wire::ConversationInfo> SqlConversationRepository::info(SqlConnection &db, const ConversationId &id) {
  wire::ConversationInfo info;
  info.conversationId = id;
  auto query = db.query(R"(SELECT "type", "createdAt" FROM "Conversation" WHERE "id" = :id)");
  const auto row = query.bind(":id", id).one();
  if (!row) return fail(row.error());
  if (!*row) return fail(ErrorKind::NotFound, "no such conversation", "not_found");
  info.type = conversationType(query.text(0));
  info.createdAt = query.number(1);
  auto members = db.query(R"(SELECT p."userId", a."name", p."role" FROM "ConversationParticipant" p
                             JOIN "Account" a ON a."id" = p."userId" WHERE p."conversationId" = :id
                             ORDER BY p."joinedAt", p."role" DESC, p."userId")");
  auto read = members.bind(":id", id).each([&](const SqlQuery &each) {
    info.participants.append({each.id<UserId>(0), each.text(1), participantRole(each.text(2))});
  });
  if (!read) return fail(read.error());
  return info;
}

Async<wire::ConversationInfo> SqlConversationRepository::find(ConversationId id, UserId member) {
  return m_store.read([id, member](SqlConnection &db) -> Result<wire::ConversationInfo> {
    auto found = info(db, id);
    if (!found) return found;
    if (!std::ranges::any_of(found->participants, [&](const auto &each) { return each.userId == member; }))
      return fail(ErrorKind::NotFound, "no such conversation", "not_found");
    return found;
  });
}

Async<wire::ConversationPage> SqlConversationRepository::list(UserId member, std::optional<ConversationId> after,
                                                              int limit) {
  return m_store.read([member, after, limit](SqlConnection &db) -> Result<wire::ConversationPage> {
    std::vector<ConversationId> ids;
    // Ids are UUIDv7: their order is that of making.
    auto query = db.query(R"(SELECT "conversationId" FROM "ConversationParticipant"
                             WHERE "userId" = :user AND "conversationId" > :after
                             ORDER BY "conversationId" LIMIT :count)");
    query.bind(":user", member).bind(":after", after.value_or(ConversationId{})).bind(":count", qint64(limit) + 1);
    auto read = query.each([&](const SqlQuery &row) { ids.push_back(row.id<ConversationId>(0)); });
    if (!read) return fail(read.error());
    wire::ConversationPage page;
    for (const ConversationId &id : ids) {
      if (page.conversations.size() >= limit) {
        page.next = page.conversations.last().conversationId;
        break;
      }
      auto found = info(db, id);
      if (!found) return fail(found.error());
      page.conversations.append(std::move(*found));
    }
    return page;
  });
}

Async<domain::Roster> SqlConversationRepository::roster(ConversationId id) {
  return m_store.read([id](SqlConnection &db) { return readRoster(db, id); });
}

Result<domain::Roster> SqlConversationRepository::readRoster(SqlConnection &db, const ConversationId &id) {
  domain::Roster roster;
  roster.conversation = id;
  auto query = db.query(R"(SELECT "type" FROM "Conversation" WHERE "id" = :id)");
  const auto row = query.bind(":id", id).one();
  if (!row) return fail(row.error());
  if (!*row) return fail(ErrorKind::NotFound, "no such conversation", "not_found");
  roster.type = conversationType(query.text(0));
  auto members = db.query(R"(SELECT p."userId", a."deviceGeneration" FROM "ConversationParticipant" p
                             JOIN "Account" a ON a."id" = p."userId" WHERE p."conversationId" = :id)");
  auto read = members.bind(":id", id).each(
      [&](const SqlQuery &each) { roster.members.push_back({each.id<UserId>(0), each.number(1)}); });
  if (!read) return fail(read.error());
  auto devices = db.query(R"(SELECT d."id", d."userId", k."registrationId" FROM "ConversationParticipant" p
                             JOIN "Device" d ON d."userId" = p."userId" AND d."state" = 'ACTIVE'
                             JOIN "UserSignalKey" k ON k."deviceId" = d."id"
                             WHERE p."conversationId" = :id ORDER BY d."id")");
  read = devices.bind(":id", id).each([&](const SqlQuery &each) {
    roster.devices.push_back({each.device(0), each.id<UserId>(1), quint32(each.number(2))});
  });
  if (!read) return fail(read.error());
  return roster;
}

Async<std::vector<UserId>> SqlConversationRepository::sharingWith(UserId user, std::vector<UserId> others) {
  return m_store.read([user, others = std::move(others)](SqlConnection &db) -> Result<std::vector<UserId>> {
    std::vector<UserId> sharing;
    for (const UserId &other : others) {
      auto query = db.query(R"(SELECT 1 FROM "ConversationParticipant" mine
                               JOIN "ConversationParticipant" theirs ON theirs."conversationId" = mine."conversationId"
                               WHERE mine."userId" = :user AND theirs."userId" = :other LIMIT 1)");
      const auto found = query.bind(":user", user).bind(":other", other).one();
      if (!found) return fail(found.error());
      if (*found) sharing.push_back(other);
    }
    return sharing;
  });
}

Async<std::vector<DeviceId>> SqlConversationRepository::audience(UserId user) {
  return m_store.read([user](SqlConnection &db) -> Result<std::vector<DeviceId>> {
    std::vector<DeviceId> devices;
    auto query = db.query(R"(SELECT "id" FROM "Device" WHERE "userId" = :user AND "state" = 'ACTIVE'
                             UNION
                             SELECT d."id" FROM "ConversationParticipant" mine
                             JOIN "ConversationParticipant" theirs ON theirs."conversationId" = mine."conversationId"
                             JOIN "Device" d ON d."userId" = theirs."userId" AND d."state" = 'ACTIVE'
                             WHERE mine."userId" = :user)");
    auto read = query.bind(":user", user).each([&](const SqlQuery &row) { devices.push_back(row.device(0)); });
    if (!read) return fail(read.error());
    return devices;
  });
}

}  // namespace gx::server::sql
