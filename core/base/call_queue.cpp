// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/call_queue.h"

#include <QMetaObject>
#include <utility>

namespace gx {

CallQueue::CallQueue(QObject *parent) : QObject(parent) {}

void CallQueue::post(std::function<void()> call) {
  bool first = false;
  {
    const std::lock_guard lock(m_mutex);
    first = m_calls.empty();
    m_calls.push_back(std::move(call));
  }
  if (first) QMetaObject::invokeMethod(this, &CallQueue::runAll, Qt::QueuedConnection);
}

void CallQueue::runAll() {
  std::vector<std::function<void()>> calls;
  {
    const std::lock_guard lock(m_mutex);
    calls.swap(m_calls);
  }
  for (auto &call : calls) call();
}

}  // namespace gx
