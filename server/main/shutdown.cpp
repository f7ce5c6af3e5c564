// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/main/shutdown.h"

#include <QCoreApplication>

#include "core/base/logging.h"

namespace gx::server {

namespace {

constexpr std::chrono::seconds kLongestDrain{10};

QCoro::Task<> drainAndQuit(Relay *relay) {
  co_await relay->drain();
  QCoreApplication::exit(0);
}

}  // namespace

Shutdown::Shutdown(Relay &relay, Clock &clock) : m_relay(relay), m_clock(clock), m_signals([this] { requested(); }) {}

void Shutdown::requested() {
  if (std::exchange(m_isDraining, true) || !m_relay.network().isServing()) return QCoreApplication::exit(0);
  qCInfo(lcServer, "asked to end: draining");
  drainAndQuit(&m_relay);
  m_clock.callAfter(kLongestDrain, this, [] {
    qCWarning(lcServer, "not everything was answered in time");
    QCoreApplication::exit(0);
  });
}

}  // namespace gx::server
