// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <gtest/gtest.h>

#include <QStringList>

#include "tests/support/raw_http.h"
#include "tests/support/relay_process.h"

namespace gx::test {

// What hostile texts of these suites hold: nothing of them may come back in an answer or stand in a log.
inline constexpr char kMarker[] = "mallory-was-here";

// One real gx-relay for a whole suite. Names of tests and of table rows begin with A and the numbers of the abuse cases
// they ask ("A06_…", CASES.md). At the end of the suite the relay must end in order, having logged no name, no token
// and nothing hostile.
class AbusedRelay : public ::testing::Test {
 public:
  static void TearDownTestSuite();

 protected:
  // For SetUpTestSuite(): a demo without limits of rate and of strangers. Later entries win: "GX_TIME_SCALE=0.05".
  static void start(const QStringList &environment = {}, const QStringList &arguments = {QStringLiteral("--demo")});
  [[nodiscard]] static RelayProcess &relay();
  [[nodiscard]] static quint16 port();
  // Somebody who has nothing to do with it is served.
  static void expectServing();
};

// {code, message, request_id} with a code of the protocol that goes with the status, and no word of the asker's.
void expectProblem(const RawResponse &response, int status, const QByteArray &code);

}  // namespace gx::test
