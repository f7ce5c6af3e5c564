// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/access_tokens.h"

#include <algorithm>

#include "core/base/logging.h"
#include "core/wire/routes.h"

namespace gx::net {

namespace {

constexpr std::chrono::seconds kMargin{60};          // a token that is given out lasts this long at least
constexpr std::chrono::seconds kInProgressPause{1};  // another refresh of the same device is being answered
constexpr int kInProgressTries = 10;

Error nobodySignedIn() {
  return {ErrorKind::Unauthorized, "nobody is signed in", "signed_out"};
}

}  // namespace

AccessTokens::AccessTokens(RestChannel &channel, Clock &clock, Owner owner)
    : m_channel(channel), m_clock(clock), m_owner(std::move(owner)), m_pause(clock) {}

void AccessTokens::adopt(wire::TokenPair pair) {
  ++m_round;
  const std::chrono::milliseconds lifetime = std::chrono::seconds(std::max<qint64>(0, pair.accessExpiresIn));
  const auto fresh = lifetime - std::min<std::chrono::milliseconds>(kMargin, lifetime / 2);
  const bool isUsable = !pair.accessToken.isEmpty() && fresh.count() > 0;
  m_freshUntil = isUsable ? m_clock.steadyNow() + fresh : SteadyTime{};
  m_freshUntilWall = isUsable ? m_clock.wallNow() + fresh : WallTime{};
  m_pair = std::move(pair);
  if (isUsable) renewAhead();
}

void AccessTokens::forget() {
  ++m_round;
  m_pair.reset();
}

bool AccessTokens::isFresh() const {
  return m_clock.steadyNow() < m_freshUntil && m_clock.wallNow() < m_freshUntilWall;
}

Async<QByteArray> AccessTokens::current(std::stop_token stop) {
  return m_scope.track(fresh(std::move(stop)));
}

Async<QByteArray> AccessTokens::fresh(std::stop_token stop) {
  if (!m_pair) co_return fail(nobodySignedIn());
  // A const copy: QCoro 0.8 moves from what it is given, members too.
  const QByteArray known = m_pair->accessToken;
  if (isFresh()) co_return known;
  Completion<Result<>> refreshed;
  m_waiters.push_back(&refreshed);
  const std::stop_callback onStop(stop, [&refreshed] { refreshed.finish(fail(ErrorKind::Cancelled, "stopped")); });
  if (!m_isRefreshing) m_scope.spawn(refreshForAll());
  const Result<> done = co_await refreshed;
  std::erase(m_waiters, &refreshed);
  std::erase(m_waking, &refreshed);
  if (!m_pair) co_return fail(done ? nobodySignedIn() : done.error());
  const QByteArray now = m_pair->accessToken;
  if (!done && !isFresh()) co_return fail(done.error());
  co_return now;
}

void AccessTokens::invalidate(const QByteArray &token) {
  if (m_pair && m_pair->accessToken == token) m_freshUntil = SteadyTime{};
}

QCoro::Task<> AccessTokens::refreshForAll() {
  m_isRefreshing = true;
  const Result<> done = co_await refresh();
  m_isRefreshing = false;
  m_waking.insert(m_waking.end(), m_waiters.begin(), m_waiters.end());
  m_waiters.clear();
  while (!m_waking.empty()) {
    Completion<Result<>> *const next = m_waking.front();
    m_waking.erase(m_waking.begin());
    next->finish(done);
  }
}

Async<> AccessTokens::refresh() {
  for (int tries = 1;; ++tries) {
    const Result<> done = co_await refreshOnce();
    const bool isInProgress = !done && done.error().code == "refresh_in_progress";
    if (!isInProgress || tries == kInProgressTries) co_return done;
    static_cast<void>(co_await m_pause.wait(kInProgressPause));
    if (m_stop.stop_requested()) co_return fail(ErrorKind::Cancelled, "the client was shut down");
  }
}

Async<> AccessTokens::refreshOnce() {
  if (!m_pair) co_return fail(nobodySignedIn());
  const quint64 round = m_round;
  const QByteArray refreshToken = m_pair->refreshToken;
  const Result<wire::RefreshRequest> request = co_await m_owner.prepare(refreshToken);
  if (!request) co_return fail(request.error());
  RestRequest call;
  call.method = "POST";
  call.path = wire::routes::kRefresh;
  call.body = request->toJson();
  const auto answer = co_await m_channel.call(std::move(call), m_stop.get_token());
  if (round != m_round) co_return fail(ErrorKind::Cancelled, "other tokens were adopted meanwhile");
  if (!answer) co_return fail(refused(answer.error().error));
  const Result<wire::TokenPair> pair = wire::TokenPair::parse(*answer);
  if (!pair) co_return fail(ErrorKind::Corrupt, pair.error().detail, kBadAnswer);
  const wire::TokenPair taken = *pair;
  const Result<> kept = co_await m_owner.keep(taken);
  if (!kept) co_return fail(kept.error());
  if (round != m_round) co_return fail(ErrorKind::Cancelled, "other tokens were adopted meanwhile");
  adopt(taken);
  Q_EMIT renewed(taken.accessToken);
  co_return {};
}

// Only a relay's own word ends a session; anything else may be somebody on the way.
Error AccessTokens::refused(const Error &error) {
  if (error.kind != ErrorKind::Unauthorized) return error;
  qCWarning(lcNet) << "the relay ended the session:" << error.code;
  forget();
  Q_EMIT signedOut(error);
  return error;
}

void AccessTokens::renewAhead() {
  const quint64 round = m_round;
  m_clock.callAfter(m_freshUntil - m_clock.steadyNow(), this, [this, round] {
    if (round == m_round && !m_isRefreshing && !m_stop.stop_requested()) m_scope.spawn(refreshForAll());
  });
}

QCoro::Task<> AccessTokens::shutdown() {
  m_stop.request_stop();
  if (m_isRefreshing) m_pause.wake();
  co_await m_scope.drained();
}

}  // namespace gx::net
