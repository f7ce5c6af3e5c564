// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/message_lines.h"

#include <QJsonArray>

#include "ui/text/message_text.h"
#include "ui/text/time_text.h"

namespace gx::cli {

using namespace Qt::StringLiterals;

QString shownId(const ClientMessageId &id) {
  return QString::fromLatin1(toText(id).right(6));
}

QString messageLine(const model::Message &message, const QString &sender, bool isOwn, WallTime now) {
  QString line = u'#' + shownId(message.id) + u' ' + text::timeText(message.serverTime.value_or(message.sentAt), now) +
                 u' ' + text::harmless(sender) + u": "_s;
  if (message.quoted) line += u"(to #"_s + shownId(*message.quoted) + u") "_s;
  // Indented: no text can look like a line of its own, from somebody else.
  line += text::bodyText(message).replace(u'\n', u"\n    "_s);
  if (message.editedAt && !message.isDeleted) line += u" (edited)"_s;
  if (!message.reactions.empty()) line += u"  ["_s + text::reactionText(message.reactions) + u']';
  if (isOwn) line += u"  "_s + text::tickText(message.state);
  return line;
}

QJsonObject messageObject(const model::Message &message, const QString &sender, bool isOwn) {
  QJsonObject object;
  object[u"id"_s] = QString::fromLatin1(toText(message.id));
  object[u"conversation_id"_s] = QString::fromLatin1(toText(message.conversation));
  object[u"from"_s] = sender;
  object[u"from_user"_s] = QString::fromLatin1(toText(message.sender.user));
  object[u"from_device"_s] = static_cast<qint64>(message.sender.device.value);
  object[u"outgoing"_s] = isOwn;
  object[u"kind"_s] = message.kind == model::MessageKind::Text          ? u"text"_s
                      : message.kind == model::MessageKind::Unsupported ? u"unsupported"_s
                                                                        : u"waiting"_s;
  object[u"text"_s] = message.isDeleted ? QString() : message.text;
  object[u"state"_s] = text::stateName(message.state);
  object[u"sent_at"_s] = toMillis(message.sentAt);
  if (message.serverTime) object[u"server_time"_s] = toMillis(*message.serverTime);
  if (message.quoted) object[u"reply_to"_s] = QString::fromLatin1(toText(*message.quoted));
  object[u"edited"_s] = message.editedAt.has_value();
  object[u"deleted"_s] = message.isDeleted;
  QJsonArray reactions;
  for (const model::MessageReaction &reaction : message.reactions) {
    QJsonObject one;
    one[u"user"_s] = QString::fromLatin1(toText(reaction.user));
    one[u"emoji"_s] = reaction.emoji;
    reactions.append(one);
  }
  object[u"reactions"_s] = reactions;
  return object;
}

Async<> printMessage(CliSession &cli, model::Message message, const char *type) {
  const bool isOwn = message.sender.user == cli.account().account.self.user;
  const auto sender = co_await cli.nameOf(message.sender.user);
  if (!sender) co_return tl::unexpected(sender.error());
  cli.output().say(messageLine(message, *sender, isOwn, cli.clock().wallNow()));
  cli.output().event(type, messageObject(message, *sender, isOwn));
  co_return Result<>();
}

}  // namespace gx::cli
