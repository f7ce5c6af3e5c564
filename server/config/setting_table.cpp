// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/config/setting_table.h"

#include <QList>
#include <algorithm>
#include <array>
#include <vector>

#include "server/config/listen_text.h"

namespace gx::server::config {

namespace {

constexpr std::array kSettings{
    Setting{"environment", SettingKind::Choice, "local",
            "the GX environment this relay serves; its stores are stamped with it", "local devnet testnet mainnet"},
    Setting{"demo", SettingKind::Flag, "no", "public test accounts, announced as a demo to every client"},
    Setting{"data", SettingKind::Path, "", "folder of the embedded stores; without it below the user's data folder"},
    Setting{"listen", SettingKind::Listen, "127.0.0.1:3007",
            "address and port of REST and realtime; port 0 is a free one"},
    Setting{"ops_listen", SettingKind::Listen, "127.0.0.1:3008", "address and port of health, metrics and status page"},
    Setting{"registration", SettingKind::Choice, "",
            "who may register; without it open on loopback and for a demo, else closed", "open invite closed"},
    Setting{"invite_code", SettingKind::Text, "", "what registration = invite asks for; 16 characters or more", "", 16,
            128, true},
    Setting{"tls_certificate", SettingKind::Path, "",
            "certificate chain in PEM; with tls_key the relay speaks TLS itself"},
    Setting{"tls_key", SettingKind::Path, "", "its private key in PEM, readable by the relay's user alone"},
    Setting{"behind_proxy", SettingKind::Flag, "no", "TLS ends at a proxy before the relay"},
    Setting{"trusted_proxies", SettingKind::List, "",
            "addresses and networks of proxies whose X-Forwarded-For is believed, with commas"},
    Setting{"allowed_hosts", SettingKind::List, "", "host names requests may name, with commas; without it any"},
    Setting{"allowed_origins", SettingKind::List, "", "web origins that may open realtime connections, with commas"},
    Setting{"test_accounts", SettingKind::Path, "", "JSON file of further test accounts, for a demo"},
    Setting{"connections_total", SettingKind::Whole, "0", "connections at once; 0 is as many as the system gives", "",
            0, 1e6},
    Setting{"unauthenticated_total", SettingKind::Whole, "1000",
            "connections at once that have not signed in; 0 is any", "", 0, 1e6},
    Setting{"unauthenticated_per_address", SettingKind::Whole, "20", "the same from one address", "", 0, 1e6},
    Setting{"rate_scale", SettingKind::Fraction, "1", "multiplies every rate limit; for load tests", "", 1, 1e6},
    Setting{"time_scale", SettingKind::Fraction, "1", "multiplies every network time-out; for tests", "", 0.001, 1},
};

int editDistance(QByteArrayView a, QByteArrayView b) {
  std::vector<int> row(static_cast<size_t>(b.size()) + 1);
  for (size_t j = 0; j < row.size(); ++j) row[j] = static_cast<int>(j);
  for (qsizetype i = 0; i < a.size(); ++i) {
    int diagonal = row[0]++;
    for (size_t j = 1; j < row.size(); ++j) {
      const int replaced = diagonal + (a[i] == b[static_cast<qsizetype>(j) - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

QByteArray range(const Setting &setting) {
  return QByteArray::number(setting.least) + " to " + QByteArray::number(setting.most, 'f', 0);
}

QByteArray refusalOfNumber(const Setting &setting, const QByteArray &value) {
  bool isNumber = false;
  const double number =
      setting.kind == SettingKind::Whole ? static_cast<double>(value.toLongLong(&isNumber)) : value.toDouble(&isNumber);
  if (isNumber && number >= setting.least && number <= setting.most) return {};
  return (setting.kind == SettingKind::Whole ? "must be a whole number from " : "must be a number from ") +
         range(setting);
}

QByteArray refusalOfChoice(const Setting &setting, const QByteArray &value) {
  const QList<QByteArray> words = QByteArray(setting.choices).split(' ');
  if (words.contains(value)) return {};
  return "must be one of " + words.join(", ");
}

}  // namespace

std::span<const Setting> settingTable() {
  return kSettings;
}

const Setting *findSetting(QByteArrayView name) {
  const auto found =
      std::ranges::find_if(kSettings, [&](const Setting &setting) { return name == QByteArrayView(setting.name); });
  return found == kSettings.end() ? nullptr : &*found;
}

QByteArray nearestSettingName(QByteArrayView name) {
  const Setting *nearest = nullptr;
  int best = static_cast<int>(std::max<qsizetype>(2, name.size() / 2)) + 1;
  for (const Setting &setting : kSettings) {
    const int distance = editDistance(name, setting.name);
    if (distance >= best) continue;
    best = distance;
    nearest = &setting;
  }
  return nearest == nullptr ? QByteArray() : QByteArray(nearest->name);
}

QByteArray environmentName(const Setting &setting) {
  return "GX_" + QByteArray(setting.name).toUpper();
}

QByteArray refusalOf(const Setting &setting, const QByteArray &value) {
  if (value.isEmpty()) return setting.fallback[0] == '\0' ? QByteArray() : QByteArray("must not be empty");
  switch (setting.kind) {
    case SettingKind::Flag:
      return value == "yes" || value == "no" ? QByteArray() : QByteArray("must be yes or no");
    case SettingKind::Choice:
      return refusalOfChoice(setting, value);
    case SettingKind::Listen:
      return parseListenText(value) ? QByteArray()
                                    : QByteArray("must be ADDRESS:PORT, such as 127.0.0.1:3007 or [::1]:3007");
    case SettingKind::Whole:
    case SettingKind::Fraction:
      return refusalOfNumber(setting, value);
    case SettingKind::Text:
      if (const auto size = static_cast<double>(value.size()); size >= setting.least && size <= setting.most) return {};
      return "must have " + range(setting) + " characters";
    case SettingKind::Path:
    case SettingKind::List:
      return {};
  }
  return {};
}

}  // namespace gx::server::config
