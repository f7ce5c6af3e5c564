// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "ui/text/message_text.h"

#include <QCoreApplication>
#include <algorithm>

namespace gx::text {

using namespace Qt::StringLiterals;

namespace {

QString translate(const char *source) {
  return QCoreApplication::translate("MessageText", source);
}

bool isDangerous(char32_t c) {
  if (c == U'\n' || c == U'\t') return false;
  if (c < 0x20 || (c >= 0x7f && c < 0xa0)) return true;
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

QString bodyText(const model::Message &message) {
  if (message.isDeleted) return translate(QT_TRANSLATE_NOOP("MessageText", "message deleted"));
  switch (message.kind) {
    case model::MessageKind::Text:
      return harmless(message.text);
    case model::MessageKind::Unsupported:
      return translate(QT_TRANSLATE_NOOP("MessageText", "a message of a kind that needs a newer version"));
    case model::MessageKind::Waiting:
      return translate(
          QT_TRANSLATE_NOOP("MessageText", "waiting for this message; its sender was asked to send it again"));
  }
  return {};
}

QString previewText(const model::Message &message, qsizetype length) {
  const QString line = bodyText(message).simplified();
  return line.size() <= length ? line : line.left(length - 1) + u'…';
}

QString tickText(model::MessageState state) {
  switch (state) {
    case model::MessageState::Queued:
    case model::MessageState::Sending:
      return u"…"_s;
    case model::MessageState::Sent:
      return u"✓"_s;
    case model::MessageState::Delivered:
      return u"✓✓"_s;
    case model::MessageState::Read:
      return u"✓✓ "_s + translate(QT_TRANSLATE_NOOP("MessageText", "read"));
    case model::MessageState::Failed:
      return u"! "_s + translate(QT_TRANSLATE_NOOP("MessageText", "not sent"));
  }
  return {};
}

QString stateName(model::MessageState state) {
  switch (state) {
    case model::MessageState::Queued:
      return u"queued"_s;
    case model::MessageState::Sending:
      return u"sending"_s;
    case model::MessageState::Sent:
      return u"sent"_s;
    case model::MessageState::Delivered:
      return u"delivered"_s;
    case model::MessageState::Read:
      return u"read"_s;
    case model::MessageState::Failed:
      return u"failed"_s;
  }
  return {};
}

QString reactionText(const std::vector<model::MessageReaction> &reactions) {
  QList<std::pair<QString, int>> counts;
  for (const model::MessageReaction &reaction : reactions) {
    const auto known =
        std::find_if(counts.begin(), counts.end(), [&](const auto &c) { return c.first == reaction.emoji; });
    if (known == counts.end())
      counts.append({reaction.emoji, 1});
    else
      ++known->second;
  }
  QStringList words;
  for (const auto &[emoji, count] : counts)
    words.append(count == 1 ? harmless(emoji) : harmless(emoji) + u' ' + QString::number(count));
  return words.join(u' ');
}

QString safetyNumberText(const model::SafetyNumber &number) {
  QStringList lines;
  for (qsizetype line = 0; line < number.digits.size(); line += 20) {
    QStringList groups;
    for (qsizetype at = line; at < std::min<qsizetype>(line + 20, number.digits.size()); at += 5)
      groups.append(number.digits.mid(at, 5));
    lines.append(groups.join(u' '));
  }
  return lines.join(u'\n');
}

QString harmless(const QString &text) {
  QString out;
  out.reserve(text.size());
  for (const char32_t c : text.toUcs4()) {
    if (isDangerous(c))
      out += u"\\u{"_s + QString::number(c, 16).toUpper() + u'}';
    else
      out += QString::fromUcs4(&c, 1);
  }
  return out;
}

}  // namespace gx::text
