// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/problem_dto.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QRegularExpression>

namespace gx::wire {
namespace {

constexpr ErrorKind kEveryKind[] = {ErrorKind::Network,      ErrorKind::Timeout,   ErrorKind::Unavailable,
                                    ErrorKind::Unauthorized, ErrorKind::Forbidden, ErrorKind::NotFound,
                                    ErrorKind::Conflict,     ErrorKind::Invalid,   ErrorKind::TooLarge,
                                    ErrorKind::RateLimited,  ErrorKind::Full,      ErrorKind::Storage,
                                    ErrorKind::Corrupt,      ErrorKind::Locked,    ErrorKind::Untrusted,
                                    ErrorKind::Unsupported,  ErrorKind::Cancelled, ErrorKind::Internal};

TEST(ProblemDto, KeepsEveryMember) {
  const auto user = parseId<UserId>("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b").value();
  const Problem problem{.code = "device_mismatch",
                        .message = "two differ",
                        .requestId = "r-1",
                        .retryAfter = 5,
                        .missing = {{user, DeviceId{1}}},
                        .extra = {{user, DeviceId{2}}},
                        .stale = {{user, DeviceId{3}}}};

  EXPECT_EQ(Problem::parse(problem.toJson()).value(), problem);
}

TEST(ProblemDto, LeavesOutWhatIsEmpty) {
  EXPECT_EQ((Problem{.code = "not_found", .message = "no such thing"}).toJson(),
            R"({"code":"not_found","message":"no such thing"})");
}

TEST(ProblemDto, CodesHaveStatusAndKind) {
  const auto *row = findProblemCode("stale_device");

  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->status, 410);
  EXPECT_EQ(row->kind, ErrorKind::Conflict);
  EXPECT_EQ(findProblemCode("no_such_code"), nullptr);
  EXPECT_EQ(findProblemCode(""), nullptr);
}

TEST(ProblemDto, EveryKindHasAGeneralCode) {
  for (const ErrorKind kind : kEveryKind) EXPECT_GE(problemCodeFor(kind).status, 400) << name(kind);
  EXPECT_STREQ(problemCodeFor(ErrorKind::Storage).code, "internal");
  EXPECT_STREQ(problemCodeFor(ErrorKind::NotFound).code, "not_found");
  EXPECT_EQ(problemCodeFor(ErrorKind::RateLimited).status, 429);
}

TEST(ProblemDto, OwnGeneralCodeSpeaksOfTheSameKind) {
  for (const ErrorKind kind : {ErrorKind::Unauthorized, ErrorKind::Forbidden, ErrorKind::NotFound, ErrorKind::Conflict,
                               ErrorKind::Invalid, ErrorKind::TooLarge, ErrorKind::RateLimited, ErrorKind::Full,
                               ErrorKind::Unavailable, ErrorKind::Untrusted, ErrorKind::Internal})
    EXPECT_EQ(problemCodeFor(kind).kind, kind) << name(kind);
}

TEST(ProblemDto, AnErrorSaysItsCodeOrThatOfItsKind) {
  const Problem own = Problem::from({ErrorKind::Conflict, "why", "idempotency_conflict"});
  const Problem inside = Problem::from({ErrorKind::NotFound, "why", "something_inside"});

  EXPECT_EQ(own.code, "idempotency_conflict");
  EXPECT_EQ(own.message, "why");
  EXPECT_EQ(inside.code, "not_found");
}

TEST(ProblemDto, AnErrorOfOursTellsNothing) {
  for (const ErrorKind kind : {ErrorKind::Storage, ErrorKind::Corrupt, ErrorKind::Internal})
    EXPECT_EQ(Problem::from({kind, "UNIQUE constraint failed"}),
              (Problem{.code = "internal", .message = "internal error"}));
}

TEST(ProblemDto, ATransientErrorNamesATimeInWholeSeconds) {
  EXPECT_EQ(Problem::from({ErrorKind::RateLimited, "", "", std::chrono::milliseconds(2100)}).retryAfter, 3);
  EXPECT_EQ(Problem::from({ErrorKind::Full, "", "mailbox_full", std::chrono::milliseconds(1)}).retryAfter, 1);
  EXPECT_EQ(Problem::from({ErrorKind::RateLimited, ""}).retryAfter, 5);
  EXPECT_EQ(Problem::from({ErrorKind::Timeout, ""}).retryAfter, 5);
  EXPECT_FALSE(Problem::from({ErrorKind::Full, "", "mailbox_full"}).retryAfter);
}

TEST(ProblemDto, CodesAreTheTableOfTheProtocol) {
  QFile file(QStringLiteral(GX_SOURCE_DIR "/core/wire/PROTOCOL.md"));
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  const QString text = QString::fromUtf8(file.readAll());
  static const QRegularExpression kRow(QStringLiteral("^\\| (`[a-z_`, ]+(?:\\(any other\\) )?)\\| (\\d{3}) \\|"),
                                       QRegularExpression::MultilineOption);
  static const QRegularExpression kCode(QStringLiteral("`([a-z_]+)`"));
  int codes = 0;

  for (auto rows = kRow.globalMatch(text); rows.hasNext();) {
    const auto row = rows.next();
    for (auto names = kCode.globalMatch(row.captured(1)); names.hasNext(); ++codes) {
      const QString code = names.next().captured(1);
      const auto *known = findProblemCode(code.toUtf8());
      ASSERT_NE(known, nullptr) << code.toStdString();
      EXPECT_EQ(known->status, row.captured(2).toInt()) << code.toStdString();
    }
  }

  EXPECT_EQ(codes, 42);
}

}  // namespace
}  // namespace gx::wire
