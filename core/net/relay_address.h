// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

#include "core/base/result.h"

namespace gx::net {

// Where one relay answers: addresses that were checked. https everywhere, except for loopback, where http is allowed.
class RelayAddress final {
 public:
  // `socket` and `wallet` default to `api`. Refused (Invalid, code "bad_address" or "insecure_address"): no host,
  // another scheme, http to another machine, user names, queries, fragments. A path is kept as a prefix
  // ("https://example.org/gx").
  [[nodiscard]] static Result<RelayAddress> parse(const QString &api, const QString &socket = {},
                                                  const QString &wallet = {});

  // `path` is relative to /api/v1 and may carry a query: "/messages?after=3".
  [[nodiscard]] QUrl rest(const QByteArray &path) const;
  [[nodiscard]] QUrl realtime() const;  // …/socket.io/
  [[nodiscard]] const QUrl &api() const { return m_api; }
  [[nodiscard]] const QUrl &socket() const { return m_socket; }
  [[nodiscard]] const QUrl &wallet() const { return m_wallet; }
  [[nodiscard]] QString text() const;  // of the API, for people and for profile.json

  bool operator==(const RelayAddress &) const = default;

 private:
  QUrl m_api;
  QUrl m_socket;
  QUrl m_wallet;
};

// 127.0.0.0/8, ::1 and "localhost".
[[nodiscard]] bool isLoopbackHost(const QString &host);

}  // namespace gx::net
