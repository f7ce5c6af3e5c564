// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <unistd.h>

#include <QSocketNotifier>

#include "app/cli/chat_screen.h"
#include "app/cli/line_source.h"
#include "app/cli/resize_signal.h"
#include "app/cli/stop_signal.h"

namespace gx::cli {

using namespace std::chrono_literals;

namespace {

void feedKeys(ChatScreen &screen) {
  char buffer[4096];
  const ssize_t got = read(STDIN_FILENO, buffer, sizeof buffer);
  if (got > 0)
    screen.takeBytes(QByteArray(buffer, got));
  else
    screen.stop();
}

Async<model::Contact> peerOf(CliSession &cli, ConversationId conversation) {
  const auto row = co_await cli.profile().vault().archive().conversation(conversation);
  if (!row) co_return tl::unexpected(row.error());
  if (!row->has_value() || (*row)->others.empty()) co_return fail(ErrorKind::NotFound, "nobody there", "not_found");
  co_return (*row)->others.front();
}

}  // namespace

Async<ExitCode> runChat(CliSession &cli) {
  StopSignal stopSignal;  // both before any thread starts
  ResizeSignal resizeSignal;
  const auto opened = co_await cli.open(false);
  if (!opened) co_return tl::unexpected(opened.error());
  const auto online = co_await cli.connectAccount();
  if (!online) co_return tl::unexpected(online.error());
  const auto conversation = co_await cli.conversationWith(cli.line().arguments[0]);
  if (!conversation) co_return tl::unexpected(conversation.error());
  auto peer = co_await peerOf(cli, *conversation);
  if (!peer) co_return tl::unexpected(peer.error());
  ChatScreen screen(cli, *conversation, std::move(*peer));
  QObject::connect(&stopSignal, &StopSignal::received, &screen, &ChatScreen::stop);
  QObject::connect(&resizeSignal, &ResizeSignal::received, &screen, &ChatScreen::resize);
  std::unique_ptr<LineSource> lines;
  std::unique_ptr<QSocketNotifier> keys;
  if (RawTerminal::isPossible() && !cli.output().isJson()) {
    keys = std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(keys.get(), &QSocketNotifier::activated, &screen, [&screen] { feedKeys(screen); });
  } else {
    lines = std::make_unique<LineSource>(STDIN_FILENO);
    QObject::connect(lines.get(), &LineSource::line, &screen, &ChatScreen::takeLine);
    QObject::connect(lines.get(), &LineSource::ended, &screen, &ChatScreen::stop);
  }
  co_await screen.run();
  keys.reset();
  co_await cli.flush(10s);
  co_return kOk;
}

}  // namespace gx::cli
