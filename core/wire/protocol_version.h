// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

namespace gx::wire {

inline constexpr int kApiLevel = 1;         // this document
inline constexpr int kEngineIoVersion = 4;  // query parameter EIO
inline constexpr int kSocketIoVersion = 5;

}  // namespace gx::wire
