#pragma once

#include <QJsonValue>
#include <QString>

#include <optional>

namespace AutoCommit {

struct LooseJson
{
    QJsonValue value;
    qsizetype end = 0; ///< behind the value
    bool broken = false; ///< something had to be forgiven
};

/// Reads one JSON value as models write them, beginning at `start`: with comments, trailing commas, other quotes or
/// none, Python's words, line breaks and quotes inside strings, closing brackets missing at the very end. Nothing when
/// a string does not end or it is no JSON at all. Depth and length are bounded.
std::optional<LooseJson> parseLooseJson(const QString &text, qsizetype start = 0);

} // namespace AutoCommit
