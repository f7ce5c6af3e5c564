// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArrayView>
#include <algorithm>
#include <array>

// Codes of the numbered checks: `gx-relay doctor` from inside, `gx-cli check` and "Test connection" from outside. A
// code keeps its meaning for good; handbooks name them.
namespace gx::wire::checks {

// The client's way to a relay, in the order it is walked.
inline constexpr char kName[] = "GX-NET-01";
inline constexpr char kRoute[] = "GX-NET-02";
inline constexpr char kTls[] = "GX-NET-03";
inline constexpr char kHttp[] = "GX-NET-04";
inline constexpr char kRelay[] = "GX-NET-05";
inline constexpr char kClock[] = "GX-NET-06";
inline constexpr char kPolling[] = "GX-NET-07";
inline constexpr char kUpgrade[] = "GX-NET-08";
inline constexpr char kSignIn[] = "GX-NET-09";
inline constexpr char kRoundTrip[] = "GX-NET-10";

// The relay's own.
inline constexpr char kSettings[] = "GX-CFG-01";
inline constexpr char kCertificate[] = "GX-CFG-02";
inline constexpr char kFolder[] = "GX-STO-01";
inline constexpr char kSpace[] = "GX-STO-02";
inline constexpr char kSchema[] = "GX-STO-03";
inline constexpr char kEnvironment[] = "GX-STO-04";
inline constexpr char kIntegrity[] = "GX-STO-05";
inline constexpr char kApiPort[] = "GX-PRT-01";
inline constexpr char kOpsPort[] = "GX-PRT-02";
inline constexpr char kDescriptors[] = "GX-SYS-01";

struct Check {
  const char *code;
  const char *text;  // what it looks at, one line for developers and logs; words for people are ui/text's
};

inline constexpr std::array kAll{
    Check{kName, "the relay's name has an address"},
    Check{kRoute, "the address answers on its port"},
    Check{kTls, "the certificate is trusted and names the relay"},
    Check{kHttp, "the other side speaks HTTP and answers in time"},
    Check{kRelay, "it is a GX relay whose protocol level we speak"},
    Check{kClock, "both clocks agree"},
    Check{kPolling, "realtime works by long-polling"},
    Check{kUpgrade, "realtime works by web socket"},
    Check{kSignIn, "the relay takes our access token"},
    Check{kRoundTrip, "an event is answered, and how fast"},
    Check{kSettings, "every setting is known and fits"},
    Check{kCertificate, "certificate and key load, belong together and are in their time"},
    Check{kFolder, "the data folder can be written and belongs to the relay alone"},
    Check{kSpace, "the disk under the data folder has room"},
    Check{kSchema, "the store's schema is the one this program knows"},
    Check{kEnvironment, "the store belongs to this relay's environment"},
    Check{kIntegrity, "the store's database is undamaged"},
    Check{kApiPort, "the address for REST and realtime is free, or served by a relay"},
    Check{kOpsPort, "the address for operations is free, or served by a relay"},
    Check{kDescriptors, "the system gives enough file descriptors"},
};

// What a code looks at, null for one nobody gave out.
[[nodiscard]] inline const char *textOf(QByteArrayView code) {
  const auto found =
      std::find_if(kAll.begin(), kAll.end(), [&](const Check &check) { return code == QByteArrayView(check.code); });
  return found == kAll.end() ? nullptr : found->text;
}

}  // namespace gx::wire::checks
