// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/operations_page.h"

#include "core/wire/json_writer.h"

namespace gx::server::http {

namespace {

net::HttpResponse guarded(net::HttpResponse response) {
  response.headers.push_back({"X-Content-Type-Options", "nosniff"});
  response.headers.push_back({"Cache-Control", "no-store"});
  response.headers.push_back({"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"});
  return response;
}

bool isKnownPage(QByteArrayView path) {
  return path == QByteArrayView("/") || path == QByteArrayView("/livez") || path == QByteArrayView("/readyz") ||
         path == QByteArrayView("/metrics");
}

}  // namespace

OperationsPage::OperationsPage(services::Health &health, Clock &clock)
    : m_health(health), m_clock(clock), m_startedAt(clock.steadyNow()) {}

void OperationsPage::handle(net::HttpRequest request, net::ResponseToken token) {
  if (!isKnownPage(request.path)) return token.send(guarded(net::HttpResponse::text(404, "not found\n")));
  if (request.method != net::HttpMethod::Get && request.method != net::HttpMethod::Head)
    return token.send(guarded(net::HttpResponse::text(405, "GET only\n")));
  if (request.path == "/livez") return token.send(guarded(net::HttpResponse::text(200, "ok\n")));
  m_running.spawn(serve(std::move(request.path), token));
}

QCoro::Task<> OperationsPage::serve(QByteArray path, net::ResponseToken token) {
  Async<services::HealthReport> checking = m_health.check();
  const Result<services::HealthReport> report = co_await checking;
  if (path == "/metrics") {
    QCoro::Task<MetricsText> measuring = measured();
    MetricsText out = co_await measuring;
    token.send(guarded(metrics(report, std::move(out))));
  } else if (path == "/readyz") {
    token.send(guarded(readiness(report)));
  } else {
    token.send(guarded(statusPage(report)));
  }
}

QCoro::Task<MetricsText> OperationsPage::measured() {
  MetricsText out;
  for (std::size_t i = 0; i < m_gauges.size(); ++i) {
    Async<double> measuring = m_gauges[i].measure();
    const Result<double> value = co_await measuring;
    if (value) out.gauge(m_gauges[i].name, m_gauges[i].help).value(*value);
  }
  co_return out;
}

net::HttpResponse OperationsPage::readiness(const Result<services::HealthReport> &report) const {
  const bool isReady = report && report->isReady && !m_isDraining;
  wire::JsonWriter out;
  out.beginObject().key("ready").flag(isReady).key("draining").flag(m_isDraining).key("checks").beginArray();
  if (report)
    for (const auto &line : report->lines) {
      out.beginObject().key("name").text(line.name).key("critical").flag(line.isCritical).key("ok").flag(line.isWell);
      if (!line.isWell) out.key("reason").text(line.reason).key("since").time(line.since);
      out.endObject();
    }
  out.endArray().endObject();
  return net::HttpResponse::json(isReady ? 200 : 503, out.take());
}

net::HttpResponse OperationsPage::metrics(const Result<services::HealthReport> &report, MetricsText out) const {
  out.gauge("gx_up_seconds", "time since the start")
      .value(std::chrono::duration<double>(m_clock.steadyNow() - m_startedAt).count());
  out.gauge("gx_ready", "1 when the relay serves").value(report && report->isReady && !m_isDraining ? 1 : 0);
  if (report) {
    out.gauge("gx_health", "1 when what the relay depends on is well");
    for (const auto &line : report->lines) out.value(line.isWell ? 1 : 0, {{"probe", line.name}});
  }
  for (const auto &source : m_sources) source(out);
  net::HttpResponse response = net::HttpResponse::text(200, out.text());
  response.contentType = "text/plain; version=0.0.4; charset=utf-8";
  return response;
}

net::HttpResponse OperationsPage::statusPage(const Result<services::HealthReport> &report) const {
  const bool isReady = report && report->isReady && !m_isDraining;
  QByteArray page =
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>GX relay</title><style>body{font:16px "
      "system-ui,"
      "sans-serif;max-width:40em;margin:4em auto;padding:0 1em}td{padding:.3em 1em .3em "
      "0}.bad{color:#b00020}</style></head>"
      "<body><h1>GX relay</h1>";
  page += isReady        ? "<p>The relay serves.</p>"
          : m_isDraining ? "<p>The relay is shutting down.</p>"
                         : "<p class=\"bad\">The relay is not ready.</p>";
  page += "<table>";
  if (report)
    for (const auto &line : report->lines)
      page += "<tr><td>" + line.name.toPercentEncoding(" ") + "</td><td" +
              (line.isWell ? QByteArray(">ok") : " class=\"bad\">" + line.reason.toPercentEncoding(" ")) + "</td></tr>";
  page += "</table><p>/livez · /readyz · /metrics</p></body></html>\n";
  net::HttpResponse response = net::HttpResponse::text(200, page);
  response.contentType = "text/html; charset=utf-8";
  return response;
}

}  // namespace gx::server::http
