// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>

#include "core/base/pause.h"
#include "core/base/task_scope.h"
#include "core/messenger/connection.h"

namespace gx::messenger {

// Keeps the relay supplied with prekeys: audit at start and daily, refill to 100 below 20, a new signed prekey each
// week. What was made is stored before it is sent, and the same bytes go out until the relay has them (SECURITY.md
// C19).
class KeyUpkeep final : public QObject {
  Q_OBJECT
 public:
  KeyUpkeep(RelayAccess &access, Connection &connection, vault::Vault &vault, Clock &clock);

  void start();
  // Prekeys are few or doubtful: look now.
  void wake() { m_pause.wake(); }
  [[nodiscard]] QCoro::Task<> shutdown();

 Q_SIGNALS:
  void uploaded();

 private:
  QCoro::Task<> run();
  Async<> keepUp();
  Async<> audit();
  Async<> upload();

  RelayAccess &m_access;
  Connection &m_connection;
  vault::Vault &m_vault;
  Pause m_pause;
  bool m_isStopping = false;
  TaskScope m_scope;
};

}  // namespace gx::messenger
