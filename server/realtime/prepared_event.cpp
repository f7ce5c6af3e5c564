// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/socketio_encoder.h"
#include "server/realtime/socketio_server.h"

namespace gx::server::realtime {

PreparedEvent::PreparedEvent(QByteArrayView nsp, const ServerEvent &event) : m_isVolatile(event.isVolatile) {
  m_frames.push_back(
      net::SharedFrame::text(wire::encodeEvent({.name = event.name,
                                                .argumentList = event.argumentList,
                                                .nsp = nsp,
                                                .attachments = static_cast<int>(event.attachments.size())})));
  for (const QByteArray &attachment : event.attachments) m_frames.push_back(net::SharedFrame::binary(attachment));
}

}  // namespace gx::server::realtime
