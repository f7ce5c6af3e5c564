// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/sql_link_repository.h"

namespace gx::server::sql {

namespace {

struct Link {
  UserId user;
  wire::LinkState state;
};

Result<Link> readLink(SqlConnection &db, DeviceId device) {
  auto query = db.query(R"(SELECT d."userId", d."name", l."commitment", l."answerDeviceId", l."answerIdentityKey",
                             l."answerNonce", l."revealIdentityKey", l."revealNonce"
                           FROM "DeviceLink" l JOIN "Device" d ON d."id" = l."deviceId" WHERE l."deviceId" = :device)");
  const auto row = query.bind(":device", device).one();
  if (!row) return fail(row.error());
  if (!*row) return fail(ErrorKind::NotFound, "no such link", "not_found");
  Link link;
  link.user = query.id<UserId>(0);
  link.state.deviceId = device;
  link.state.name = query.text(1);
  link.state.commitment = query.bytes(2);
  if (!query.isNull(3)) link.state.answer = wire::LinkState::Answer{query.device(3), query.bytes(4), query.bytes(5)};
  if (!query.isNull(6)) link.state.reveal = wire::LinkState::Reveal{query.bytes(6), query.bytes(7)};
  return link;
}

Result<Link> readLinkOf(SqlConnection &db, const UserId &user, DeviceId device) {
  auto link = readLink(db, device);
  if (link && link->user != user) return fail(ErrorKind::NotFound, "no such link", "not_found");
  return link;
}

tl::unexpected<Error> linkConflict(const char *why) {
  return fail(ErrorKind::Conflict, why, "link_conflict");
}

}  // namespace

Async<wire::LinkState> SqlLinkRepository::find(UserId user, DeviceId device) {
  return m_store.read([user, device](SqlConnection &db) -> Result<wire::LinkState> {
    auto link = readLinkOf(db, user, device);
    if (!link) return fail(link.error());
    return link->state;
  });
}

Async<wire::LinkState> SqlLinkRepository::commit(DeviceId device, QByteArray commitment) {
  return m_store.write([device, commitment = std::move(commitment)](SqlConnection &db) -> Result<wire::LinkState> {
    const auto before = readLink(db, device);
    if (before && before->state.commitment == commitment) return before->state;
    auto clear = db.query(R"(DELETE FROM "DeviceLink" WHERE "deviceId" = :device)");
    if (auto done = clear.bind(":device", device).change(); !done) return fail(done.error());
    auto query = db.query(R"(INSERT INTO "DeviceLink" ("deviceId", "commitment") VALUES (:device, :commitment))");
    if (auto done = query.bind(":device", device).bind(":commitment", commitment).change(); !done)
      return fail(done.error());
    const auto link = readLink(db, device);
    if (!link) return fail(link.error());
    return link->state;
  });
}

Async<wire::LinkState> SqlLinkRepository::reveal(DeviceId device, QByteArray commitment,
                                                 wire::LinkState::Reveal reveal) {
  return m_store.write([device, commitment = std::move(commitment),
                        reveal = std::move(reveal)](SqlConnection &db) -> Result<wire::LinkState> {
    auto link = readLink(db, device);
    if (!link) return link.error().kind == ErrorKind::NotFound ? linkConflict("no link") : fail(link.error());
    if (link->state.commitment != commitment) return linkConflict("another commitment stands");
    if (!link->state.answer) return linkConflict("nobody answered yet");
    if (link->state.reveal) {
      if (*link->state.reveal == reveal) return link->state;
      return linkConflict("something else was revealed");
    }
    auto query = db.query(R"(UPDATE "DeviceLink" SET "revealIdentityKey" = :identity, "revealNonce" = :nonce
                             WHERE "deviceId" = :device)");
    query.bind(":identity", reveal.identityKey).bind(":nonce", reveal.nonce).bind(":device", device);
    if (auto done = query.change(); !done) return fail(done.error());
    link->state.reveal = reveal;
    return link->state;
  });
}

Async<wire::LinkState> SqlLinkRepository::answer(UserId user, DeviceId device, wire::LinkState::Answer answer) {
  return m_store.write([user, device, answer = std::move(answer)](SqlConnection &db) -> Result<wire::LinkState> {
    auto link = readLinkOf(db, user, device);
    if (!link) return fail(link.error());
    if (link->state.answer) {
      if (*link->state.answer == answer) return link->state;
      return linkConflict("there is an answer already");
    }
    auto query = db.query(R"(UPDATE "DeviceLink" SET "answerDeviceId" = :by, "answerIdentityKey" = :identity,
                             "answerNonce" = :nonce WHERE "deviceId" = :device)");
    query.bind(":by", answer.deviceId).bind(":identity", answer.identityKey).bind(":nonce", answer.nonce);
    if (auto done = query.bind(":device", device).change(); !done) return fail(done.error());
    link->state.answer = answer;
    return link->state;
  });
}

}  // namespace gx::server::sql
