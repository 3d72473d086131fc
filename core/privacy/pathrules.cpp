#include "core/privacy/pathrules.h"

#include "core/privacy/glob.h"
#include "core/privacy/namebook.h"

#include <QFile>

#include <mutex>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

bool hasMarker(const NamePattern &pattern, const QByteArray &directory, const PathSurroundings &facts)
{
    if (pattern.markers.isEmpty())
        return true;
    if (!facts.namesIn)
        return false;
    const qsizetype slash = directory.lastIndexOf('/');
    const QByteArray where = pattern.markersInside ? directory : directory.left(std::max<qsizetype>(0, slash));
    const QByteArrayList names = facts.namesIn(where);
    return std::any_of(names.begin(), names.end(), [&](const QByteArray &name) {
        const QByteArray lower = name.toLower();
        return std::any_of(pattern.markers.begin(), pattern.markers.end(),
                           [&](const QByteArray &marker) { return globMatches(marker, lower); });
    });
}

} // namespace

struct PathRules::Book
{
    std::once_flag once;
    NameBook names;
};

PathRules::PathRules()
    : m_book(std::make_shared<Book>())
{ }

PathJudgement PathRules::judge(const QByteArray &path, const PathSurroundings &facts) const
{
    std::call_once(m_book->once, [this] {
        QFile file(u":/privacy/names.rules"_s);
        const bool opened = file.open(QIODevice::ReadOnly);
        Q_ASSERT(opened);
        m_book->names.read(opened ? file.readAll() : QByteArray());
    });
    const auto found = m_book->names.find(path, [&](const NamePattern &pattern, qsizetype matchedLength) {
        return hasMarker(pattern, path.left(matchedLength), facts);
    });
    if (!found)
        return {};
    PathJudgement judgement{.verdict = found->pattern->verdict, .reason = found->pattern->reason, .ignoreLine = {}};
    if (judgement.blocks() && facts.tracked) // it was committed on purpose once: look inside
        return {.verdict = PathVerdict::Content, .reason = judgement.reason, .ignoreLine = {}};
    if (judgement.blocks())
        judgement.ignoreLine = found->pattern->ignoreLine.isEmpty() ? ignoreLineFor(path.left(found->matchedLength))
                                                                    : found->pattern->ignoreLine;
    return judgement;
}

QString pathVerdictName(PathVerdict verdict)
{
    switch (verdict) {
    case PathVerdict::Pass:
        return u"pass"_s;
    case PathVerdict::Content:
        return u"content"_s;
    case PathVerdict::Secret:
        return u"secret"_s;
    case PathVerdict::Temporary:
        return u"temporary"_s;
    case PathVerdict::Generated:
        return u"generated"_s;
    }
    return {};
}

QByteArray ignoreLineFor(const QByteArray &path)
{
    QByteArray line = "/";
    for (const char c : path) {
        if (QByteArrayView("*?[\\ ").contains(c))
            line += '\\';
        line += c;
    }
    return line;
}

} // namespace AutoCommit
