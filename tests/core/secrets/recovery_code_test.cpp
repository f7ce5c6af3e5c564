// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/secrets/recovery_code.h"

#include <gtest/gtest.h>

#include <QRegularExpression>

#include "tests/support/fixed_random.h"

namespace gx::secrets {
namespace {

using namespace Qt::StringLiterals;

TEST(RecoveryCode, IsEightGroupsOfFour) {
  test::FixedRandom random;
  static const QRegularExpression shape(u"^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$"_s);
  for (int i = 0; i < 100; ++i) {
    const QString code = makeRecoveryCode(random);
    EXPECT_TRUE(shape.match(code).hasMatch()) << code.toStdString();
    EXPECT_EQ(parseRecoveryCode(code)->size(), 20);
  }
}

TEST(RecoveryCode, CarriesAllItsBits) {
  EXPECT_EQ(parseRecoveryCode(QString(32, u'Z'))->view(), QByteArray(20, '\xff'));
  EXPECT_EQ(parseRecoveryCode(QString(32, u'0'))->view(), QByteArray(20, '\0'));
  EXPECT_EQ(parseRecoveryCode(u"0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ"_s)->view().toByteArray().toHex(),
            "00443214c74254b635cf84653a56d7c675be77df");
}

TEST(RecoveryCode, ForgivesHowItIsTyped) {
  const auto code = parseRecoveryCode(u"0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXY1"_s);

  EXPECT_EQ(parseRecoveryCode(u" o123 4567 89ab cdef\nghjkmnpq rstv\u2013wxyl "_s)->view(), code->view());
  EXPECT_EQ(parseRecoveryCode(u"OI23456789ABCDEFGHJKMNPQRSTVWXYi"_s)->view(), code->view());
}

TEST(RecoveryCode, RefusesWhatIsNone) {
  for (const QString &text : {QString(), u"0123"_s, QString(31, u'A'), QString(33, u'A'), QString(31, u'A') + u'U',
                              QString(31, u'A') + u'\u00e4'})
    EXPECT_EQ(parseRecoveryCode(text).error().kind, ErrorKind::Invalid) << text.toStdString();
}

}  // namespace
}  // namespace gx::secrets
