// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/digit_check.h"

#include <unistd.h>

#include "app/cli/prompt.h"

namespace gx::cli {

using namespace Qt::StringLiterals;

QString spacedDigits(const QByteArray &digits) {
  return QString::fromLatin1(digits.left(3)) + u' ' + QString::fromLatin1(digits.mid(3));
}

QByteArray typedDigits(const CommandLine &line) {
  return QString(line.digits).remove(u' ').toLatin1();
}

DigitCheck checkDigits(const CliSession &cli, const QByteArray &digits) {
  const QByteArray typed = typedDigits(cli.line());
  if (!typed.isEmpty()) return typed == digits ? DigitCheck::Same : DigitCheck::Different;
  // A yes out of a pipe has compared nothing.
  if (isatty(STDIN_FILENO) != 1 || !hasTerminal()) return DigitCheck::NobodyToAsk;
  const bool isSame = confirm(u"Do both devices show  "_s + spacedDigits(digits) + u"  ?"_s);
  return isSame ? DigitCheck::Same : DigitCheck::Different;
}

Error digitsUnconfirmed() {
  return Error{ErrorKind::Unavailable, "nobody was there to compare the digits", "digits_unconfirmed"};
}

}  // namespace gx::cli
