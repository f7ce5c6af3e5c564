// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>

#include "core/base/pause.h"
#include "server/domain/ports.h"
#include "server/services/tokens.h"

namespace gx::server::services {

struct RetentionReport {
  qint64 letters = 0;
  qint64 messages = 0;
  qint64 tokens = 0;
  qint64 devices = 0;
  qint64 preKeys = 0;
};

// Removes what is past its time: letters after 30 days, the memory of accepted messages and claimed prekeys after 45,
// pending devices after one, dead tokens.
class Retention final : public QObject {
  Q_OBJECT
 public:
  Retention(const domain::Ports &ports, Tokens &tokens);

  // Sweeps now and every ten minutes from now on.
  void start();
  // No sweep begins any more; ends with the one under way, which waits for the store. Before the store goes.
  [[nodiscard]] QCoro::Task<> stop();
  // One sweep in small acts, so that messages pass between them.
  [[nodiscard]] Async<RetentionReport> sweep();

 private:
  void sweepAgain();

  domain::Ports m_ports;
  Tokens &m_tokens;
  Pause m_ended;
  bool m_isSweeping = false;
  bool m_isStopping = false;
};

}  // namespace gx::server::services
