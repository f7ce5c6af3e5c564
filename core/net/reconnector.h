// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <functional>
#include <optional>
#include <stop_token>

#include "core/base/async.h"
#include "core/base/clock.h"
#include "core/base/pause.h"
#include "core/base/random.h"
#include "core/base/retry.h"
#include "core/base/task_scope.h"

namespace gx::net {

// When to try again: 1 s doubling to 60 s, each ± half by chance; at once when the network changed, the machine woke up
// or somebody asks; not before a time the relay named, unless somebody asks. A connection that held a minute starts the
// row anew. A way that was closed is looked at every few seconds during a long wait, and tried as soon as it is open.
class Reconnector final : public QObject {
  Q_OBJECT
 public:
  enum class State {
    Offline,     // not started, or stop() was called
    Connecting,  // a try is under way
    Online,
    Waiting,  // until waitingUntil(), because of reason()
    Stopped,  // gave up because of reason(): Unauthorized, Forbidden or Unsupported; start() tries again
  };
  // One try: ends when the connection stands.
  using Connect = std::function<Async<>(std::stop_token stop)>;

  // Ends well when the relay can be reached at all; asks nothing of it.
  using Look = std::function<Async<>(std::stop_token stop)>;

  Reconnector(Clock &clock, Random &random, Connect connect);
  // Before start().
  void lookWith(Look look) { m_look = std::move(look); }

  void start();
  // Ends a try under way and goes Offline. The caller closes its connection itself.
  void stop();
  // Ends the waiting now.
  void retryNow();
  // The connection that stood was lost; tries follow by themselves.
  void connectionLost(const Error &reason);
  // Told by the system (built in where it can tell), or by the caller: another network, a network at all.
  void networkChanged();

  [[nodiscard]] State state() const { return m_state; }
  [[nodiscard]] const Error &reason() const { return m_reason; }  // of the last failure; for Waiting and Stopped
  [[nodiscard]] WallTime waitingUntil() const { return m_waitingUntil; }

  [[nodiscard]] QCoro::Task<> shutdown();

 Q_SIGNALS:
  void stateChanged();
  // The machine slept or the network changed while Online: the connection is dead more likely than not. The owner drops
  // it (HttpClient::dropConnections() too) and calls connectionLost().
  void connectionDoubted();

 private:
  void setState(State state);
  QCoro::Task<> run(std::stop_token stop);
  QCoro::Task<Error> online(std::stop_token stop);
  QCoro::Task<> waitForTry(std::stop_token stop);
  [[nodiscard]] std::chrono::milliseconds untilLook(int looks);
  // Up to half as much again, by chance: so that not everybody comes at once.
  [[nodiscard]] std::chrono::milliseconds spread(std::chrono::milliseconds time);
  void listenToNetwork();
  void watchSleep();

  Clock &m_clock;
  Random &m_random;
  Connect m_connect;
  Look m_look;
  Retry m_retry;
  Pause m_pause;
  State m_state = State::Offline;
  Error m_reason{};
  std::optional<Error> m_lost;
  bool m_isWaitOver = false;
  WallTime m_waitingUntil{};
  WallTime m_notBefore{};  // named by the relay
  WallTime m_lastWall{};
  SteadyTime m_lastSteady{};
  quint64 m_round = 0;  // of start(); timers of an earlier one do nothing
  std::stop_source m_stop;
  std::stop_source m_looking;  // ends a look under way
  TaskScope m_scope;
};

}  // namespace gx::net
