// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/next_turn.h"

#include <QObject>

#include "core/net/completion.h"

namespace gx::net {

QCoro::Task<> nextTurn() {
  QObject context;
  Completion<bool> turn;
  const auto go = [&turn] { turn.finish(true); };
  QMetaObject::invokeMethod(&context, go, Qt::QueuedConnection);
  static_cast<void>(co_await turn);
}

}  // namespace gx::net
