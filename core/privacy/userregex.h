#pragma once

#include "core/base/result.h"

#include <QByteArray>

#include <memory>
#include <optional>

namespace re2 {
class RE2;
}

namespace AutoCommit {

/// A pattern somebody else wrote, perhaps a hostile repository: RE2, whose cost is linear in the text for every
/// pattern, over bytes. Immutable and thread-safe.
class UserRegex
{
public:
    struct Span
    {
        qsizetype begin = 0;
        qsizetype end = 0;
    };
    struct Match
    {
        Span whole;
        Span secret; ///< the wanted group, the first group, or the whole match
    };

    static Result<UserRegex> compile(const QByteArray &pattern);

    bool occursIn(QByteArrayView text) const;

    /// The next match at or behind `from`; `group` 0 means the first group if there is one.
    std::optional<Match> next(QByteArrayView text, qsizetype from, int group) const;

private:
    explicit UserRegex(std::shared_ptr<const re2::RE2> regex)
        : m_regex(std::move(regex))
    { }

    std::shared_ptr<const re2::RE2> m_regex;
};

} // namespace AutoCommit
