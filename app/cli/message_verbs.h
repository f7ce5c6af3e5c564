// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "app/cli/cli_session.h"
#include "app/cli/exit_code.h"

namespace gx::cli {

// send, reply, edit, delete, react: journal first, then wait ten seconds for the relay's word.
[[nodiscard]] Async<ExitCode> runSend(CliSession &cli);
[[nodiscard]] Async<ExitCode> runReply(CliSession &cli);
[[nodiscard]] Async<ExitCode> runEdit(CliSession &cli);
[[nodiscard]] Async<ExitCode> runDelete(CliSession &cli);
[[nodiscard]] Async<ExitCode> runReact(CliSession &cli);

// What a verb's words mean as content; shared with the commands of `listen --json`. `words` are WHO's arguments: for
// reply ID TEXT.
enum class MessageVerb { Send, Reply, Edit, Delete, React };
[[nodiscard]] Async<model::Content> contentOf(CliSession &cli, MessageVerb verb, ConversationId conversation,
                                              QStringList words);

}  // namespace gx::cli
