// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/abuse/abused_relay.h"

#include <memory>

#include "core/wire/problem_dto.h"
#include "tests/support/temp_folder.h"

namespace gx::test {

using namespace Qt::StringLiterals;

namespace {

struct Serving {
  TempFolder folder;
  std::unique_ptr<RelayProcess> process;
};

std::unique_ptr<Serving> &serving() {
  static std::unique_ptr<Serving> now;
  return now;
}

}  // namespace

void AbusedRelay::start(const QStringList &environment, const QStringList &arguments) {
  auto next = std::make_unique<Serving>();
  const QStringList boundless{u"GX_RATE_SCALE=100000"_s, u"GX_UNAUTHENTICATED_PER_ADDRESS=0"_s};
  next->process = std::make_unique<RelayProcess>(RelayProcess::Options{
      .folder = next->folder.file(u"store"_s), .arguments = arguments, .environment = boundless + environment});
  serving() = std::move(next);
}

void AbusedRelay::TearDownTestSuite() {
  if (!serving()) return;
  EXPECT_EQ(relay().stop(), 0);
  const QByteArray log = relay().process().errorOutput();
  for (const char *never : {"gxcoin.test", "gxa_", "gxr_", kMarker, "ERROR: AddressSanitizer", "runtime error:"})
    EXPECT_FALSE(log.contains(never)) << never << " in:\n" << log.constData();
  serving().reset();
}

RelayProcess &AbusedRelay::relay() {
  return *serving()->process;
}

quint16 AbusedRelay::port() {
  return relay().apiPort();
}

void AbusedRelay::expectServing() {
  EXPECT_EQ(RawHttp(port()).get("/api/v1/openapi.json").status, 200);
}

void expectProblem(const RawResponse &response, int status, const QByteArray &code) {
  EXPECT_EQ(response.status, status) << response.body.constData();
  const auto problem = wire::Problem::parse(response.body);
  ASSERT_TRUE(problem) << response.body.constData();
  if (!code.isEmpty()) EXPECT_EQ(problem->code, code) << response.body.constData();
  const wire::ProblemCode *row = wire::findProblemCode(problem->code);
  ASSERT_NE(row, nullptr) << problem->code.constData();
  EXPECT_EQ(row->status, response.status) << problem->code.constData();
  EXPECT_FALSE(problem->message.isEmpty());
  EXPECT_EQ(problem->requestId, response.headers.value("x-request-id"));
  EXPECT_FALSE(problem->requestId.isEmpty());
  EXPECT_FALSE(response.body.contains(kMarker)) << response.body.constData();
}

}  // namespace gx::test
