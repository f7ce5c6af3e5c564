// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QtGlobal>

// Close codes of RFC 6455 7.4 that this server sends or tells about.
namespace gx::server::net::close_code {

inline constexpr quint16 kNormal = 1000;
inline constexpr quint16 kGoingAway = 1001;
inline constexpr quint16 kProtocolError = 1002;
inline constexpr quint16 kNoStatus = 1005;  // never sent
inline constexpr quint16 kAbnormal = 1006;  // never sent
inline constexpr quint16 kInvalidText = 1007;
inline constexpr quint16 kPolicy = 1008;
inline constexpr quint16 kTooBig = 1009;
inline constexpr quint16 kServiceRestart = 1012;

}  // namespace gx::server::net::close_code
