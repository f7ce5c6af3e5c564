// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// RELIABILITY 4.2: every route that the relay's own description names, with bodies, paths and queries made to be wrong.
// A new route, schema or field is part of it without a line here.
#include <QJsonDocument>
#include <memory>

#include "tests/abuse/abused_relay.h"
#include "tests/abuse/canary.h"
#include "tests/abuse/mutants.h"

namespace gx::test {

using namespace Qt::StringLiterals;

namespace {

struct Operation {
  QByteArray method;
  QByteArray path;  // with its {argument}
  QString schema;   // of the body, empty for none
  QStringList query;
  bool isPublic = false;
};

class RouteCorpus : public AbusedRelay {
 public:
  static void SetUpTestSuite() { start(); }

 protected:
  void SetUp() override {
    m_alice = std::make_unique<RelayUser>(port(), "alice@gxcoin.test");
    m_bob = std::make_unique<RelayUser>(port(), "bob@gxcoin.test");
    // The wrong passwords of the corpus count for a second.
    ASSERT_TRUE(waitUntil([this] { return m_alice->becomesActive(); }));
    ASSERT_TRUE(waitUntil([this] { return m_bob->becomesActive(); }));
    m_conversation = m_alice->conversationWith("bob@gxcoin.test");
    const QJsonObject paths = m_alice->http().get("/api/v1/openapi.json").json()[u"paths"_s].toObject();
    for (auto path = paths.begin(); path != paths.end(); ++path) {
      const QJsonObject methods = path.value().toObject();
      for (auto method = methods.begin(); method != methods.end(); ++method)
        m_operations.push_back(operation(path.key(), method.key(), method.value().toObject()));
    }
    ASSERT_GE(m_operations.size(), 24U);
  }
  static Operation operation(const QString &path, const QString &method, const QJsonObject &said) {
    Operation made{method.toUpper().toLatin1(), "/api/v1" + path.toLatin1(), {}, {}, false};
    const QJsonValue content = said[u"requestBody"_s][u"content"_s][u"application/json"_s];
    made.schema = content[u"schema"_s][u"$ref"_s].toString().section(u'/', -1);
    for (const auto &parameter : said[u"parameters"_s].toArray())
      if (parameter[u"in"_s] == u"query"_s) made.query.append(parameter[u"name"_s].toString());
    made.isPublic = said[u"x-gx-who"_s] == u"everyone"_s;
    return made;
  }
  // The path with an argument that names nothing.
  static QByteArray pathOf(const Operation &operation, const QByteArray &argument = "1") {
    const qsizetype open = operation.path.indexOf('{');
    return open < 0 ? operation.path : operation.path.first(open) + argument;
  }
  // A body that the relay as it stands would take, where the services behind are worth reaching.
  ValidBody bodyFor(const QString &schema) {
    ValidBody valid = validBody(schema);
    const auto parsed = [](const QByteArray &json) { return QJsonDocument::fromJson(json).object(); };
    if (schema == u"LoginRequest"_s)
      valid.body = parsed(R"({"account":"alice@gxcoin.test","device_name":"desk","password":"TestPass123"})");
    if (schema == u"ConversationCreate"_s) valid.body = parsed(R"({"with":["bob@gxcoin.test"]})");
    if (schema == u"SendRequest"_s) valid.body = parsed(RelayUser::message(m_conversation, {m_bob.get()}).toJson());
    if (schema == u"KeyUpload"_s) valid.body = parsed(m_alice->keys(2).toJson());
    if (schema == u"BundleRequest"_s)
      valid.body = parsed(wire::BundleRequest{m_bob->userId(), {m_bob->deviceId()}}.toJson());
    return valid;
  }
  void expectVerdict(const RawResponse &response, Verdict verdict, const QByteArray &what) {
    ::testing::ScopedTrace trace(__FILE__, __LINE__, what.constData());
    const bool isTaken = response.status >= 200 && response.status < 300;
    if (isTaken && verdict == Verdict::Harmless) return;
    EXPECT_GE(response.status, 400) << response.body.constData();
    EXPECT_LT(response.status, 500) << response.body.constData();
    const bool isLarge = verdict == Verdict::RefusedOrLarge && response.status == 413;
    expectProblem(response, response.status, verdict == Verdict::Harmless ? "" : isLarge ? "too_large" : "bad_request");
  }

  std::unique_ptr<RelayUser> m_alice;
  std::unique_ptr<RelayUser> m_bob;
  ConversationId m_conversation;
  std::vector<Operation> m_operations;
};

}  // namespace

TEST_F(RouteCorpus, EveryBodyIsTakenOrRefusedByName) {
  Canary canary(port());
  int sent = 0;
  for (const Operation &operation : m_operations) {
    if (operation.schema.isEmpty()) continue;
    RelayUser guest(port(), "bob@gxcoin.test");  // may be signed out by what it asks for
    const bool endsSession = operation.path.endsWith("/logout");
    if (endsSession) ASSERT_EQ(guest.logsIn().status, 200);
    RawHttp &http = endsSession ? guest.http() : m_alice->http();
    for (const Mutant &mutant : mutantsOf(bodyFor(operation.schema))) {
      const RawResponse response = http.send(operation.method, pathOf(operation), mutant.body);
      expectVerdict(response, mutant.verdict, operation.method + ' ' + operation.path + ' ' + mutant.what);
      if (response.status != 413) EXPECT_TRUE(http.isOpen()) << operation.path.constData() << mutant.what.constData();
      if (endsSession && response.status == 204) ASSERT_EQ(guest.logsIn().status, 200);
      ++sent;
    }
    if (HasFailure()) break;  // one route's worth of words is enough
  }
  canary.expectUnharmed();
  std::printf("%d bodies\n", sent);
  EXPECT_GT(sent, 1000);
}

TEST_F(RouteCorpus, EveryPathAndQueryIsTakenOrRefusedByName) {
  Canary canary(port());
  const char *const arguments[] = {"0",
                                   "-1",
                                   "4294967297",
                                   "2147483648",
                                   "1.5",
                                   "%20",
                                   "abc",
                                   "__proto__",
                                   "%F0%9F%98%80",
                                   "%E2%80%AEx",
                                   "1%2f2",
                                   "*",
                                   "'--",
                                   "%3Cscript%3E",
                                   "~root",
                                   "00000000-0000-0000-0000-000000000000"};
  const char *const queries[] = {"",    "-1", "abc",  "1e3",        "1.5", "99999999999999999999", "%00", "%ff",
                                 "%zz", "+1", "0x10", "%E2%80%AE1", "'--", "1%0d%0aX:%20y",        "1;2"};
  for (const Operation &operation : m_operations) {
    RawHttp &http = m_alice->http();
    const QByteArray body = operation.method == "GET" || operation.schema.isEmpty() ? QByteArray() : QByteArray("{}");
    if (operation.path.contains('{'))
      for (const char *argument : arguments) {
        const RawResponse response = http.send(operation.method, pathOf(operation, argument), body);
        ::testing::ScopedTrace trace(__FILE__, __LINE__, (operation.path + ' ' + argument).constData());
        EXPECT_TRUE(response.status == 404 || response.status == 400) << response.status;
        expectProblem(response, response.status, "");
      }
    for (const QString &name : operation.query)
      for (const char *value : queries) {
        const QByteArray path =
            operation.path.contains('{') ? pathOf(operation, toText(m_alice->userId())) : operation.path;
        ::testing::ScopedTrace trace(__FILE__, __LINE__, (path + '?' + name.toLatin1() + '=' + value).constData());
        expectProblem(http.get(path + '?' + name.toLatin1() + '=' + value), 400, "bad_request");
      }
  }
  canary.expectUnharmed();
}

TEST_F(RouteCorpus, NoRouteOpensWithoutOrWithAForeignToken) {
  for (const Operation &operation : m_operations) {
    if (operation.isPublic) continue;
    for (const QByteArray &token : {QByteArray(), QByteArray("gxa_") + QByteArray(43, 'A'), m_alice->refreshToken()}) {
      RawHttp http(port());
      http.setToken(token);
      ::testing::ScopedTrace trace(__FILE__, __LINE__, operation.path.constData());
      expectProblem(http.send(operation.method, pathOf(operation), "{}"), 401, "unauthorized");
    }
  }
}

TEST_F(RouteCorpus, OtherMethodsAndTypesAreRefusedByName) {
  for (const Operation &operation : m_operations) {
    ::testing::ScopedTrace trace(__FILE__, __LINE__, (operation.method + ' ' + operation.path).constData());
    const RawResponse patched = m_alice->http().send("PATCH", pathOf(operation), "{}");
    expectProblem(patched, 405, "method_not_allowed");
    EXPECT_TRUE(patched.headers.value("allow").contains(operation.method));
    if (operation.schema.isEmpty()) continue;
    for (const char *type : {"text/plain", "application/xml", "multipart/form-data; boundary=x", ""})
      expectProblem(m_alice->http().send(operation.method, pathOf(operation), "{}", type), 415,
                    "unsupported_media_type");
  }
}

}  // namespace gx::test
