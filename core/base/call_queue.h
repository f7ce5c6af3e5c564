// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <functional>
#include <mutex>
#include <vector>

namespace gx {

// Calls handed over to the thread this object lives in, run in order, with one wake-up for all that gathered meanwhile.
// A mutex of our own rather than Qt's event queue: ThreadSanitizer sees it.
class CallQueue final : public QObject {
  Q_OBJECT
 public:
  explicit CallQueue(QObject *parent = nullptr);

  // From any thread. Calls still queued when this object dies are dropped.
  void post(std::function<void()> call);

 private:
  void runAll();

  std::mutex m_mutex;
  std::vector<std::function<void()>> m_calls;
};

}  // namespace gx
