// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/task_scope.h"

#include <QtGlobal>
#include <utility>

namespace gx {

TaskScope::~TaskScope() {
  Q_ASSERT_X(m_running == 0, "TaskScope", "deleted before drained()");
}

QCoro::Task<> TaskScope::drained() {
  Empty empty{*this};
  co_await empty;
}

void TaskScope::finished() {
  if (--m_running > 0) return;
  const auto waiters = std::exchange(m_waiters, {});
  for (auto waiter : waiters) waiter.resume();
}

}  // namespace gx
