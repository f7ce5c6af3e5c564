// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/conversation_verbs.h"

#include <QJsonArray>

#include "app/cli/message_lines.h"
#include "ui/text/error_text.h"
#include "ui/text/message_text.h"

namespace gx::cli {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// New mail first where the relay can be reached; what is here otherwise, with a word about it.
Async<> fetchNew(CliSession &cli) {
  const auto online = co_await cli.connectAccount();
  if (!online && !isTransient(online.error().kind)) co_return tl::unexpected(online.error());
  const bool isCaughtUp = co_await cli.catchUp();
  if (!isCaughtUp)
    cli.output().note(u"Offline: this is what is here already. "_s +
                      text::errorLine(cli.session().connection().reason()));
  co_return Result<>();
}

QString titleOf(const vault::ConversationRow &row) {
  QStringList names;
  for (const model::Contact &person : row.others) names.append(text::harmless(person.account));
  return names.isEmpty() ? row.conversation.title : names.join(u", "_s);
}

void printRow(Output &output, const vault::ConversationRow &row) {
  const QString unread =
      row.conversation.unread > 0 ? u"  ("_s + QString::number(row.conversation.unread) + u" new)"_s : u""_s;
  const QString preview = row.preview ? u"  "_s + text::previewText(row.preview->message, 60) : u""_s;
  output.say(output.bold(titleOf(row)) + unread + output.dim(preview));
  QJsonObject members;
  members[u"conversation_id"_s] = QString::fromLatin1(toText(row.conversation.id));
  QJsonArray with;
  for (const model::Contact &person : row.others) with.append(person.account);
  members[u"with"_s] = with;
  members[u"unread"_s] = row.conversation.unread;
  if (row.preview) members[u"preview"_s] = text::previewText(row.preview->message);
  output.event("conversation", members);
}

Async<UserId> otherIn(CliSession &cli, QString who) {
  const auto conversation = co_await cli.conversationWith(who);
  if (!conversation) co_return tl::unexpected(conversation.error());
  const auto row = co_await cli.profile().vault().archive().conversation(*conversation);
  if (!row) co_return tl::unexpected(row.error());
  if (!row->has_value() || (*row)->others.empty()) co_return fail(ErrorKind::NotFound, "nobody there", "not_found");
  co_return (*row)->others.front().user;
}

const char *trustName(model::Trust trust) {
  switch (trust) {
    case model::Trust::Unverified:
      return "unverified";
    case model::Trust::Verified:
      return "verified";
    case model::Trust::Broken:
      return "broken";
  }
  return "unverified";
}

QString trustWords(model::Trust trust, const std::optional<Error> &alarm) {
  if (alarm) return text::errorLine(*alarm) + u" Then: safety WHO accept"_s;
  switch (trust) {
    case model::Trust::Unverified:
      return u"Not compared yet. Read it to each other, then: safety WHO verify"_s;
    case model::Trust::Verified:
      return u"You compared it: verified."_s;
    case model::Trust::Broken:
      break;  // has its alarm
  }
  return {};
}

Async<> decide(CliSession &cli, UserId user, QString decision) {
  if (decision == "verify"_L1) return cli.session().safety().markVerified(user, true);
  if (decision == "unverify"_L1) return cli.session().safety().markVerified(user, false);
  return cli.session().safety().acceptNewRoot(user);
}

// The newest lines, oldest first, as many as --limit says; the vault gives them a page at a time.
Async<std::vector<vault::ArchivedMessage>> newestLines(CliSession &cli, ConversationId conversation) {
  std::vector<vault::ArchivedMessage> lines;
  const int wanted = cli.line().limit;
  bool hasMore = true;
  while (hasMore && static_cast<int>(lines.size()) < wanted) {
    vault::PageRequest request;
    request.limit = wanted - static_cast<int>(lines.size());
    if (!lines.empty()) request.before = lines.front().key;
    const auto page = co_await cli.session().conversations().history(conversation, request);
    if (!page) co_return tl::unexpected(page.error());
    lines.insert(lines.begin(), page->messages.begin(), page->messages.end());
    hasMore = page->hasMore;
  }
  co_return lines;
}

}  // namespace

Async<ExitCode> runConversations(CliSession &cli) {
  const auto opened = co_await cli.open(false);
  if (!opened) co_return tl::unexpected(opened.error());
  const auto fetched = co_await fetchNew(cli);
  if (!fetched) co_return tl::unexpected(fetched.error());
  const auto rows = co_await cli.session().conversations().list();
  if (!rows) co_return tl::unexpected(rows.error());
  for (const vault::ConversationRow &row : *rows) printRow(cli.output(), row);
  if (rows->empty()) cli.output().note(u"No conversation yet. Begin one: gx-cli send bob@example.org \"hello\""_s);
  co_await cli.flush(5s);
  co_return kOk;
}

Async<ExitCode> runHistory(CliSession &cli) {
  const auto opened = co_await cli.open(false);
  if (!opened) co_return tl::unexpected(opened.error());
  const auto fetched = co_await fetchNew(cli);
  if (!fetched) co_return tl::unexpected(fetched.error());
  const auto conversation = co_await cli.conversationWith(cli.line().arguments[0]);
  if (!conversation) co_return tl::unexpected(conversation.error());
  const auto lines = co_await newestLines(cli, *conversation);
  if (!lines) co_return tl::unexpected(lines.error());
  for (const vault::ArchivedMessage &line : *lines) {
    const auto printed = co_await printMessage(cli, line.message, "history");
    if (!printed) co_return tl::unexpected(printed.error());
  }
  if (lines->empty()) cli.output().note(u"Nothing was said here yet."_s);
  if (!lines->empty()) {
    const auto read = co_await cli.session().conversations().markRead(*conversation, lines->back().key);
    if (!read) co_return tl::unexpected(read.error());
  }
  co_await cli.flush(10s);
  co_return kOk;
}

Async<ExitCode> runSafety(CliSession &cli) {
  const QString decision = cli.line().arguments.value(1);
  if (!decision.isEmpty() && decision != "verify"_L1 && decision != "unverify"_L1 && decision != "accept"_L1)
    co_return fail(ErrorKind::Invalid, "safety WHO verify, unverify or accept", "usage");
  const auto opened = co_await cli.open(false);
  if (!opened) co_return tl::unexpected(opened.error());
  const auto fetched = co_await fetchNew(cli);
  if (!fetched) co_return tl::unexpected(fetched.error());
  const auto user = co_await otherIn(cli, cli.line().arguments[0]);
  if (!user) co_return tl::unexpected(user.error());
  if (!decision.isEmpty()) {
    const auto decided = co_await decide(cli, *user, decision);
    if (!decided) co_return tl::unexpected(decided.error());
  }
  const auto number = co_await cli.session().safety().number(*user);
  if (!number) co_return tl::unexpected(number.error());
  const auto trust = co_await cli.session().safety().trust(*user);
  if (!trust) co_return tl::unexpected(trust.error());
  const auto alarm = co_await cli.session().safety().alarm(*user);
  if (!alarm) co_return tl::unexpected(alarm.error());
  cli.output().say(text::safetyNumberText(*number));
  cli.output().say(trustWords(*trust, *alarm));
  QJsonObject members;
  members[u"digits"_s] = number->digits;
  members[u"trust"_s] = QLatin1String(trustName(*trust));
  if (alarm->has_value()) members[u"reason"_s] = QString::fromUtf8((*alarm)->code);
  cli.output().event("safety", members);
  co_await cli.flush(10s);
  co_return kOk;
}

}  // namespace gx::cli
