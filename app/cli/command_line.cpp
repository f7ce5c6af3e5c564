// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/command_line.h"

#include <array>
#include <variant>

namespace gx::cli {

using namespace Qt::StringLiterals;

namespace {

using Target = std::variant<QString CommandLine::*, bool CommandLine::*, int CommandLine::*>;

struct Option {
  const char *name;
  Target target;
};

constexpr std::array kOptions{
    Option{"profile", &CommandLine::profile},
    Option{"relay", &CommandLine::relay},
    Option{"ca-file", &CommandLine::caFile},
    Option{"proxy", &CommandLine::proxy},
    Option{"passphrase-file", &CommandLine::passphraseFile},
    Option{"login-file", &CommandLine::loginFile},
    Option{"device-name", &CommandLine::deviceName},
    Option{"invite", &CommandLine::invite},
    Option{"transport", &CommandLine::transport},
    Option{"digits", &CommandLine::digits},
    Option{"limit", &CommandLine::limit},
    Option{"json", &CommandLine::json},
    Option{"yes", &CommandLine::yes},
    Option{"everyone", &CommandLine::everyone},
    Option{"new-identity", &CommandLine::newIdentity},
    Option{"no-wait", &CommandLine::noWait},
    Option{"help", &CommandLine::help},
    Option{"version", &CommandLine::version},
};

tl::unexpected<Error> usage(const QString &words) {
  return fail(ErrorKind::Invalid, words.toUtf8(), "usage");
}

const Option *findOption(QStringView name) {
  for (const Option &option : kOptions)
    if (name == QLatin1String(option.name)) return &option;
  return nullptr;
}

Result<> setValue(CommandLine &line, const Option &option, const QString &value) {
  if (const auto *text = std::get_if<QString CommandLine::*>(&option.target)) {
    line.*(*text) = value;
    return {};
  }
  bool isNumber = false;
  const int number = value.toInt(&isNumber);
  if (!isNumber || number < 1 || number > 10'000)
    return usage(u"--%1 takes a number from 1 to 10000"_s.arg(QLatin1String(option.name)));
  line.*(*std::get_if<int CommandLine::*>(&option.target)) = number;
  return {};
}

// Takes the option at `at` and its value; returns how many words it took.
Result<qsizetype> takeOption(CommandLine &line, const QStringList &words, qsizetype at) {
  const QString word = words[at].mid(2);
  const QString name = word.section(u'=', 0, 0);
  const Option *option = findOption(name);
  if (!option) return usage(u"unknown option --%1"_s.arg(name));
  const bool hasValue = word.contains(u'=');
  if (const auto *flag = std::get_if<bool CommandLine::*>(&option->target)) {
    if (hasValue) return usage(u"--%1 takes no value"_s.arg(name));
    line.*(*flag) = true;
    return 1;
  }
  if (!hasValue && at + 1 >= words.size()) return usage(u"--%1 needs a value"_s.arg(name));
  const auto set = setValue(line, *option, hasValue ? word.section(u'=', 1) : words[at + 1]);
  if (!set) return tl::unexpected(set.error());
  return hasValue ? 1 : 2;
}

}  // namespace

Result<CommandLine> parseCommandLine(const QStringList &words) {
  CommandLine line;
  bool takesOptions = true;
  for (qsizetype at = 0; at < words.size();) {
    const QString &word = words[at];
    if (takesOptions && word == "--"_L1) {
      takesOptions = false;
      ++at;
    } else if (takesOptions && word.startsWith("--"_L1)) {
      const auto taken = takeOption(line, words, at);
      if (!taken) return tl::unexpected(taken.error());
      at += *taken;
    } else if (takesOptions && word == "-h"_L1) {
      line.help = true;
      ++at;
    } else {
      if (line.verb.isEmpty())
        line.verb = word;
      else
        line.arguments.append(word);
      ++at;
    }
  }
  if (!line.transport.isEmpty() && line.transport != "polling"_L1 && line.transport != "websocket"_L1)
    return usage(u"--transport is polling or websocket"_s);
  return line;
}

}  // namespace gx::cli
