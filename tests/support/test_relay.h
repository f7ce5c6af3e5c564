// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>

#include "server/main/relay.h"
#include "tests/support/await.h"
#include "tests/support/temp_folder.h"

namespace gx::test {

// The system's time and timers, from another moment on.
class ShiftedClock final : public Clock {
 public:
  [[nodiscard]] WallTime wallNow() const override { return m_system.wallNow() + m_shift; }
  [[nodiscard]] SteadyTime steadyNow() const override { return m_system.steadyNow() + m_shift; }
  void callAfter(std::chrono::milliseconds delay, QObject *context, std::function<void()> call) override {
    m_system.callAfter(delay, context, std::move(call));
  }
  void shift(std::chrono::milliseconds by) { m_shift += by; }

 private:
  SystemClock m_system;
  std::chrono::milliseconds m_shift{0};
};

// A whole relay inside the test's own process and thread, on free ports, as a demo: the accounts of
// admin::demoAccounts() exist.
class TestRelay final {
 public:
  explicit TestRelay(QHash<QByteArray, QByteArray> settings = {}) : m_settings(std::move(settings)) { start(); }
  ~TestRelay() { stop(); }
  TestRelay(const TestRelay &) = delete;
  TestRelay &operator=(const TestRelay &) = delete;

  void start() {
    server::config::SettingSources sources;
    sources.environment = m_settings;
    sources.commandLine = {
        {"data", m_folder.path().toUtf8()}, {"listen", "127.0.0.1:0"}, {"ops_listen", "127.0.0.1:0"}};
    if (!m_settings.contains("GX_DEMO")) sources.commandLine.emplaceBack("demo", "yes");
    const auto config = server::config::Config::load(sources);
    if (!config) return fail(config.error());
    auto relay = server::Relay::open(*config, m_clock, m_random);
    if (!relay) return fail(relay.error());
    m_relay = std::move(*relay);
    const Result<> started = await(m_relay->start(), std::chrono::seconds(60));
    if (!started) fail(started.error());
  }
  // Drains; what clients of the test's own thread still hold open is cut.
  void stop() {
    if (m_relay && m_relay->network().isServing()) await(m_relay->drain());
    m_relay.reset();
  }

  [[nodiscard]] server::Relay &relay() { return *m_relay; }
  [[nodiscard]] ShiftedClock &clock() { return m_clock; }
  [[nodiscard]] quint16 apiPort() const { return portOf(m_relay->network().apiAddress()); }
  [[nodiscard]] quint16 opsPort() const { return portOf(m_relay->network().opsAddress()); }

 private:
  static void fail(const Error &error) { ADD_FAILURE() << describe(error).constData(); }
  static quint16 portOf(const QByteArray &address) {
    return static_cast<quint16>(address.sliced(address.lastIndexOf(':') + 1).toUInt());
  }

  QHash<QByteArray, QByteArray> m_settings;
  TempFolder m_folder;
  ShiftedClock m_clock;
  OsRandom m_random;
  std::unique_ptr<server::Relay> m_relay;
};

}  // namespace gx::test
