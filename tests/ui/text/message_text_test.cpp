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

}  // namespace
}  // namespace gx::text
