// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/main/relay_network.h"

#include <QFile>

namespace gx::server {

namespace {

constexpr std::chrono::seconds kComeBackAfter{5};
constexpr std::chrono::milliseconds kLastWords{100};  // for `closing` to leave before the connections end
constexpr quint16 kServiceRestart = 1012;

template <typename Duration>
void scale(Duration &time, double by) {
  const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(time);
  time = std::chrono::milliseconds(std::max<qint64>(1, static_cast<qint64>(static_cast<double>(millis.count()) * by)));
}

net::NetLimits apiLimits(const config::Config &config) {
  net::NetLimits limits;
  limits.connectionsTotal = config.connectionsTotal;
  limits.unauthenticatedTotal = config.unauthenticatedTotal;
  limits.unauthenticatedPerAddress = config.unauthenticatedPerAddress;
  for (auto *time :
       {&limits.headerWithin, &limits.bodyGrace, &limits.idleKeepAlive, &limits.answerWithin, &limits.stalledWrite})
    scale(*time, config.timeScale);
  return limits;
}

net::TrustedProxies trustedProxies(const config::Config &config) {
  std::vector<net::TrustedProxies::Network> networks;
  for (const config::NetworkText &network : config.trustedProxies) networks.push_back({network.bytes, network.bits});
  return net::TrustedProxies(std::move(networks));
}

realtime::SocketIoOptions realtimeOptions(const config::Config &config) {
  realtime::SocketIoOptions options;
  for (auto *time : {&options.engine.pingInterval, &options.engine.pingTimeout, &options.engine.upgradeWithin,
                     &options.connectWithin, &options.binaryWithin})
    scale(*time, config.timeScale);
  options.eventsPerSecond = static_cast<int>(std::min(1e9, options.eventsPerSecond * config.rateScale));
  options.eventBurst = static_cast<int>(std::min(1e9, options.eventBurst * config.rateScale));
  options.engine.allowedOrigins.assign(config.allowedOrigins.begin(), config.allowedOrigins.end());
  return options;
}

Result<> listenAt(net::Listener &listener, const net::ListenAddress &address) {
  const Result<> listening = listener.listen(address);
  if (listening) return listening;
  Error error = listening.error();
  error.kind = ErrorKind::Unavailable;  // Locked is what a store in use says
  error.detail = address.toText() + ": " + error.detail;
  return fail(std::move(error));
}

wire::RelayInfo infoOf(const config::Config &config) {
  wire::RelayInfo info;
  info.environment = config.environment;
  info.demo = config.isDemo;
  info.registration = config::toText(config.registration);
  return info;
}

}  // namespace

RelayNetwork::RelayNetwork(const config::Config &config, Parts parts)
    : m_config(config),
      m_loop(parts.clock),
      m_rest(parts.rest, infoOf(config), {parts.clock, parts.random, config.rateScale}),
      m_operations(parts.health, parts.clock),
      m_api(m_loop, apiLimits(config)),
      m_ops(m_loop, net::NetLimits()),
      m_opsListener(m_ops),
      m_sockets(std::make_unique<realtime::SocketIoServer>(m_api, parts.random, realtimeOptions(config))),
      m_gateway(std::make_unique<gateway::Gateway>(*m_sockets, parts.gateway)),
      m_pause(parts.clock) {
  m_api.setTrustedProxies(trustedProxies(config));
  m_api.setAllowedHosts({config.allowedHosts.begin(), config.allowedHosts.end()});
  m_api.setProblemMaker([this](int status, QByteArrayView code, QByteArrayView message) {
    return m_rest.router().problem(status, code, message);
  });
  m_api.mount("/", m_rest.router());
  m_ops.mount("/", m_operations);
  m_operations.addMetrics([this](http::MetricsText &out) { writeMetrics(out); });
}

RelayNetwork::~RelayNetwork() {
  m_sockets.reset();  // says good-bye to the gateway's connections while there is a gateway
}

Result<> RelayNetwork::listen() {
  if (const Result<> loaded = loadTls(); !loaded) return loaded;
  m_apiListener = std::make_unique<net::Listener>(m_api, m_tls.get());
  const auto api = net::ListenAddress::parse(m_config.listen);
  const auto ops = net::ListenAddress::parse(m_config.opsListen);
  if (!api || !ops) return fail(ErrorKind::Invalid, "not an address to listen at");
  if (const Result<> listening = listenAt(*m_apiListener, *api); !listening) return listening;
  return listenAt(m_opsListener, *ops);
}

Result<> RelayNetwork::loadTls() {
  if (m_config.tlsCertificate.isEmpty()) return {};
  auto loaded = net::TlsContext::load(QFile::encodeName(m_config.tlsCertificate), QFile::encodeName(m_config.tlsKey));
  if (!loaded) return fail(loaded.error());
  m_tls = std::move(*loaded);
  return {};
}

QCoro::Task<> RelayNetwork::drain() {
  m_apiListener->close();
  m_operations.startDraining();
  m_gateway->announceClosing(kComeBackAfter);
  m_api.drain();
  co_await m_rest.router().drained();
  co_await m_gateway->drained();
  co_await m_pause.wait(kLastWords);
  m_sockets->closeAll(kServiceRestart);
  while (m_api.connectionCount() > 0) co_await m_pause.wait(kLastWords);
  m_opsListener.close();
  m_ops.drain();
  co_await m_operations.drained();
}

void RelayNetwork::writeMetrics(http::MetricsText &out) const {
  const auto realtime = m_sockets->counters();
  const auto gateway = m_gateway->figures();
  out.gauge("gx_connections", "open connections of REST and realtime")
      .value(static_cast<double>(m_api.connectionCount()));
  out.gauge("gx_realtime_sessions", "open Engine.IO sessions").value(static_cast<double>(realtime.sessions));
  out.gauge("gx_devices_connected", "devices with a signed-in connection").value(static_cast<double>(gateway.devices));
  out.counter("gx_realtime_events_total", "Socket.IO events")
      .value(static_cast<double>(realtime.eventsIn), {{"direction", "in"}})
      .value(static_cast<double>(realtime.eventsOut), {{"direction", "out"}});
  out.counter("gx_realtime_refused_total", "refused CONNECTs").value(static_cast<double>(realtime.refused));
  out.counter("gx_realtime_floods_total", "sessions closed for flooding").value(static_cast<double>(realtime.floods));
  out.counter("gx_realtime_auth_failures_total", "CONNECTs and renewals without a valid token")
      .value(static_cast<double>(gateway.authFailures));
  out.histogram("gx_message_accept_seconds", "time from message.send to its ack", m_gateway->sendDurations());
  out.counter("gx_mail_pushed_total", "letters given to connected devices")
      .value(static_cast<double>(gateway.mail.live), {{"from", "relay"}})
      .value(static_cast<double>(gateway.mail.loaded), {{"from", "mailbox"}});
  m_rest.router().writeMetrics(out);
}

Result<> checkCertificate(const QString &certificate, const QString &key) {
  const auto loaded = net::TlsContext::load(QFile::encodeName(certificate), QFile::encodeName(key));
  if (!loaded) return fail(loaded.error());
  return {};
}

}  // namespace gx::server
