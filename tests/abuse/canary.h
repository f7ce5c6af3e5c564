// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <vector>

#include "tests/support/relay_user.h"

namespace gx::test {

// Carol writes to Dave every 100 ms over their own connections while something else goes on in the event loop.
class Canary final {
 public:
  explicit Canary(quint16 port);

  // Waits for what is under way. Everything must have come, once, in order. Prints how long it took; no bound here, the
  // machine may be busy.
  void expectUnharmed();

 private:
  void beat();
  void send();
  void collect();

  RelayUser m_carol;
  RelayUser m_dave;
  ConversationId m_conversation;
  std::unique_ptr<RawSocketIo> m_sending;
  std::unique_ptr<RawSocketIo> m_receiving;
  QElapsedTimer m_clock;
  QTimer m_timer;
  std::vector<qint64> m_sentAt;  // ms, by number
  std::vector<qint64> m_took;    // ms, in order of arrival
};

}  // namespace gx::test
