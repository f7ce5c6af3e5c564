// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>
#include <memory>

#include "core/base/result.h"
#include "core/net/completion.h"
#include "core/net/http_message.h"
#include "core/net/network_setup.h"

namespace gx::net {

// One request under way: collects the answer up to its limit. HttpClient's own.
class HttpExchange final : public QObject {
  Q_OBJECT
 public:
  // The network access lives until its last exchange ends, also when the client has changed to another one.
  HttpExchange(std::shared_ptr<QNetworkAccessManager> network, QNetworkReply *reply, TlsPolicy policy,
               qsizetype maxResponse);
  ~HttpExchange() override;

  void giveUp(const Error &reason);
  [[nodiscard]] Completion<Result<HttpResponse>> &outcome() { return m_outcome; }

 private:
  void abort();
  void checkPeer();
  void checkLength();
  void takeBytes();
  void finish();
  [[nodiscard]] RouteFailure route(QNetworkReply::NetworkError error) const;
  [[nodiscard]] std::optional<Error> failure() const;
  [[nodiscard]] HttpResponse response() const;

  std::shared_ptr<QNetworkAccessManager> m_network;
  QNetworkReply *m_reply;
  TlsPolicy m_policy;
  qsizetype m_maxResponse;
  QByteArray m_body;
  QList<QSslError> m_tlsErrors;
  std::optional<Error> m_givenUp;
  Completion<Result<HttpResponse>> m_outcome;
};

}  // namespace gx::net
