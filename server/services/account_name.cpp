// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/account_name.h"

#include <QList>
#include <algorithm>

namespace gx::server::services {

namespace {

constexpr qsizetype kLongestName = 254;
constexpr qsizetype kLongestLocal = 64;
constexpr qsizetype kLongestLabel = 63;

bool isLowerOrDigit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// Dots neither at an end nor side by side.
bool isLocalPart(QByteArrayView text) {
  if (text.isEmpty() || text.size() > kLongestLocal) return false;
  if (text.front() == '.' || text.back() == '.' || text.toByteArray().contains("..")) return false;
  return std::ranges::all_of(text, [](char c) { return isLowerOrDigit(c) || QByteArrayView("._+-").contains(c); });
}

bool isLabel(const QByteArray &text) {
  if (text.isEmpty() || text.size() > kLongestLabel || text.startsWith('-') || text.endsWith('-')) return false;
  return std::ranges::all_of(text, [](char c) { return isLowerOrDigit(c) || c == '-'; });
}

}  // namespace

Result<QByteArray> accountName(QByteArrayView text) {
  const auto refuse = [] { return fail(ErrorKind::Invalid, "not a lower-case e-mail address", "invalid_account"); };
  const qsizetype at = text.indexOf('@');
  if (text.size() > kLongestName || at < 0 || !isLocalPart(text.first(at))) return refuse();
  const QList<QByteArray> labels = text.sliced(at + 1).toByteArray().split('.');
  if (labels.size() < 2 || !std::ranges::all_of(labels, isLabel)) return refuse();
  return text.toByteArray();
}

}  // namespace gx::server::services
