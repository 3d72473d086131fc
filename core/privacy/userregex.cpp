#include "core/privacy/userregex.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr int mostGroups = 16;

re2::StringPiece piece(QByteArrayView text)
{
    return {text.data(), static_cast<std::size_t>(text.size())};
}

} // namespace

Result<UserRegex> UserRegex::compile(const QByteArray &pattern)
{
    re2::RE2::Options options(re2::RE2::Latin1);
    options.set_log_errors(false);
    options.set_max_mem(8 << 20);
    auto regex = std::make_shared<const re2::RE2>(piece(pattern), options);
    if (!regex->ok())
        return Error{.kind = ErrorKind::Config,
                     .message = u"The pattern \"%1\" cannot be read: %2."_s.arg(QString::fromUtf8(pattern),
                                                                                QString::fromStdString(regex->error())),
                     .detail = {}};
    return UserRegex(std::move(regex));
}

bool UserRegex::occursIn(QByteArrayView text) const
{
    return re2::RE2::PartialMatch(piece(text), *m_regex);
}

std::optional<UserRegex::Match> UserRegex::next(QByteArrayView text, qsizetype from, int group) const
{
    std::array<re2::StringPiece, mostGroups> groups;
    const int wanted = std::min(std::max(group, 1), mostGroups - 1);
    const int asked = std::min(m_regex->NumberOfCapturingGroups(), wanted) + 1;
    const auto start = static_cast<std::size_t>(from);
    if (!m_regex->Match(piece(text), start, static_cast<std::size_t>(text.size()), re2::RE2::UNANCHORED, groups.data(),
                        asked))
        return std::nullopt;
    const auto spanOf = [&](const re2::StringPiece &part) {
        const qsizetype begin = part.data() - text.data();
        return Span{.begin = begin, .end = begin + static_cast<qsizetype>(part.size())};
    };
    Match match{.whole = spanOf(groups[0]), .secret = spanOf(groups[0])};
    if (asked > wanted && groups[static_cast<std::size_t>(wanted)].data())
        match.secret = spanOf(groups[static_cast<std::size_t>(wanted)]);
    return match;
}

} // namespace AutoCommit
