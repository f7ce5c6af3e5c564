// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QtEndian>
#include <optional>

namespace gx::test {

// A masked client frame, right unless a test asks for something else.
struct ClientFrame {
  int opcode = 1;
  QByteArray payload{};
  bool isFinal = true;
  bool isMasked = true;
  int reserved = 0;      // three bits
  int lengthBytes = -1;  // 0, 2 or 8; -1: the shortest
  std::optional<quint64> declared{};

  [[nodiscard]] QByteArray bytes() const {
    const quint64 length = declared.value_or(static_cast<quint64>(payload.size()));
    const int extra = lengthBytes >= 0 ? lengthBytes : length < 126 ? 0 : length <= 0xffff ? 2 : 8;
    QByteArray frame;
    frame += static_cast<char>((isFinal ? 0x80 : 0) | (reserved << 4) | opcode);
    const int shortLength = extra == 0 ? static_cast<int>(length) : extra == 2 ? 126 : 127;
    frame += static_cast<char>((isMasked ? 0x80 : 0) | shortLength);
    for (int i = extra - 1; i >= 0; --i) frame += static_cast<char>((length >> (8 * i)) & 0xff);
    const QByteArray mask("\x11\x22\xf3\x44", 4);
    if (isMasked) frame += mask;
    for (qsizetype i = 0; i < payload.size(); ++i)
      frame += isMasked ? static_cast<char>(payload[i] ^ mask[i % 4]) : payload[i];
    return frame;
  }
};

[[nodiscard]] inline QByteArray textFrame(const QByteArray &payload) {
  return ClientFrame{.payload = payload}.bytes();
}
[[nodiscard]] inline QByteArray binaryFrame(const QByteArray &payload) {
  return ClientFrame{.opcode = 2, .payload = payload}.bytes();
}
[[nodiscard]] inline QByteArray closeFrame(quint16 code, const QByteArray &reason = {}) {
  QByteArray payload(2, Qt::Uninitialized);
  qToBigEndian(code, payload.data());
  return ClientFrame{.opcode = 8, .payload = payload + reason}.bytes();
}

// The first whole server frame in `stream`, taken out of it.
struct ServerFrame {
  int opcode = 0;
  QByteArray payload;

  [[nodiscard]] int closeCode() const {
    return opcode == 8 && payload.size() >= 2 ? qFromBigEndian<quint16>(payload.constData()) : 0;
  }
  [[nodiscard]] static std::optional<ServerFrame> take(QByteArray &stream) {
    if (stream.size() < 2) return std::nullopt;
    const int shortLength = stream[1] & 0x7f;
    const qsizetype head = shortLength == 126 ? 4 : shortLength == 127 ? 10 : 2;
    if (stream.size() < head) return std::nullopt;
    quint64 length = static_cast<quint64>(shortLength);
    if (shortLength == 126) length = qFromBigEndian<quint16>(stream.constData() + 2);
    if (shortLength == 127) length = qFromBigEndian<quint64>(stream.constData() + 2);
    if (stream.size() < head + static_cast<qsizetype>(length)) return std::nullopt;
    ServerFrame frame{stream[0] & 0x0f, stream.mid(head, static_cast<qsizetype>(length))};
    stream.remove(0, head + static_cast<qsizetype>(length));
    return frame;
  }
};

}  // namespace gx::test
