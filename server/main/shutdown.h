// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/main/process_setup.h"
#include "server/main/relay.h"

namespace gx::server {

// Ends the process when it is asked to: first SIGTERM drains, at most ten seconds, a second one does not wait.
class Shutdown final : public QObject {
  Q_OBJECT
 public:
  Shutdown(Relay &relay, Clock &clock);

 private:
  void requested();

  Relay &m_relay;
  Clock &m_clock;
  bool m_isDraining = false;
  TerminationSignals m_signals;
};

}  // namespace gx::server
