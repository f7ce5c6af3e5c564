// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QSslConfiguration>

namespace gx::test {

// Certificates made by the openssl command, once a process: a CA and servers below it.
class TestCertificates final {
 public:
  [[nodiscard]] static const TestCertificates &instance();

  [[nodiscard]] const QByteArray &ca() const { return m_ca; }            // PEM
  [[nodiscard]] const QByteArray &otherCa() const { return m_otherCa; }  // PEM; signs nothing
  // For localhost and api.gxcoin.money.
  // What a relay is given as tls_certificate and tls_key.
  struct Pair {
    QByteArray certificate;
    QByteArray key;
  };
  [[nodiscard]] const Pair &serverPair() const { return m_server; }
  [[nodiscard]] const Pair &expiredPair() const { return m_expired; }
  [[nodiscard]] const Pair &wrongNamePair() const { return m_wrongName; }
  [[nodiscard]] QSslConfiguration server() const { return configuration(m_server); }
  [[nodiscard]] QByteArray serverKeyPin() const;
  [[nodiscard]] QSslConfiguration expired() const { return configuration(m_expired); }
  [[nodiscard]] QSslConfiguration wrongName() const { return configuration(m_wrongName); }

 private:
  TestCertificates();
  static QSslConfiguration configuration(const Pair &pair);

  QByteArray m_ca;
  QByteArray m_otherCa;
  Pair m_server;
  Pair m_expired;
  Pair m_wrongName;
};

}  // namespace gx::test
