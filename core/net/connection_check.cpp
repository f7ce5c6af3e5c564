// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/connection_check.h"

#include <QHostAddress>
#include <QLocale>

#include "core/net/socketio_client.h"
#include "core/wire/account_dto.h"
#include "core/wire/check_codes.h"
#include "core/wire/event_names.h"
#include "core/wire/presence_dto.h"
#include "core/wire/protocol_version.h"
#include "core/wire/routes.h"
#include "core/wire/session_dto.h"

namespace gx::net {

using namespace Qt::StringLiterals;
namespace checks = wire::checks;

namespace {

constexpr std::chrono::minutes kClockSkew{5};
constexpr std::chrono::seconds kAckPatience{10};

QDateTime httpDate(const QByteArray &text) {
  QDateTime time = QLocale::c().toDateTime(QString::fromLatin1(text), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
  time.setTimeSpec(Qt::UTC);
  return time;
}

Async<QByteArray> givenPayload(QByteArray payload) {
  co_return payload;
}

EngineIoOptions options(const RelayAddress &address, TransportMode mode) {
  EngineIoOptions options;
  options.url = address.realtime();
  options.mode = mode;
  return options;
}

}  // namespace

const ConnectionCheck::Step ConnectionCheck::kSteps[] = {
    {checks::kName, true, &ConnectionCheck::checkName},
    {checks::kRoute, true, &ConnectionCheck::checkRoute},
    {checks::kTls, true, &ConnectionCheck::checkTls},
    {checks::kHttp, true, &ConnectionCheck::checkHttp},
    {checks::kRelay, true, &ConnectionCheck::checkRelay},
    {checks::kClock, false, &ConnectionCheck::checkClock},
    {checks::kPolling, false, &ConnectionCheck::checkPolling},
    {checks::kUpgrade, false, &ConnectionCheck::checkUpgrade},
    {checks::kSignIn, false, &ConnectionCheck::checkSignIn},
    {checks::kRoundTrip, false, &ConnectionCheck::checkRoundTrip},
};

ConnectionCheck::ConnectionCheck(HttpClient &http, const RelayAddress &address)
    : m_http(http), m_address(address), m_probe(http.clock(), http.policy(), address.api()), m_channel(http, address) {}

QCoro::Task<QList<CheckResult>> ConnectionCheck::run(QByteArray accessToken, std::stop_token stop) {
  return m_scope.track(runAll(std::move(accessToken), std::move(stop)));
}

QCoro::Task<> ConnectionCheck::shutdown() {
  m_stop.request_stop();
  co_await m_scope.drained();
}

QCoro::Task<QList<CheckResult>> ConnectionCheck::runAll(QByteArray accessToken, std::stop_token stop) {
  const std::stop_callback onStop(stop, [this] { m_stop.request_stop(); });
  m_token = std::move(accessToken);
  m_brokenBy.clear();
  m_isSignedIn = false;
  m_relayTime = {};
  QList<CheckResult> results;
  for (const Step &step : kSteps) {
    const CheckResult result = co_await runOne(step, m_stop.get_token());
    results.append(result);
    Q_EMIT checked(result);
  }
  co_return results;
}

QCoro::Task<CheckResult> ConnectionCheck::runOne(Step step, std::stop_token stop) {
  CheckResult result;
  result.code = step.code;
  result.detail = whySkipped(step.code, stop);
  if (!result.detail.isEmpty()) co_return result;
  const SteadyTime start = m_http.clock().steadyNow();
  Async<QByteArray> checking = (this->*step.check)(stop);
  const Result<QByteArray> seen = co_await checking;
  result.duration = m_http.clock().steadyNow() - start;
  result.outcome = seen ? CheckResult::Outcome::Ok : CheckResult::Outcome::Failed;
  result.detail = seen ? *seen : describe(seen.error());
  if (!seen) result.error = seen.error();
  if (!seen && step.isNeeded) m_brokenBy = step.code;
  co_return result;
}

QByteArray ConnectionCheck::whySkipped(QByteArrayView code, const std::stop_token &stop) const {
  if (stop.stop_requested()) return "stopped";
  if (!m_brokenBy.isEmpty()) return "makes no sense after the failure of " + m_brokenBy;
  if (code == checks::kName) {
    if (m_probe.isProxied()) return "the proxy looks up the name";
    if (!QHostAddress(m_address.api().host()).isNull()) return "the address is a number";
  }
  if (code == checks::kTls && m_address.api().scheme() == "http"_L1) return "plain http on this machine";
  if (code == checks::kClock && !m_relayTime.isValid()) return "the answer named no time";
  if (code == checks::kSignIn && m_token.isEmpty()) return "not signed in";
  if (code == checks::kRoundTrip && !m_isSignedIn) return "not signed in";
  return {};
}

Async<QByteArray> ConnectionCheck::checkHttp(std::stop_token stop) {
  HttpRequest request;
  request.url = m_address.rest(wire::routes::kOpenApi);
  const Result<HttpResponse> response = co_await m_http.send(std::move(request), std::move(stop));
  if (!response) co_return fail(response.error());
  m_relayTime = httpDate(response->header("Date"));
  co_return "status " + QByteArray::number(response->status);
}

Async<QByteArray> ConnectionCheck::checkRelay(std::stop_token stop) {
  RestRequest request;
  request.path = wire::routes::kOpenApi;
  const auto answer = co_await m_channel.call(std::move(request), std::move(stop));
  if (!answer) co_return fail(answer.error().error);
  const auto info = wire::RelayInfo::parse(*answer);
  if (!info) co_return fail(ErrorKind::Unavailable, "no GX relay: " + info.error().detail, kNotARelay);
  const QByteArray level = "level " + QByteArray::number(info->apiLevel);
  if (info->apiLevel != wire::kApiLevel) co_return fail(ErrorKind::Unsupported, level, "other_api_level");
  co_return level + ", environment " + info->environment;
}

Async<QByteArray> ConnectionCheck::checkClock(std::stop_token) {
  const std::chrono::milliseconds ahead = m_http.clock().wallNow() - fromMillis(m_relayTime.toMSecsSinceEpoch());
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(ahead);
  const QByteArray seen = "ahead of the relay by " + QByteArray::number(static_cast<qint64>(seconds.count())) + " s";
  if (std::chrono::abs(ahead) > kClockSkew) co_return fail(ErrorKind::Invalid, seen, "clock_skew");
  co_return seen;
}

Async<QByteArray> ConnectionCheck::openEngine(TransportMode mode, std::stop_token stop) {
  Completion<Result<>> outcome;
  Completion<Result<>> *const awaited = &outcome;
  QObject context;
  EngineIoClient engine(m_http, options(m_address, mode));
  const auto onOpened = [awaited] { awaited->finish({}); };
  const auto onClosed = [awaited](const Error &reason) { awaited->finish(fail(reason)); };
  // Queued: the task that goes on deletes the client, which must not be calling then.
  connect(&engine, &EngineIoClient::opened, &context, onOpened, Qt::QueuedConnection);
  connect(&engine, &EngineIoClient::closed, &context, onClosed, Qt::QueuedConnection);
  const std::stop_callback onStop(stop, [awaited] { awaited->finish(fail(ErrorKind::Cancelled, "stopped")); });
  engine.open();
  const Result<> opened = co_await outcome;
  if (!opened) co_return fail(opened.error());
  co_return engine.transportName() + " works";
}

Async<QByteArray> ConnectionCheck::checkSignIn(std::stop_token stop) {
  RestRequest request;
  request.path = wire::routes::kDevices;
  request.token = m_token;
  const auto answer = co_await m_channel.call(std::move(request), std::move(stop));
  if (!answer) co_return fail(answer.error().error);
  const auto devices = wire::DeviceList::parse(*answer);
  if (!devices) co_return fail(ErrorKind::Corrupt, devices.error().detail, kBadAnswer);
  m_isSignedIn = true;
  co_return "the account has " + QByteArray::number(devices->devices.size()) + " devices";
}

Async<QByteArray> ConnectionCheck::checkRoundTrip(std::stop_token stop) {
  SocketIoClient socket(m_http, options(m_address, TransportMode::PollingThenWebSocket));
  wire::ConnectAuth auth;
  auth.token = m_token;
  const QByteArray payload = auth.toJson();
  const SocketIoClient::Payload giveAuth = [payload]() -> Async<QByteArray> { return givenPayload(payload); };
  const Result<> opened = co_await socket.open(giveAuth, stop);
  const SteadyTime start = m_http.clock().steadyNow();
  const QByteArray nobody = wire::PresenceWatch().toJson();
  Result<QByteArray> ack = fail(ErrorKind::Cancelled, "not sent");
  if (opened) ack = co_await socket.emitWithAck(wire::events::kPresenceWatch, nobody, kAckPatience, stop);
  const std::chrono::milliseconds took = m_http.clock().steadyNow() - start;
  co_await socket.shutdown();
  if (!opened) co_return fail(opened.error());
  if (!ack) co_return fail(ack.error());
  const Result<QByteArray> taken = openPlainAck(*ack);
  if (!taken) co_return fail(taken.error());
  co_return "answered in " + QByteArray::number(static_cast<qint64>(took.count())) + " ms";
}

}  // namespace gx::net
