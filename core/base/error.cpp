// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/error.h"

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
  switch (kind) {
    case ErrorKind::Network:
      return "network";
    case ErrorKind::Timeout:
      return "timeout";
    case ErrorKind::Unavailable:
      return "unavailable";
    case ErrorKind::Unauthorized:
      return "unauthorized";
    case ErrorKind::Forbidden:
      return "forbidden";
    case ErrorKind::NotFound:
      return "not_found";
    case ErrorKind::Conflict:
      return "conflict";
    case ErrorKind::Invalid:
      return "invalid";
    case ErrorKind::TooLarge:
      return "too_large";
    case ErrorKind::RateLimited:
      return "rate_limited";
    case ErrorKind::Full:
      return "full";
    case ErrorKind::Storage:
      return "storage";
    case ErrorKind::Corrupt:
      return "corrupt";
    case ErrorKind::Locked:
      return "locked";
    case ErrorKind::Untrusted:
      return "untrusted";
    case ErrorKind::Unsupported:
      return "unsupported";
    case ErrorKind::Cancelled:
      return "cancelled";
    case ErrorKind::Internal:
      return "internal";
  }
  return "internal";
}

QByteArray describe(const Error &error) {
  QByteArray text = name(error.kind);
  if (!error.code.isEmpty()) text += '/' + error.code;
  if (!error.detail.isEmpty()) text += ": " + error.detail;
  return text;
}

}  // namespace gx
