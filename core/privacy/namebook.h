#pragma once

#include "core/privacy/pathrules.h"

#include <QHash>

#include <optional>
#include <vector>

namespace AutoCommit {

/// One pattern of names.rules, braces expanded.
struct NamePattern
{
    QByteArray glob = {}; ///< lower case, without the slash at the end that marks directories
    int parts = 1; ///< path parts it covers
    bool directory = false;
    PathVerdict verdict = PathVerdict::Pass;
    QString reason = {};
    QByteArray ignoreLine = {}; ///< empty: made from the path
    QByteArrayList markers = {}; ///< one of these has to be beside the directory, or inside it
    bool markersInside = false;
};

struct NameMatch
{
    const NamePattern *pattern = nullptr;
    qsizetype matchedLength = 0; ///< of the path; shorter than it for a directory, whose slash is then included
};

/// The patterns of names.rules and a quick way to the ones that may fit. Immutable after read().
class NameBook
{
public:
    void read(const QByteArray &text);

    using Accept = std::function<bool(const NamePattern &, qsizetype matchedLength)>;

    /// The first pattern in the order of the file that fits and is accepted.
    std::optional<NameMatch> find(const QByteArray &path, const Accept &accept) const;

    const std::vector<NamePattern> &patterns() const { return m_patterns; }

private:
    void addLine(const QByteArray &line, PathVerdict verdict);
    void index();

    std::vector<NamePattern> m_patterns;
    QMultiHash<QByteArray, int> m_byName; ///< patterns without wildcards in their last part
    QMultiHash<QByteArray, int> m_bySuffix; ///< "*.ext"
    std::vector<int> m_others;
};

} // namespace AutoCommit
