// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/account_book.h"

#include "core/vault/vault_thread.h"

namespace gx::vault {

namespace {

AccountRecord toRecord(const store::AccountRow &row) {
  return {row.account, row.relayUrl, row.environment};
}

constexpr qsizetype kRequestIdSize = 16;

Result<> putAccount(Strongroom &room, const AccountRecord &record, const SecretBytes &token) {
  const auto known = room.account.account();
  if (!known) return fail(known.error());
  const store::AccountRow row{record.account, record.relayUrl, record.environment};
  if (*known && (*known)->account.self != record.account.self)
    return fail(ErrorKind::Conflict, "another account or device is signed in here");
  const auto put = *known ? room.account.update(row) : room.account.insert(row);
  if (!put) return put;
  return room.account.setRefresh({token.copy(), {}});
}

Result<RefreshAttempt> begin(Strongroom &room) {
  auto refresh = room.account.refresh();
  if (!refresh) return fail(refresh.error());
  if (refresh->token.isEmpty()) return fail(ErrorKind::Unauthorized, "no refresh token");
  if (refresh->request.isEmpty()) {
    refresh->request = room.random.bytes(kRequestIdSize).toHex();
    const auto put = room.account.setRefresh({refresh->token.copy(), refresh->request});
    if (!put) return fail(put.error());
  }
  return RefreshAttempt{std::move(refresh->token), refresh->request};
}

Result<BootMark> readBoot(Strongroom &room) {
  return room.account.boot().map([](const store::BootRow &row) { return BootMark{row.counter, row.sends}; });
}

Result<> putDraft(Strongroom &room, model::Draft draft) {
  if (draft.text.isEmpty() && !draft.quoted && !draft.editing) return room.drafts.remove(draft.conversation);
  draft.changedAt = room.now();
  return room.drafts.put(draft);
}

}  // namespace

Async<std::optional<AccountRecord>> AccountBook::account() {
  return m_thread.run([](Strongroom &room) -> Result<std::optional<AccountRecord>> {
    const auto row = room.account.account();
    if (!row) return fail(row.error());
    if (!*row) return std::nullopt;
    return toRecord(**row);
  });
}

Async<> AccountBook::signIn(AccountRecord record, SecretBytes refreshToken) {
  return m_thread.run([record, token = std::make_shared<SecretBytes>(std::move(refreshToken))](Strongroom &room) {
    return putAccount(room, record, *token);
  });
}

Async<> AccountBook::setApproved(bool isApproved) {
  return m_thread.run([isApproved](Strongroom &room) -> Result<> {
    auto row = room.account.account();
    if (!row) return fail(row.error());
    if (!*row) return fail(ErrorKind::NotFound, "nobody is signed in");
    (*row)->account.isApproved = isApproved;
    return room.account.update(**row);
  });
}

Async<RefreshAttempt> AccountBook::beginRefresh() {
  return m_thread.run([](Strongroom &room) { return begin(room); });
}

Async<> AccountBook::finishRefresh(SecretBytes newRefreshToken) {
  return m_thread.run([token = std::make_shared<SecretBytes>(std::move(newRefreshToken))](Strongroom &room) {
    return room.account.setRefresh({token->copy(), {}});
  });
}

Async<> AccountBook::dropRefreshToken() {
  return m_thread.run([](Strongroom &room) { return room.account.setRefresh({}); });
}

Async<BootMark> AccountBook::countBoot() {
  return m_thread.run([](Strongroom &room) -> Result<BootMark> {
    if (const auto counted = room.account.countBoot(); !counted) return fail(counted.error());
    return readBoot(room);
  });
}

Async<BootMark> AccountBook::bootMark() {
  return m_thread.run([](Strongroom &room) { return readBoot(room); });
}

Async<std::optional<QString>> AccountBook::setting(QString name) {
  return m_thread.run([name](Strongroom &room) { return room.settings.value(name); });
}

Async<> AccountBook::setSetting(QString name, QString value) {
  return m_thread.run([name, value](Strongroom &room) { return room.settings.set(name, value); });
}

Async<std::optional<model::Draft>> AccountBook::draft(ConversationId conversation) {
  return m_thread.run([conversation](Strongroom &room) { return room.drafts.draft(conversation); });
}

Async<> AccountBook::saveDraft(model::Draft draft) {
  return m_thread.run([draft](Strongroom &room) { return putDraft(room, draft); });
}

}  // namespace gx::vault
