// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>
#include <csignal>

#include <QCoreApplication>
#include <QSocketNotifier>
#include <cstdio>
#include <memory>

#include "core/base/logging.h"
#include "server/net/http_server.h"
#include "server/net/listener.h"

namespace gx::test {

// What the conformance servers have in common: `--port N` on the loopback interface (0 or nothing: a free one), one
// line "ready port=N", as many descriptors as there may be, SIGTERM and SIGINT end it with 0.
class ConformanceProgram final {
 public:
  ConformanceProgram(int &argc, char **argv, server::net::NetLimits limits)
      : m_app(argc, argv), m_loop(m_clock), m_http(m_loop, limits), m_listener(m_http) {
    installLogPattern();
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    endOnSignal();
  }

  [[nodiscard]] server::net::HttpServer &http() { return m_http; }
  [[nodiscard]] static bool has(const char *option) {
    return QCoreApplication::arguments().contains(QLatin1String(option));
  }

  [[nodiscard]] int run() {
    const QStringList arguments = QCoreApplication::arguments();
    const qsizetype at = arguments.indexOf(QStringLiteral("--port"));
    bool isNumber = true;
    quint16 port = 0;
    if (at >= 0) port = arguments.value(at + 1).toUShort(&isNumber);
    if (!isNumber) {
      std::fprintf(stderr, "--port needs a number\n");
      return 1;
    }
    if (const Result<> listening = m_listener.listen({"127.0.0.1", port}); !listening) {
      std::fprintf(stderr, "%s\n", describe(listening.error()).constData());
      return 1;
    }
    std::printf("ready port=%d\n", m_listener.address().port);
    std::fflush(stdout);
    return QCoreApplication::exec();
  }

 private:
  void endOnSignal() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    m_signals = std::make_unique<QSocketNotifier>(signalfd(-1, &signals, SFD_CLOEXEC), QSocketNotifier::Read);
    QObject::connect(m_signals.get(), &QSocketNotifier::activated, &m_app, &QCoreApplication::quit);
  }

  QCoreApplication m_app;
  SystemClock m_clock;
  server::net::EventLoop m_loop;
  server::net::HttpServer m_http;
  server::net::Listener m_listener;
  std::unique_ptr<QSocketNotifier> m_signals;
};

}  // namespace gx::test
