// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QtGlobal>
#include <algorithm>

#include "core/wire/limits.h"

namespace gx::server::gateway {

// Which letters of one mailbox a connection was given and has not acknowledged, by seq:
//
//   1 … acked | given, not acknowledged … given | in the mailbox, not given yet … head
class MailWindow final {
 public:
  // A connection begins after `acked`; the mailbox goes up to `head`.
  void start(qint64 acked, qint64 head) {
    m_acked = m_given = acked;
    m_head = std::max(acked, head);
  }

  // A letter was announced. True: it is the next one and may be given at once (and counts as given).
  [[nodiscard]] bool takeAnnounced(qint64 seq) {
    const bool isNext = seq == m_given + 1 && !isBehind() && room() > 0;
    if (isNext) m_given = seq;
    noteHead(seq);
    return isNext;
  }
  // A letter was announced that cannot be given now.
  void noteHead(qint64 seq) { m_head = std::max(m_head, seq); }
  // Letters wait in the mailbox that were not given.
  [[nodiscard]] bool isBehind() const { return m_given < m_head; }
  // How many letters may be given now.
  [[nodiscard]] int room() const {
    return static_cast<int>(std::max<qint64>(0, wire::limits::kEventsInFlight - (m_given - m_acked)));
  }
  [[nodiscard]] qint64 given() const { return m_given; }
  [[nodiscard]] qint64 inFlight() const { return m_given - m_acked; }

  // Letters `first` to `last` were given from the mailbox; what lies before `first` is gone there: expired.
  void gave(qint64 first, qint64 last) {
    if (inFlight() == 0) m_acked = first - 1;
    m_given = std::max(m_given, last);
    m_head = std::max(m_head, m_given);
  }
  // The mailbox, which goes up to `head`, has nothing more after given().
  void reachedEnd(qint64 head) {
    if (inFlight() == 0) m_acked = std::max(m_acked, head);
    m_given = std::max(m_given, head);
    m_head = std::max(m_head, head);
  }
  void acknowledged(qint64 seq) { m_acked = std::clamp(seq, m_acked, m_given); }

 private:
  qint64 m_acked = 0;
  qint64 m_given = 0;
  qint64 m_head = 0;
};

}  // namespace gx::server::gateway
