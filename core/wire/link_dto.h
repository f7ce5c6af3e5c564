// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <optional>

#include "core/base/ids.h"
#include "core/base/result.h"

// Linking a further device (PROTOCOL.md section 5).
namespace gx::wire {

struct LinkPut {  // PUT /keys/link by the pending device: first the commitment alone, then with what it commits to
  QByteArray commitment;                    // 32 bytes
  std::optional<QByteArray> identityKey{};  // 33 bytes
  std::optional<QByteArray> nonce{};        // 16 bytes

  [[nodiscard]] static Result<LinkPut> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct LinkAnswer {  // POST /keys/link/{device_id} by a listed device
  QByteArray identityKey;
  QByteArray nonce;

  [[nodiscard]] static Result<LinkAnswer> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct LinkState {
  struct Answer {
    DeviceId deviceId;
    QByteArray identityKey;
    QByteArray nonce;
    bool operator==(const Answer &) const = default;
  };
  struct Reveal {
    QByteArray identityKey;
    QByteArray nonce;
    bool operator==(const Reveal &) const = default;
  };
  DeviceId deviceId;
  QByteArray name;
  QByteArray commitment;
  std::optional<Answer> answer{};
  std::optional<Reveal> reveal{};

  // {"link":{…}}
  [[nodiscard]] static Result<LinkState> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct DeviceLinkEvent {  // event device.link
  DeviceId deviceId;

  [[nodiscard]] static Result<DeviceLinkEvent> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

// The texts both sides hash (PROTOCOL.md section 5, steps 1 and 4).
[[nodiscard]] QByteArray linkCommitment(const UserId &user, DeviceId newDevice, QByteArrayView identityKey,
                                        QByteArrayView nonce);
struct LinkParty {
  DeviceId deviceId;
  QByteArray identityKey;
  QByteArray nonce;
};
// Six digits.
[[nodiscard]] QByteArray linkDigits(const UserId &user, const LinkParty &newDevice, const LinkParty &listedDevice);

}  // namespace gx::wire
