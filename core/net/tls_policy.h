// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include "core/base/result.h"
#include "core/net/proxy_settings.h"

namespace gx::net {

// Whom we believe to be the relay, and the road to it: the same for HttpClient and WebSockets. TLS 1.2 at least, host
// name and certificate chain always checked; there is no way to ignore an error.
struct TlsPolicy {
  QByteArray extraCaPem{};            // trusted besides the system's CAs (--ca-file, a profile's own CA)
  bool onlyExtraCa = false;           // the profile's own CA is a pin: no other CA counts
  QList<QByteArray> publicKeyPins{};  // SHA-256 of the SubjectPublicKeyInfo of the relay's certificate; empty = none.
                                      // Checked before the first byte of a request leaves
  ProxySettings proxy{};

  bool operator==(const TlsPolicy &) const = default;
};

// The certificates of a PEM file: NotFound when it cannot be read, Invalid when it holds none.
[[nodiscard]] Result<QByteArray> readCaFile(const QString &path);

// Codes of the Errors that TLS can end in; kind Untrusted, but Network for kTlsFailed.
inline constexpr char kTlsUntrusted[] = "tls_untrusted";   // no known CA stands behind the certificate
inline constexpr char kTlsWrongName[] = "tls_wrong_name";  // it is for another host
inline constexpr char kTlsExpired[] = "tls_expired";       // or not valid yet
inline constexpr char kTlsPinBroken[] = "tls_pin_broken";  // the profile names another key
inline constexpr char kTlsFailed[] = "tls_failed";         // no common version, broken handshake, not TLS at all

}  // namespace gx::net
