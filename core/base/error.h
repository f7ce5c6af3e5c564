// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QString>
#include <chrono>

namespace gx {

// What went wrong, as far as the program has to act on it. Closed: words for people are made in ui/text/error_text,
// statuses in server/http/problem_response, nowhere else.
enum class ErrorKind {
  Network,       // no answer: name, route, TLS, cut connection
  Timeout,       // an answer did not come in time
  Unavailable,   // the other side is there but cannot serve now (503)
  Unauthorized,  // credentials missing, wrong or expired (401)
  Forbidden,     // known, but not allowed (403)
  NotFound,      // no such thing, or not ours to know (404)
  Conflict,      // state differs from what the request assumed (409, 410)
  Invalid,       // input breaks the rules (400, 422)
  TooLarge,      // over a limit (413, 414, 431)
  RateLimited,   // too often (429)
  Full,          // no space: quota, mailbox, disk (507)
  Storage,       // our own store failed
  Corrupt,       // stored or received bytes are damaged
  Locked,        // another process, or a keychain, holds what we need
  Untrusted,     // identity, certificate or signature is not the expected one
  Unsupported,   // newer or other version
  Cancelled,     // stopped on request
  Internal,      // a bug of ours
};

// A failure as a value. `detail` is for developers and safe to log: no message text, names, keys, tokens.
struct Error {
  ErrorKind kind = ErrorKind::Internal;
  QByteArray detail;
  QByteArray code{};  // stable protocol code ("device_mismatch"), empty if none; never matched on text
  std::chrono::milliseconds retryAfter{0};  // when the other side named a time to come back, else 0

  bool operator==(const Error &) const = default;
};

// True where the same request may succeed later without a change: Network, Timeout, Unavailable, RateLimited, Full.
[[nodiscard]] bool isTransient(ErrorKind kind);

// "network", "rate_limited": for logs and JSON output.
[[nodiscard]] const char *name(ErrorKind kind);

// "kind[/code]: detail", for logs.
[[nodiscard]] QByteArray describe(const Error &error);

}  // namespace gx
