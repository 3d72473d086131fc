#include "core/privacy/namebook.h"

#include "core/privacy/glob.h"

#include <algorithm>

namespace AutoCommit {

namespace {

bool isPlain(const QByteArray &glob)
{
    return std::none_of(glob.begin(), glob.end(), [](char c) { return c == '*' || c == '?' || c == '['; });
}

/// The lower-case path with the ends of its parts.
struct SplitPath
{
    explicit SplitPath(const QByteArray &path)
        : lower(path.toLower())
    {
        for (qsizetype i = 0; i < lower.size(); ++i) {
            if (lower[i] == '/')
                ends.push_back(i);
        }
        ends.push_back(lower.size());
    }

    /// The `count` parts that end with part `last`, or nothing if there are not as many.
    std::optional<QByteArray> parts(std::size_t last, int count) const
    {
        const auto wanted = static_cast<std::size_t>(count);
        if (wanted > last + 1)
            return std::nullopt;
        const qsizetype begin = wanted == last + 1 ? 0 : ends[last - wanted] + 1;
        return lower.mid(begin, ends[last] - begin);
    }

    QByteArray lower;
    std::vector<qsizetype> ends;
};

PathVerdict sectionVerdict(const QByteArray &name, PathVerdict before)
{
    if (name == "[pass]")
        return PathVerdict::Pass;
    if (name == "[secret]")
        return PathVerdict::Secret;
    if (name == "[content]")
        return PathVerdict::Content;
    if (name == "[temporary]")
        return PathVerdict::Temporary;
    return name == "[generated]" ? PathVerdict::Generated : before;
}

} // namespace

void NameBook::read(const QByteArray &text)
{
    PathVerdict verdict = PathVerdict::Pass;
    for (const QByteArray &raw : text.split('\n')) {
        const QByteArray line = raw.trimmed();
        if (line.startsWith('[') && line.endsWith(']'))
            verdict = sectionVerdict(line, verdict);
        else if (!line.isEmpty() && !line.startsWith("# "))
            addLine(line, verdict);
    }
    index();
}

void NameBook::addLine(const QByteArray &line, PathVerdict verdict)
{
    const qsizetype dashes = line.indexOf(" -- ");
    QByteArray head = line.left(dashes).trimmed();
    QByteArray reason = line.mid(dashes + 4);
    NamePattern pattern;
    pattern.verdict = verdict;
    if (const qsizetype bar = reason.indexOf(" | "); bar >= 0) {
        pattern.ignoreLine = reason.mid(bar + 3).trimmed();
        reason.truncate(bar);
    }
    pattern.reason = QString::fromUtf8(reason.trimmed());
    for (const char *key : {" beside=", " inside="}) {
        if (const qsizetype at = head.indexOf(key); at >= 0) {
            pattern.markers = head.mid(at + 8).split(',');
            pattern.markersInside = key[1] == 'i';
            head.truncate(at);
        }
    }
    for (QByteArray glob : expandBraces(head)) {
        pattern.directory = glob.endsWith('/');
        if (pattern.directory)
            glob.chop(1);
        pattern.parts = static_cast<int>(glob.count('/')) + 1;
        pattern.glob = glob;
        m_patterns.push_back(pattern);
    }
}

void NameBook::index()
{
    for (int i = 0; i < static_cast<int>(m_patterns.size()); ++i) {
        const NamePattern &pattern = m_patterns[static_cast<std::size_t>(i)];
        const QByteArray last = pattern.glob.mid(pattern.glob.lastIndexOf('/') + 1);
        if (isPlain(last))
            m_byName.insert(last, i);
        else if (last.startsWith("*.") && isPlain(last.mid(1)) && last.count('.') == 1)
            m_bySuffix.insert(last.mid(2), i);
        else
            m_others.push_back(i);
    }
}

std::optional<NameMatch> NameBook::find(const QByteArray &path, const Accept &accept) const
{
    const SplitPath split(path);
    std::vector<std::pair<int, std::size_t>> candidates; // pattern, part it would end with
    const std::size_t count = split.ends.size();
    for (std::size_t last = 0; last < count; ++last) {
        const QByteArray name = *split.parts(last, 1);
        for (auto [it, end] = m_byName.equal_range(name); it != end; ++it)
            candidates.emplace_back(*it, last);
        for (auto [it, end] = m_bySuffix.equal_range(name.mid(name.lastIndexOf('.') + 1)); it != end; ++it)
            candidates.emplace_back(*it, last);
        for (const int other : m_others)
            candidates.emplace_back(other, last);
    }
    std::sort(candidates.begin(), candidates.end());
    for (const auto &[index, last] : candidates) {
        const NamePattern &pattern = m_patterns[static_cast<std::size_t>(index)];
        const bool isFile = last + 1 == count;
        if (pattern.directory == isFile)
            continue;
        const auto parts = split.parts(last, pattern.parts);
        const qsizetype length = split.ends[last] + (pattern.directory ? 1 : 0);
        if (parts && globMatches(pattern.glob, *parts) && accept(pattern, split.ends[last]))
            return NameMatch{.pattern = &pattern, .matchedLength = length};
    }
    return std::nullopt;
}

} // namespace AutoCommit
