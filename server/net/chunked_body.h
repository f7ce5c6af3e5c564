// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArrayView>

#include "server/net/head_scanner.h"

namespace gx::server::net {

// Decodes a chunked body (RFC 9112 7.1), strictly: CR LF only, at most 8 hexadecimal digits, short extensions, which
// are ignored, no trailer fields but short ones, which are ignored too.
class ChunkedBody final {
 public:
  struct Step {
    enum class Kind { NeedMore, Data, End, Failed };
    Kind kind;
    QByteArrayView data{};
  };

  // Takes from [at, end) and moves `at`. Call until NeedMore, End or Failed.
  [[nodiscard]] Step next(const char *&at, const char *end);
  void reset() { *this = ChunkedBody(); }

 private:
  enum class State : quint8 { Size, Extension, SizeEnd, Data, DataCr, DataLf, TrailerStart, Trailer, TrailerLf, EndLf };

  [[nodiscard]] bool takeFraming(char c);
  [[nodiscard]] bool takeSize(char c);
  [[nodiscard]] bool endOfSizeLine();
  [[nodiscard]] bool takeTrailer(char c);

  static constexpr int kSizeDigits = 8;
  static constexpr int kLineBytes = 256;  // of extensions, and of all trailers

  quint64 m_left = 0;  // of the chunk
  int m_digits = 0;
  int m_lineBytes = 0;
  State m_state = State::Size;
  bool m_ended = false;
};

}  // namespace gx::server::net
