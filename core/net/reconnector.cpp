// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/reconnector.h"

#include <QNetworkInformation>
#include <algorithm>

#include "core/base/logging.h"
#include "core/net/rest_failure.h"

namespace gx::net {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kFirst = 1s;
constexpr std::chrono::milliseconds kCap = 60s;
constexpr std::chrono::milliseconds kStable = 60s;
constexpr std::chrono::milliseconds kTick = 5s;
constexpr std::chrono::milliseconds kFirstLook = 2s;
constexpr std::chrono::milliseconds kLookEvery = 4s;
constexpr std::chrono::milliseconds kSlept = 5s;  // the wall clock went that much further than the steady one

bool needsSomebody(ErrorKind kind) {
  return kind == ErrorKind::Unauthorized || kind == ErrorKind::Forbidden || kind == ErrorKind::Unsupported;
}

// The relay did not refuse us: we did not get there, somebody else answered (a captive portal), or it was not there.
bool isOfTheWay(const Error &reason) {
  return reason.kind == ErrorKind::Network || reason.kind == ErrorKind::Timeout || reason.code == kNotARelay ||
         reason.code == "relay_restarts";
}

}  // namespace

Reconnector::Reconnector(Clock &clock, Random &random, Connect connect)
    : m_clock(clock), m_random(random), m_connect(std::move(connect)), m_retry(random, kFirst, kCap), m_pause(clock) {
  listenToNetwork();
}

void Reconnector::start() {
  if (m_state != State::Offline && m_state != State::Stopped) return retryNow();
  ++m_round;
  m_stop = std::stop_source();
  m_retry.reset();
  m_notBefore = {};
  m_lastWall = m_clock.wallNow();
  m_lastSteady = m_clock.steadyNow();
  watchSleep();
  m_scope.spawn(run(m_stop.get_token()));
}

void Reconnector::stop() {
  ++m_round;
  m_stop.request_stop();
  m_looking.request_stop();
  if (m_state == State::Online || m_state == State::Waiting) m_pause.wake();
  setState(State::Offline);
}

void Reconnector::retryNow() {
  if (m_state != State::Waiting || m_isWaitOver) return;
  m_isWaitOver = true;
  m_looking.request_stop();
  m_pause.wake();
}

void Reconnector::connectionLost(const Error &reason) {
  if (m_state != State::Online || m_lost) return;
  m_lost = reason;
  m_pause.wake();
}

void Reconnector::networkChanged() {
  if (m_state == State::Online) {
    Q_EMIT connectionDoubted();
  } else if (m_clock.wallNow() >= m_notBefore) {
    m_retry.reset();
    retryNow();
  }
}

void Reconnector::setState(State state) {
  if (state == m_state) return;
  m_state = state;
  Q_EMIT stateChanged();
}

QCoro::Task<> Reconnector::run(std::stop_token stop) {
  while (!stop.stop_requested()) {
    setState(State::Connecting);
    const Result<> connected = co_await m_connect(stop);
    if (stop.stop_requested()) co_return;
    m_reason = connected ? co_await online(stop) : connected.error();
    if (stop.stop_requested()) co_return;
    if (needsSomebody(m_reason.kind)) {
      ++m_round;
      setState(State::Stopped);
      co_return;
    }
    co_await waitForTry(stop);
  }
}

// Ends with the reason for which the connection was lost.
QCoro::Task<Error> Reconnector::online(std::stop_token stop) {
  const SteadyTime since = m_clock.steadyNow();
  m_lost.reset();
  setState(State::Online);
  while (!m_lost && !stop.stop_requested()) co_await m_pause.waitForWake();
  if (m_clock.steadyNow() - since >= kStable) m_retry.reset();
  co_return m_lost.value_or(Error{ErrorKind::Cancelled, "stopped"});
}

QCoro::Task<> Reconnector::waitForTry(std::stop_token stop) {
  const std::chrono::milliseconds delay = std::max(m_retry.next(), spread(m_reason.retryAfter));
  qCDebug(lcNet) << "next try in" << delay.count() << "ms:" << describe(m_reason);
  m_waitingUntil = m_clock.wallNow() + delay;
  m_notBefore = m_clock.wallNow() + m_reason.retryAfter;
  m_isWaitOver = false;
  m_looking = std::stop_source();
  setState(State::Waiting);
  const SteadyTime until = m_clock.steadyNow() + delay;
  const SteadyTime notBefore = m_clock.steadyNow() + m_reason.retryAfter;
  const bool mayLook = m_look && isOfTheWay(m_reason);
  const auto isOver = [&] { return m_isWaitOver || stop.stop_requested() || m_clock.steadyNow() >= until; };
  for (int looks = 0; !isOver(); ++looks) {
    const std::chrono::milliseconds left = until - m_clock.steadyNow();
    static_cast<void>(co_await m_pause.wait(mayLook ? std::min(left, untilLook(looks)) : left));
    if (!mayLook || isOver() || m_clock.steadyNow() < notBefore) continue;
    const Result<> isOpen = co_await m_look(m_looking.get_token());
    if (isOpen) m_isWaitOver = true;
  }
  m_isWaitOver = true;
}

std::chrono::milliseconds Reconnector::untilLook(int looks) {
  return looks == 0 ? kFirstLook : spread(kLookEvery);
}

std::chrono::milliseconds Reconnector::spread(std::chrono::milliseconds time) {
  const auto half = static_cast<quint64>(time.count()) / 2;
  return half == 0 ? time : time + std::chrono::milliseconds(m_random.below(half));
}

// Where no backend of Qt's can tell, sleep and the schedule must do.
void Reconnector::listenToNetwork() {
  if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability)) return;
  connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
          [this](QNetworkInformation::Reachability now) {
            if (now != QNetworkInformation::Reachability::Disconnected) networkChanged();
          });
}

void Reconnector::watchSleep() {
  m_clock.callAfter(kTick, this, [this, round = m_round] {
    if (round != m_round) return;
    const auto wall = m_clock.wallNow() - std::exchange(m_lastWall, m_clock.wallNow());
    const auto steady = m_clock.steadyNow() - std::exchange(m_lastSteady, m_clock.steadyNow());
    watchSleep();
    if (wall - steady >= kSlept) networkChanged();
  });
}

QCoro::Task<> Reconnector::shutdown() {
  stop();
  co_await m_scope.drained();
}

}  // namespace gx::net
