// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

#include "core/base/async.h"

namespace gx::server::domain {

enum class Limit {
  Messages,          // key: device and conversation
  PrekeyFetch,       // requester and target device
  Linking,           // account
  LoginAddress,      // address
  Registration,      // address
  ConversationOpen,  // account: finding people
  Refresh,           // device
  ManifestChange,    // account
  Typing,            // device and conversation
  PresenceWatch,     // device
  Attachments,       // account
};
inline constexpr int kLimitCount = 11;

// Port. Token buckets: RateLimited with retryAfter when the bucket of this key is empty.
class RateLimiter {
 public:
  virtual ~RateLimiter() = default;

  // Counts for all nodes. When the shared store is away: in this process, and stricter for what must fail closed.
  [[nodiscard]] virtual Async<> take(Limit limit, QByteArray key) = 0;
  // Counts in this process alone: for the hot path.
  [[nodiscard]] virtual Result<> takeNow(Limit limit, const QByteArray &key) = 0;
  // Undoes one take(): a sign-in that went well costs nothing.
  virtual void giveBack(Limit limit, const QByteArray &key) = 0;
};

}  // namespace gx::server::domain
