// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/verbs.h"

#include <algorithm>
#include <array>

namespace gx::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kVerbs{
    VerbInfo{"register", "", 0, 0, "make an account (--login-file) and sign in"},
    VerbInfo{"login", "", 0, 0, "sign in (--login-file); a further device shows digits and waits for approval"},
    VerbInfo{"logout", "", 0, 0, "remove this device from the account and erase the profile"},
    VerbInfo{"whoami", "", 0, 0, "account, device, relay, and which slot opened the profile"},
    VerbInfo{"send", "WHO TEXT", 2, 2, "send a message; TEXT - reads standard input"},
    VerbInfo{"reply", "WHO ID TEXT", 3, 3, "answer a message"},
    VerbInfo{"edit", "WHO ID TEXT", 3, 3, "change a message of one's own"},
    VerbInfo{"delete", "WHO ID", 2, 2, "remove a message here, with --everyone for all"},
    VerbInfo{"react", "WHO ID EMOJI", 3, 3, "react to a message; the same emoji again takes it back"},
    VerbInfo{"listen", "", 0, 0, "receive and print until stopped; with --json takes commands on standard input"},
    VerbInfo{"conversations", "", 0, 0, "list conversations"},
    VerbInfo{"history", "WHO", 1, 1, "print the newest messages (--limit) and mark them read"},
    VerbInfo{"chat", "WHO", 1, 1, "talk in this terminal; /help inside"},
    VerbInfo{"safety", "WHO [verify|unverify|accept]", 1, 2, "safety number; what you decided about it"},
    VerbInfo{"devices", "[approve ID|refuse ID|remove ID]", 0, 2, "devices of this account"},
    VerbInfo{"check", "", 0, 0, "walk the way to the relay, step by step"},
};

constexpr char kOptionsHelp[] =
    "Options may stand anywhere; -- ends them.\n"
    "  --profile DIR           the profile folder (needed by all verbs but check)\n"
    "  --relay URL             relay, or environment: mainnet, local; kept in the profile\n"
    "  --login-file FILE       {\"account\":\"…\",\"password\":\"…\"}, mode 0600\n"
    "  --json                  one JSON object a line\n"
    "  --passphrase-file FILE  protects the profile with a passphrase, mode 0600\n"
    "  --ca-file FILE          trust this CA besides the system's; kept in the profile\n"
    "  --proxy P               system, none, http://host:port, socks5://host:port; kept in the profile\n"
    "  --transport T           polling or websocket alone\n"
    "  --device-name NAME      how this device is called in the account's list\n"
    "  --invite CODE           register with an invite\n"
    "  --new-identity          login: start a new device list; removes the account's other devices\n"
    "  --no-wait               login: do not wait for approval\n"
    "  --digits N              login, devices approve: the six digits that the other device shows; without a\n"
    "                          terminal run it once to see the digits, compare, then again with them\n"
    "  --limit N               history: how many messages\n"
    "  --everyone              delete: for all\n"
    "  --yes                   do not ask\n"
    "  --version, --help\n";

constexpr char kExitHelp[] =
    "Exit codes\n"
    "  0 done   1 failed   2 wrong words   3 queued: safe here, leaves with the next command\n"
    "  4 profile in use   5 not signed in   6 refused   7 relay not reached\n"
    "  8 waits for approval, or for --digits   9 profile cannot be opened\n"
    "  10 the digits differ: nothing was taken over, the new device is dropped\n";

}  // namespace

std::span<const VerbInfo> allVerbs() {
  return kVerbs;
}

const VerbInfo *findVerb(const QString &name) {
  const auto found = std::find_if(kVerbs.begin(), kVerbs.end(),
                                  [&](const VerbInfo &verb) { return name == QLatin1String(verb.name); });
  return found == kVerbs.end() ? nullptr : &*found;
}

QString helpText() {
  QString text = u"gx-cli: private messages from a terminal or a script.\n\nusage: gx-cli --profile DIR VERB …\n\n"_s;
  for (const VerbInfo &verb : kVerbs) {
    const QString words = QLatin1String(verb.name) + u' ' + QLatin1String(verb.arguments);
    text += u"  "_s + words.trimmed().leftJustified(40) + QString::fromUtf8(verb.help) + u'\n';
  }
  text += u"\nWHO is an account name (bob@gxcoin.test); ID is what history shows behind #.\n\n"_s;
  return text + QString::fromUtf8(kOptionsHelp) + u'\n' + QString::fromUtf8(kExitHelp);
}

}  // namespace gx::cli
