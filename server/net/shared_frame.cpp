// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/shared_frame.h"

#include <cstring>

#include "server/net/websocket_frames.h"

namespace gx::server::net {

SharedFrame SharedFrame::encode(QByteArrayView payload, bool isBinary) {
  const qsizetype headSize = serverHeadSize(payload.size());
  QByteArray bytes(headSize + payload.size(), Qt::Uninitialized);
  writeServerHead(bytes.data(), isBinary ? Opcode::Binary : Opcode::Text, payload.size());
  if (!payload.isEmpty())
    std::memcpy(bytes.data() + headSize, payload.data(), static_cast<std::size_t>(payload.size()));
  return SharedFrame(std::move(bytes), headSize, isBinary);
}

}  // namespace gx::server::net
