// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <QPointer>

#include "core/base/async.h"

namespace gx {

namespace detail {
template <typename T, typename Then>
QCoro::Task<> runFor(QPointer<QObject> context, QCoro::Task<T> task, Then then) {
  T result = co_await task;
  if (context) then(std::move(result));
}
}  // namespace detail

// Waits for a task on behalf of an object that may die first; then nothing is called. For widgets, models and main
// functions, which never co_await themselves.
template <typename T, typename Then>
void launch(QObject *context, QCoro::Task<T> task, Then then) {
  detail::runFor<T, Then>(QPointer<QObject>(context), std::move(task), std::move(then));
}

}  // namespace gx
