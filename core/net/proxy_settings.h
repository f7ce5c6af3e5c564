// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>

#include "core/base/result.h"

namespace gx::net {

// How to leave the house. Loopback addresses never go through a proxy.
struct ProxySettings {
  enum class Kind { System, None, HttpConnect, Socks5 };

  Kind kind = Kind::System;
  QString host{};
  quint16 port = 0;
  QString user{};
  QString password{};

  bool operator==(const ProxySettings &) const = default;
};

// "system", "none", "http://host:3128", "socks5://user:word@host:1080".
[[nodiscard]] Result<ProxySettings> parseProxy(const QString &text);
// The same text without the password.
[[nodiscard]] QString describe(const ProxySettings &proxy);

}  // namespace gx::net
