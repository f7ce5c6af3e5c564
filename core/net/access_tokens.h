// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QObject>
#include <functional>
#include <optional>
#include <vector>

#include "core/base/async.h"
#include "core/base/clock.h"
#include "core/base/pause.h"
#include "core/base/task_scope.h"
#include "core/net/completion.h"
#include "core/net/rest_channel.h"
#include "core/wire/account_dto.h"

namespace gx::net {

// The access token of the signed-in device: always fresh, one refresh at a time for all who wait, renewed before it
// runs out.
class AccessTokens final : public QObject {
  Q_OBJECT
 public:
  struct Owner {
    // Makes the request for the pair in use: first keeps its request_id, so that a refresh whose answer got lost is
    // repeated with the same one, then signs. Called anew for each try.
    std::function<Async<wire::RefreshRequest>(QByteArray refreshToken)> prepare;
    // Keeps the new pair before anybody uses it.
    std::function<Async<>(wire::TokenPair pair)> keep;
  };

  AccessTokens(RestChannel &channel, Clock &clock, Owner owner);

  // After login, or at start with what was kept; then the access token is empty or old, and the first current()
  // refreshes.
  void adopt(wire::TokenPair pair);
  // Forgets the pair; current() then fails as Unauthorized.
  void forget();

  // A token good for a minute at least. Errors: those of the channel; Unauthorized once signed out.
  [[nodiscard]] Async<QByteArray> current(std::stop_token stop = {});
  // The relay refused this token: it is not given out again.
  void invalidate(const QByteArray &token);
  [[nodiscard]] bool isSignedIn() const { return m_pair.has_value(); }

  [[nodiscard]] QCoro::Task<> shutdown();

 Q_SIGNALS:
  // A new token is in use: a live connection passes it on by auth.renew.
  void renewed(const QByteArray &accessToken);
  // The relay refuses the refresh token for good: somebody has to sign in again. The pair is forgotten.
  void signedOut(const gx::Error &reason);

 private:
  using Waiters = std::vector<Completion<Result<>> *>;

  [[nodiscard]] bool isFresh() const;
  Async<QByteArray> fresh(std::stop_token stop);
  QCoro::Task<> refreshForAll();
  Async<> refresh();
  Async<> refreshOnce();
  Error refused(const Error &error);
  void renewAhead();

  RestChannel &m_channel;
  Clock &m_clock;
  Owner m_owner;
  std::optional<wire::TokenPair> m_pair;
  SteadyTime m_freshUntil{};
  WallTime m_freshUntilWall{};  // steady time stands still while the machine sleeps
  quint64 m_round = 0;          // of the pair; a timer of an earlier one does nothing
  bool m_isRefreshing = false;
  Waiters m_waiters;  // for the refresh under way
  Waiters m_waking;   // told one after the other; each may undo the next
  Pause m_pause;
  std::stop_source m_stop;
  TaskScope m_scope;
};

}  // namespace gx::net
