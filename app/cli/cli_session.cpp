// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/cli_session.h"

#include <algorithm>

#include "app/cli/prompt.h"

namespace gx::cli {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = messenger::Connection::State;

namespace {

constexpr std::chrono::milliseconds kCatchUpTime = 30s;
constexpr int kLinesAtOnce = 500;  // of those among which an id's end is looked for, the newest first
constexpr qsizetype kLeastIdEnd = 4;

}  // namespace

CliSession::CliSession(CommandLine line, Output &output, Clock &clock, Random &random)
    : m_line(std::move(line)), m_output(output), m_clock(clock), m_random(random), m_pause(clock) {}

app::ProfileOptions CliSession::profileOptions(bool mayCreate) const {
  app::ProfileOptions options;
  options.folder = m_line.profile;
  options.mayCreate = mayCreate;
  options.relay = {m_line.relay, m_line.caFile, m_line.proxy};
  options.slots_.mayMakeKeyFile = true;
  options.slots_.passphraseFile = m_line.passphraseFile;
  if (hasTerminal()) {
    options.slots_.askPassphrase = askPassphrase;
    options.slots_.askRecoveryCode = [] { return askLine(u"Recovery code of this profile:"_s); };
  }
  if (m_line.transport == "polling"_L1) options.transport = net::TransportMode::PollingOnly;
  if (m_line.transport == "websocket"_L1) options.transport = net::TransportMode::WebSocketOnly;
  return options;
}

Async<> CliSession::open(bool mayCreate) {
  auto profile = co_await app::Profile::open(profileOptions(mayCreate), m_clock, m_random);
  if (!profile) co_return tl::unexpected(profile.error());
  m_profile = std::move(*profile);
  if (m_profile->isNew() && m_profile->openedBy() == secrets::SlotKind::KeyFile)
    m_output.note(
        u"No keychain answers and no passphrase was given: the key of this profile lies beside it in the file 'key'. "
        u"Whoever can read the folder can read the messages."_s);
  wakeOnSignals();
  co_return co_await loadAccount();
}

Async<> CliSession::connectAccount() {
  const auto known = co_await loadAccount();
  if (!known) co_return tl::unexpected(known.error());
  if (m_account.account.name.isEmpty()) co_return fail(ErrorKind::Unauthorized, "not signed in", "not_signed_in");
  const auto restored = co_await session().restore();
  if (!restored) co_return tl::unexpected(restored.error());
  co_return co_await session().start();
}

QCoro::Task<bool> CliSession::catchUp() {
  const std::function<bool()> done = [this] {
    const State state = session().connection().state();
    return session().inbox().isCaughtUp() || state == State::Waiting || state == State::Stopped;
  };
  static_cast<void>(co_await waitUntil(done, kCatchUpTime));
  co_return session().inbox().isCaughtUp();
}

QCoro::Task<> CliSession::flush(std::chrono::milliseconds limit) {
  const SteadyTime end = m_clock.steadyNow() + limit;
  while (m_clock.steadyNow() < end && session().connection().isOnline()) {
    const auto work = co_await m_profile->vault().outbox().work();
    const auto isStuck = [this](const ConversationId &each) { return session().outbox().awaitsDecision(each); };
    const bool isDone = !work || (std::all_of(work->ready.begin(), work->ready.end(), isStuck) && !work->nextReceiptIn);
    if (isDone) co_return;
    static_cast<void>(co_await m_pause.wait(100ms));
  }
}

QCoro::Task<> CliSession::close() {
  if (m_profile) co_await m_profile->close();
  m_profile.reset();
}

QCoro::Task<bool> CliSession::waitUntil(std::function<bool()> done, std::chrono::milliseconds limit) {
  const SteadyTime end = m_clock.steadyNow() + limit;
  while (!done()) {
    const auto left = end - m_clock.steadyNow();
    if (left <= 0ms) co_return false;
    static_cast<void>(co_await m_pause.wait(left));
  }
  co_return true;
}

void CliSession::wake() {
  m_clock.callAfter(0ms, this, [this] { m_pause.wake(); });
}

Async<ConversationId> CliSession::conversationWith(QString who) {
  return session().conversations().with(who.trimmed().toLower());
}

Async<vault::ArchivedMessage> CliSession::messageBy(ConversationId conversation, QString id) {
  QByteArray wanted = id.trimmed().toLower().toLatin1();
  if (wanted.startsWith('#')) wanted.remove(0, 1);
  std::optional<vault::ArchivedMessage> found;
  vault::PageRequest request;
  request.limit = kLinesAtOnce;
  bool hasMore = wanted.size() >= kLeastIdEnd;
  while (hasMore && !found) {
    const auto page = co_await session().conversations().history(conversation, request);
    if (!page) co_return tl::unexpected(page.error());
    for (const vault::ArchivedMessage &line : page->messages) {
      if (!toText(line.message.id).endsWith(wanted)) continue;
      if (found)
        co_return fail(ErrorKind::Conflict, "this id stands for several messages: write more of it", "ambiguous_id");
      found = line;
    }
    hasMore = page->hasMore && !page->messages.empty();
    if (hasMore) request.before = page->messages.front().key;
  }
  if (!found) co_return fail(ErrorKind::NotFound, "no such message", "not_found");
  co_return *found;
}

Async<QString> CliSession::nameOf(UserId user) {
  if (user == m_account.account.self.user) co_return QString(m_account.account.name);  // rule C9
  const auto contact = co_await m_profile->vault().archive().contact(user);
  if (!contact) co_return tl::unexpected(contact.error());
  if (!contact->has_value()) co_return QString::fromLatin1(shortId(user));
  co_return (*contact)->displayName.isEmpty() ? (*contact)->account : (*contact)->displayName;
}

Async<> CliSession::loadAccount() {
  const auto record = co_await m_profile->vault().account().account();
  if (!record) co_return tl::unexpected(record.error());
  if (record->has_value()) m_account = **record;
  co_return Result<>();
}

void CliSession::wakeOnSignals() {
  using namespace messenger;
  connect(&session().connection(), &Connection::stateChanged, this, &CliSession::wake);
  connect(&session().inbox(), &Inbox::caughtUp, this, &CliSession::wake);
  connect(&session().outbox(), &Outbox::accepted, this, &CliSession::wake);
  connect(&session().outbox(), &Outbox::failed, this, &CliSession::wake);
  connect(&session().outbox(), &Outbox::delayed, this, &CliSession::wake);
  connect(&session().linking(), &Linking::offered, this, &CliSession::wake);
}

}  // namespace gx::cli
