// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>

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
  // One sweep in small acts, so that messages pass between them.
  [[nodiscard]] Async<RetentionReport> sweep();

 private:
  void sweepAgain();

  domain::Ports m_ports;
  Tokens &m_tokens;
};

}  // namespace gx::server::services
