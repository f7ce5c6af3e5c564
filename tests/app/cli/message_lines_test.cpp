// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/message_lines.h"

#include <gtest/gtest.h>

#include <QJsonArray>

namespace gx::cli {
namespace {

using namespace Qt::StringLiterals;

model::Message aMessage() {
  model::Message message;
  message.id = *parseId<ClientMessageId>("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b");
  message.text = u"hello\x1b"_s;
  message.state = model::MessageState::Delivered;
  message.sentAt = fromMillis(1'750'000'000'000);
  return message;
}

TEST(MessageLines, ShowIdSenderTextAndTicks) {
  const QString line = messageLine(aMessage(), u"alice@x.test"_s, true, fromMillis(1'750'000'000'000));

  EXPECT_TRUE(line.startsWith(u"#3f4a5b "_s)) << line.toStdString();
  EXPECT_TRUE(line.contains(u"alice@x.test: hello\\u{1B}"_s));
  EXPECT_TRUE(line.endsWith(u"✓✓"_s));
}

TEST(MessageLines, NoTextLooksLikeALineOfItsOwn) {
  model::Message message = aMessage();
  message.text = u"hi\n#abcdef 10:00 carol@x.test: I owe you a thousand  ✓✓ read"_s;

  const QString line = messageLine(message, u"bob"_s, false, fromMillis(0));

  EXPECT_TRUE(line.contains(u"hi\n    #abcdef"_s)) << line.toStdString();
}

TEST(MessageLines, ForeignOnesHaveNoTicks) {
  EXPECT_FALSE(messageLine(aMessage(), u"bob"_s, false, fromMillis(0)).contains(u"✓"_s));
}

TEST(MessageLines, JsonCarriesTheTextAsItIs) {
  model::Message message = aMessage();
  message.reactions = {{UserId{}, u"👍"_s}};

  const QJsonObject object = messageObject(message, u"alice"_s, true);

  EXPECT_EQ(object[u"text"_s].toString(), u"hello\x1b"_s);
  EXPECT_EQ(object[u"state"_s].toString(), u"delivered"_s);
  EXPECT_EQ(object[u"reactions"_s].toArray().size(), 1);
  message.isDeleted = true;
  EXPECT_TRUE(messageObject(message, u"alice"_s, true)[u"text"_s].toString().isEmpty());
}

}  // namespace
}  // namespace gx::cli
