// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/error.h"

#include <array>

namespace gx {

bool isTransient(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Network:
    case ErrorKind::Timeout:
    case ErrorKind::Unavailable:
    case ErrorKind::RateLimited:
    case ErrorKind::Full:
      return true;
    default:
      return false;
  }
}

const char *name(ErrorKind kind) {
  static constexpr std::array kNames{"network",  "timeout", "unavailable", "unauthorized", "forbidden", "not_found",
                                     "conflict", "invalid", "too_large",   "rate_limited", "full",      "storage",
                                     "corrupt",  "locked",  "untrusted",   "unsupported",  "cancelled", "internal"};
  static_assert(kNames.size() == static_cast<std::size_t>(ErrorKind::Internal) + 1);
  return kNames[static_cast<std::size_t>(kind)];
}

QByteArray describe(const Error &error) {
  QByteArray text = name(error.kind);
  if (!error.code.isEmpty()) text += '/' + error.code;
  if (!error.detail.isEmpty()) text += ": " + error.detail;
  return text;
}

}  // namespace gx
