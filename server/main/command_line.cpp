// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/main/command_line.h"

#include <algorithm>
#include <array>

namespace gx::server {

namespace {

using Verb = CommandLine::Verb;

struct Option {
  const char *name;
  const char *setting;  // which it sets; null: read by parse() itself
  bool takesValue;
};

constexpr std::array kOptions{
    Option{"--config", nullptr, true},
    Option{"--print-sql", nullptr, false},
    Option{"--demo", "demo", false},
    Option{"--data", "data", true},
    Option{"--listen", "listen", true},
    Option{"--ops-listen", "ops_listen", true},
    Option{"--test-accounts", "test_accounts", true},
};

Result<Verb> verbOf(const QList<QByteArray> &words) {
  const QByteArray all = words.join(' ');
  if (all == "serve") return Verb::Serve;
  if (all == "migrate") return Verb::Migrate;
  if (all == "config print") return Verb::PrintConfig;
  if (all == "doctor") return Verb::Doctor;
  if (all.isEmpty()) return fail(ErrorKind::Invalid, "say what to do: serve, migrate, config print or doctor");
  return fail(ErrorKind::Invalid, "unknown command: " + all);
}

// Takes the option at `index`, and its value behind it or after '='.
Result<> takeOption(const QList<QByteArray> &arguments, qsizetype &index, CommandLine &line) {
  const QByteArray argument = arguments.at(index);
  const qsizetype equals = argument.indexOf('=');
  const QByteArray name = equals < 0 ? argument : argument.first(equals);
  const auto option = std::ranges::find_if(kOptions, [&](const Option &known) { return name == known.name; });
  if (option == kOptions.end()) return fail(ErrorKind::Invalid, "unknown option: " + name);
  if (!option->takesValue && equals >= 0) return fail(ErrorKind::Invalid, name + " takes no value");
  QByteArray value = equals < 0 ? QByteArray("yes") : argument.sliced(equals + 1);
  if (option->takesValue && equals < 0) {
    if (index + 1 >= arguments.size()) return fail(ErrorKind::Invalid, name + " needs a value");
    value = arguments.at(++index);
  }
  if (option->setting != nullptr)
    line.settings.append({option->setting, value});
  else if (option->takesValue)
    line.configFile = QString::fromLocal8Bit(value);
  else
    line.printsSql = true;
  return {};
}

}  // namespace

Result<CommandLine> CommandLine::parse(const QList<QByteArray> &arguments) {
  CommandLine line;
  QList<QByteArray> words;
  for (qsizetype index = 0; index < arguments.size(); ++index) {
    const QByteArray &argument = arguments.at(index);
    if (argument == "--help" || argument == "-h") return CommandLine{.verb = Verb::Help};
    if (argument == "--version") return CommandLine{.verb = Verb::Version};
    if (!argument.startsWith('-')) {
      words.append(argument);
      continue;
    }
    if (const Result<> taken = takeOption(arguments, index, line); !taken) return fail(taken.error());
  }
  const Result<Verb> verb = verbOf(words);
  if (!verb) return fail(verb.error());
  line.verb = *verb;
  if (line.printsSql && line.verb != Verb::Migrate) return fail(ErrorKind::Invalid, "--print-sql belongs to migrate");
  return line;
}

QByteArray CommandLine::help() {
  return "usage: gx-relay COMMAND [OPTION]…\n"
         "\n"
         "  serve             serve until SIGTERM; prints `ready api=… ops=…` when it does\n"
         "  migrate           bring the store to this program's schema (serve does so by itself)\n"
         "    --print-sql     print the schema as SQL instead\n"
         "  config print      the configuration in effect, secrets left out\n"
         "  doctor            check configuration, store and ports; exits 1 when a check fails\n"
         "\n"
         "  --config FILE           settings, `name = value` a line; see config print\n"
         "  --data DIR              folder of the embedded stores\n"
         "  --listen ADDR:PORT      REST and realtime (127.0.0.1:3007; port 0: a free one)\n"
         "  --ops-listen ADDR:PORT  health, metrics, status page (127.0.0.1:3008)\n"
         "  --demo                  public test accounts alice, bob, carol and dave @gxcoin.test, password "
         "TestPass123\n"
         "  --test-accounts FILE    further test accounts, JSON: {\"accounts\":[{\"account\":…,\"password\":…}…]}\n"
         "  --version, --help\n"
         "\n"
         "Every setting may come from the environment too: GX_LISTEN, GX_REGISTRATION …\n"
         "Exit codes: 0 done, 1 failed, 2 wrong use or configuration, 3 another process uses the store.\n";
}

}  // namespace gx::server
