// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/deferred_effect_store.h"

namespace gx::store {

Result<> DeferredEffectStore::put(const DeferredEffect &effect) {
  return m_database
      .statement(
          "INSERT INTO deferred_effect(conversation, target_user, target, user, device, payload, sent_at, kept_at) "
          "SELECT :conversation, :target_user, :target, :user, :device, :payload, :sent_at, :kept_at "
          "WHERE (SELECT count(*) FROM deferred_effect WHERE user = :user) < :limit")
      .bind(":conversation", effect.conversation)
      .bind(":target_user", effect.targetUser)
      .bind(":target", effect.target)
      .bind(":user", effect.sender.user)
      .bind(":device", effect.sender.device)
      .bind(":payload", effect.payload)
      .bind(":sent_at", effect.sentAt)
      .bind(":kept_at", effect.keptAt)
      .bind(":limit", kMaxPerPerson)
      .run();
}

Result<std::vector<DeferredEffect>> DeferredEffectStore::take(UserId targetUser, ClientMessageId target) {
  auto effects = m_database
                     .statement(
                         "SELECT id, conversation, target_user, target, user, device, payload, sent_at, kept_at FROM "
                         "deferred_effect "
                         "WHERE target_user = :target_user AND target = :target ORDER BY id")
                     .bind(":target_user", targetUser)
                     .bind(":target", target)
                     .all([](const Statement &row) {
                       return DeferredEffect{row.number(0),
                                             row.id<ConversationId>(1),
                                             row.id<UserId>(2),
                                             row.id<ClientMessageId>(3),
                                             {row.id<UserId>(4), row.device(5)},
                                             row.bytes(6),
                                             row.time(7),
                                             row.time(8)};
                     });
  if (!effects || effects->empty()) return effects;
  const auto removed =
      m_database.statement("DELETE FROM deferred_effect WHERE target_user = :target_user AND target = :target")
          .bind(":target_user", targetUser)
          .bind(":target", target)
          .run();
  if (!removed) return fail(removed.error());
  return effects;
}

Result<> DeferredEffectStore::forget(WallTime keptBefore) {
  return m_database.statement("DELETE FROM deferred_effect WHERE kept_at < :before").bind(":before", keptBefore).run();
}

}  // namespace gx::store
