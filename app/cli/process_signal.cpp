// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/process_signal.h"

#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <QSocketNotifier>

namespace gx::cli {

ProcessSignal::ProcessSignal(std::initializer_list<int> numbers) {
  sigset_t wanted;
  sigemptyset(&wanted);
  for (const int number : numbers) sigaddset(&wanted, number);
  pthread_sigmask(SIG_BLOCK, &wanted, nullptr);
  const int descriptor = signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
  m_notifier = std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Read);
  connect(m_notifier.get(), &QSocketNotifier::activated, this, [this, descriptor] {
    signalfd_siginfo info{};
    while (read(descriptor, &info, sizeof info) == sizeof info) Q_EMIT received();
  });
}

ProcessSignal::~ProcessSignal() {
  close(static_cast<int>(m_notifier->socket()));
}

}  // namespace gx::cli
