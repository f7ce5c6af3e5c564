// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/main/process_setup.h"

#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

namespace gx::server {

namespace {

sigset_t terminationSet() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

}  // namespace

void setUpProcess() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on files is a full disk, not the end
  umask(S_IRWXG | S_IRWXO);
  const sigset_t set = terminationSet();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
}

TerminationSignals::TerminationSignals(std::function<void()> call, QObject *parent)
    : QObject(parent), m_call(std::move(call)) {
  const sigset_t set = terminationSet();
  m_descriptor = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
  m_notifier = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Read);
  connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] { take(); });
}

TerminationSignals::~TerminationSignals() {
  m_notifier.reset();
  close(m_descriptor);
}

void TerminationSignals::take() {
  signalfd_siginfo info{};
  while (read(m_descriptor, &info, sizeof info) == sizeof info) m_call();
}

}  // namespace gx::server
