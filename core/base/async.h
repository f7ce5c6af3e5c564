// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QCoroTask>

#include "core/base/result.h"

namespace gx {

// A running task that ends in a Result. Starts at once; destroying it does not stop it. Rules C1-C8 of CONTRIBUTING.md.
template <typename T = void>
using Async = QCoro::Task<Result<T>>;

}  // namespace gx
