// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>
#include <vector>

namespace gx::test {

// What must become of a body.
enum class Verdict {
  Refused,         // bad_request
  RefusedOrLarge,  // bad_request or too_large
  Harmless,        // taken, or refused by any code but `internal`
  Broken,          // no JSON text, or deeper than allowed: bad_request, and over Socket.IO the connection closes
};

// A body that is wrong in one way.
struct Mutant {
  QByteArray what;  // "envelopes[0].kind: a number"
  QByteArray body;
  Verdict verdict = Verdict::Refused;
};

// A valid body and which of its members may be missing ("envelopes[].kind"); tests/vectors has one for every schema.
struct ValidBody {
  QJsonObject body;
  QStringList optional{};
};
[[nodiscard]] ValidBody validBody(const QString &schema);

// Every field missing, null, of every other type, too long, too deep, with hostile text, twice; and the whole body cut,
// replaced and dressed up.
[[nodiscard]] std::vector<Mutant> mutantsOf(const ValidBody &valid);

}  // namespace gx::test
