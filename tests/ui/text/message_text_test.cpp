// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "ui/text/message_text.h"

#include <gtest/gtest.h>

#include <set>

namespace gx::text {
namespace {

using namespace Qt::StringLiterals;

model::Message line(const QString &text) {
  model::Message message;
  message.text = text;
  return message;
}

TEST(MessageText, ControlCharactersAndOverridesAreShownNotObeyed) {
  EXPECT_EQ(harmless(u"a\x1b[2Jb"_s), u"a\\u{1B}[2Jb"_s);
  EXPECT_EQ(harmless(u"exe\u202Egpj"_s), u"exe\\u{202E}gpj"_s);
  EXPECT_EQ(harmless(u"two\nlines\tand 👨‍👩‍👧 ü"_s), u"two\nlines\tand 👨‍👩‍👧 ü"_s);
  EXPECT_EQ(harmless(u"<b>%1</b>"_s), u"<b>%1</b>"_s);
}

TEST(MessageText, DeletedAndUnknownHaveWords) {
  model::Message message = line(u"secret"_s);
  message.isDeleted = true;
  EXPECT_EQ(bodyText(message), u"message deleted"_s);

  message = line({});
  message.kind = model::MessageKind::Unsupported;
  EXPECT_FALSE(bodyText(message).isEmpty());
  message.kind = model::MessageKind::Waiting;
  EXPECT_TRUE(bodyText(message).contains(u"waiting"_s));
}

TEST(MessageText, APreviewIsOneShortLine) {
  const QString preview = previewText(line(u"first\n\nsecond "_s + QString(200, u'x')), 20);

  EXPECT_EQ(preview.size(), 20);
  EXPECT_TRUE(preview.startsWith(u"first second "_s));
  EXPECT_TRUE(preview.endsWith(u'…'));
}

TEST(MessageText, EveryStateHasItsTicksAndItsName) {
  std::set<QString> ticks;
  for (const auto state : {model::MessageState::Queued, model::MessageState::Sent, model::MessageState::Delivered,
                           model::MessageState::Read, model::MessageState::Failed}) {
    ticks.insert(tickText(state));
    EXPECT_FALSE(stateName(state).isEmpty());
  }
  EXPECT_EQ(ticks.size(), 5U);
}

TEST(MessageText, ReactionsAreCounted) {
  UserId other;
  other.bytes[0] = 1;

  EXPECT_EQ(reactionText({{UserId{}, u"👍"_s}, {other, u"👍"_s}, {other, u"❤"_s}}), u"👍 2 ❤"_s);
  EXPECT_TRUE(reactionText({}).isEmpty());
}

TEST(MessageText, ASafetyNumberHasThreeLinesOfFourGroups) {
  model::SafetyNumber number;
  number.digits = QString(60, u'7');

  const QString text = safetyNumberText(number);

  EXPECT_EQ(text.count(u'\n'), 2);
  EXPECT_EQ(text.section(u'\n', 0, 0), u"77777 77777 77777 77777"_s);
}

TEST(MessageText, EveryControlCharacterIsShown) {
  for (char32_t c = 0; c < 0xa0; ++c) {
    const QString text = QString::fromUcs4(&c, 1);
    const bool isControl = (c < 0x20 && c != U'\n' && c != U'\t') || (c >= 0x7f && c < 0xa0);
    EXPECT_EQ(harmless(text) == text, !isControl) << static_cast<int>(c);
  }
}

TEST(MessageText, EveryDirectionOverrideIsShown) {
  for (const char32_t c : {0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069}) {
    const QString text = u"a"_s + QString::fromUcs4(&c, 1) + u"b"_s;
    EXPECT_EQ(harmless(text), u"a\\u{%1}b"_s.arg(QString::number(c, 16).toUpper()));
  }
  EXPECT_EQ(harmless(u"שלום عربي"_s), u"שלום عربي"_s);  // letters of these scripts need none of them
}

TEST(MessageText, ADeletedMessageShowsNothingOfItself) {
  model::Message message = line(u"secret"_s);
  message.isDeleted = true;
  for (const auto kind : {model::MessageKind::Text, model::MessageKind::Unsupported, model::MessageKind::Waiting}) {
    message.kind = kind;
    EXPECT_EQ(bodyText(message), u"message deleted"_s);
    EXPECT_FALSE(previewText(message).contains(u"secret"_s));
  }
}

TEST(MessageText, OnlyATextShowsItsText) {
  model::Message message = line(u"payload"_s);
  message.kind = model::MessageKind::Unsupported;
  EXPECT_FALSE(bodyText(message).contains(u"payload"_s));
  message.kind = model::MessageKind::Waiting;
  EXPECT_FALSE(bodyText(message).contains(u"payload"_s));
  message.kind = model::MessageKind::Text;
  EXPECT_EQ(bodyText(message), u"payload"_s);
}

TEST(MessageText, AShortPreviewIsNotCut) {
  EXPECT_EQ(previewText(line(u"exactly ten"_s), 11), u"exactly ten"_s);
  EXPECT_EQ(previewText(line(u"exactly ten"_s), 10), u"exactly t…"_s);
  EXPECT_EQ(previewText(line({})), QString());
}

TEST(MessageText, APreviewIsHarmlessToo) {
  EXPECT_EQ(previewText(line(u"a\x1b[2J"_s)), u"a\\u{1B}[2J"_s);
}

TEST(MessageText, StatesHaveTheNamesOfTheJson) {
  const std::pair<model::MessageState, QString> names[] = {
      {model::MessageState::Queued, u"queued"_s}, {model::MessageState::Sending, u"sending"_s},
      {model::MessageState::Sent, u"sent"_s},     {model::MessageState::Delivered, u"delivered"_s},
      {model::MessageState::Read, u"read"_s},     {model::MessageState::Failed, u"failed"_s}};
  for (const auto &[state, name] : names) EXPECT_EQ(stateName(state), name);
}

TEST(MessageText, WhatIsOnItsWayLooksTheSame) {
  EXPECT_EQ(tickText(model::MessageState::Queued), tickText(model::MessageState::Sending));
  EXPECT_EQ(tickText(model::MessageState::Sent), u"✓"_s);
  EXPECT_EQ(tickText(model::MessageState::Delivered), u"✓✓"_s);
  EXPECT_TRUE(tickText(model::MessageState::Read).contains(u"read"_s));  // not by colour alone
  EXPECT_TRUE(tickText(model::MessageState::Failed).contains(u"not sent"_s));
}

TEST(MessageText, ReactionsKeepTheOrderOfTheFirst) {
  const auto from = [](quint8 number, const QString &emoji) {
    UserId user;
    user.bytes[0] = number;
    return model::MessageReaction{user, emoji};
  };

  EXPECT_EQ(reactionText({from(1, u"❤"_s), from(2, u"👍"_s), from(3, u"❤"_s), from(4, u"❤"_s)}), u"❤ 3 👍"_s);
  EXPECT_EQ(reactionText({from(1, u"\u202Ex"_s)}), u"\\u{202E}x"_s);
}

TEST(MessageText, AShortSafetyNumberIsNotPadded) {
  model::SafetyNumber number;
  EXPECT_TRUE(safetyNumberText(number).isEmpty());
  number.digits = u"1234567"_s;
  EXPECT_EQ(safetyNumberText(number), u"12345 67"_s);
}

}  // namespace
}  // namespace gx::text
