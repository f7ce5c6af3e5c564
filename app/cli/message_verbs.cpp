// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/message_verbs.h"

#include <QFile>
#include <QStringDecoder>
#include <algorithm>
#include <map>
#include <memory>
#include <optional>

#include "app/cli/message_lines.h"
#include "ui/text/message_text.h"

namespace gx::cli {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds kAcceptTime = 10s;
constexpr qint64 kMaxInput = 64 * 1024 + 1;

// "-" stands for standard input, whose last line break does not count.
Result<QString> typedText(const QString &word) {
  if (word != "-"_L1) return word;
  QFile input;
  if (!input.open(stdin, QIODevice::ReadOnly)) return fail(ErrorKind::Storage, "standard input cannot be read");
  QByteArray text;
  while (text.size() < kMaxInput) {
    const QByteArray part = input.read(kMaxInput - text.size());
    if (part.isEmpty()) break;
    text += part;
  }
  if (text.size() >= kMaxInput) return fail(ErrorKind::TooLarge, "a text has at most 64 KiB", "too_large");
  if (text.endsWith('\n')) text.chop(1);
  QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
  const QString decoded = decoder(text);
  if (decoder.hasError()) return fail(ErrorKind::Invalid, "standard input is not UTF-8 text", "not_utf8");
  return decoded;
}

// The words behind WHO. Only the command line's "-" is standard input: in a chat and in commands it is a text.
Result<QStringList> typedWords(MessageVerb verb, QStringList words) {
  const qsizetype at = verb == MessageVerb::Send ? 0 : 1;
  if (verb == MessageVerb::React || verb == MessageVerb::Delete || words.size() <= at) return words;
  const auto text = typedText(words[at]);
  if (!text) return fail(text.error());
  words[at] = *text;
  return words;
}

// What became of one item of the outbox, as its signals tell.
struct Fate {
  bool isAccepted = false;
  std::optional<Error> failure{};
  std::optional<Error> delay{};
};

void watch(CliSession &cli, std::shared_ptr<std::map<ClientMessageId, Fate>> fates) {
  messenger::Outbox &outbox = cli.session().outbox();
  QObject::connect(&outbox, &messenger::Outbox::accepted, &cli,
                   [fates](const ClientMessageId &id) { (*fates)[id].isAccepted = true; });
  QObject::connect(&outbox, &messenger::Outbox::failed, &cli,
                   [fates](const ClientMessageId &id, const Error &reason) { (*fates)[id].failure = reason; });
  QObject::connect(&outbox, &messenger::Outbox::delayed, &cli,
                   [fates](const ClientMessageId &id, const Error &reason) { (*fates)[id].delay = reason; });
}

ExitCode tellFate(CliSession &cli, const ClientMessageId &id, const Fate &fate) {
  QJsonObject members;
  members[u"id"_s] = QString::fromLatin1(toText(id));
  if (fate.isAccepted) {
    cli.output().say(u'#' + shownId(id) + u' ' + text::tickText(model::MessageState::Sent));
    cli.output().event("sent", members);
    return kOk;
  }
  if (fate.failure) {
    cli.output().problem(*fate.failure);
    cli.output().event("failed", members);
    return kFailed;
  }
  if (fate.delay)
    cli.output().problem(*fate.delay);
  else if (!cli.session().connection().isOnline())
    cli.output().problem(cli.session().connection().reason());
  cli.output().say(u'#' + shownId(id) + u" queued: it is safe here and leaves with the next command."_s);
  cli.output().event("queued", members);
  return kQueued;
}

Async<ExitCode> deliver(CliSession &cli, ConversationId conversation, model::Content content) {
  auto fates = std::make_shared<std::map<ClientMessageId, Fate>>();
  watch(cli, fates);
  const auto change = co_await cli.session().outbox().send(conversation, std::move(content));
  if (!change) co_return tl::unexpected(change.error());
  const ClientMessageId id = change->id;
  const std::function<bool()> decided = [fates, id] {
    const auto known = fates->find(id);
    if (known == fates->end()) return false;
    const Fate &fate = known->second;
    const bool waitsForTheUser = fate.delay && fate.delay->kind == ErrorKind::Untrusted;
    return fate.isAccepted || fate.failure || waitsForTheUser;
  };
  static_cast<void>(co_await cli.waitUntil(decided, kAcceptTime));
  co_return tellFate(cli, id, (*fates)[id]);
}

Async<ExitCode> runMessageVerb(CliSession &cli, MessageVerb verb) {
  const auto opened = co_await cli.open(false);
  if (!opened) co_return tl::unexpected(opened.error());
  const auto online = co_await cli.connectAccount();
  if (!online) co_return tl::unexpected(online.error());
  const QStringList words = cli.line().arguments;
  const auto conversation = co_await cli.conversationWith(words[0]);
  if (!conversation) co_return tl::unexpected(conversation.error());
  const auto typed = typedWords(verb, words.mid(1));
  if (!typed) co_return tl::unexpected(typed.error());
  auto content = co_await contentOf(cli, verb, *conversation, *typed);
  if (!content) co_return tl::unexpected(content.error());
  co_return co_await deliver(cli, *conversation, std::move(*content));
}

Async<model::Content> reactionTo(CliSession &cli, vault::ArchivedMessage target, QString emoji) {
  model::Reaction reaction;
  reaction.target = target.message.id;
  reaction.targetUser = target.message.sender.user;
  reaction.emoji = emoji;
  const UserId self = cli.account().account.self.user;
  const auto &present = target.message.reactions;
  reaction.isRemoved =
      std::any_of(present.begin(), present.end(), [&](const auto &r) { return r.user == self && r.emoji == emoji; });
  model::Content content = reaction;
  co_return content;
}

}  // namespace

Async<model::Content> contentOf(CliSession &cli, MessageVerb verb, ConversationId conversation, QStringList words) {
  model::Content content;
  if (verb == MessageVerb::Send) {
    content = model::Text{words.value(0)};
    co_return content;
  }
  const auto target = co_await cli.messageBy(conversation, words.value(0));
  if (!target) co_return tl::unexpected(target.error());
  if (verb == MessageVerb::React) co_return co_await reactionTo(cli, *target, words.value(1));
  if (verb == MessageVerb::Delete) {
    content = model::Deletion{target->message.id};
    co_return content;
  }
  const QString text = words.value(1);
  if (verb == MessageVerb::Edit)
    content = model::Edit{target->message.id, text};
  else
    content = model::Reply{text, target->message.id, target->message.sender.user, text::previewText(target->message)};
  co_return content;
}

Async<ExitCode> runSend(CliSession &cli) {
  return runMessageVerb(cli, MessageVerb::Send);
}
Async<ExitCode> runReply(CliSession &cli) {
  return runMessageVerb(cli, MessageVerb::Reply);
}
Async<ExitCode> runEdit(CliSession &cli) {
  return runMessageVerb(cli, MessageVerb::Edit);
}
Async<ExitCode> runReact(CliSession &cli) {
  return runMessageVerb(cli, MessageVerb::React);
}

Async<ExitCode> runDelete(CliSession &cli) {
  if (cli.line().everyone) co_return co_await runMessageVerb(cli, MessageVerb::Delete);
  const auto opened = co_await cli.open(false);
  if (!opened) co_return tl::unexpected(opened.error());
  const auto conversation = co_await cli.conversationWith(cli.line().arguments[0]);
  if (!conversation) co_return tl::unexpected(conversation.error());
  const auto target = co_await cli.messageBy(*conversation, cli.line().arguments[1]);
  if (!target) co_return tl::unexpected(target.error());
  const auto removed = co_await cli.session().conversations().removeLocally(target->ref());
  if (!removed) co_return tl::unexpected(removed.error());
  cli.output().say(u"Removed here; others keep it (--everyone removes it for all)."_s);
  QJsonObject members;
  members[u"id"_s] = QString::fromLatin1(toText(target->message.id));
  cli.output().event("removed", members);
  co_return kOk;
}

}  // namespace gx::cli
