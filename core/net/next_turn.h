// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QCoroTask>

namespace gx::net {

// Goes on from the event loop: whoever was calling has returned by then, and its object may be deleted.
[[nodiscard]] QCoro::Task<> nextTurn();

}  // namespace gx::net
