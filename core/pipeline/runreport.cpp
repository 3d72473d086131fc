#include "core/pipeline/runreport.h"

#include "core/base/pathtext.h"

#include <QJsonArray>

#include <array>

namespace AutoCommit {

using namespace Qt::StringLiterals;

QJsonObject commitJson(const ReportedCommit &commit)
{
    QJsonArray paths;
    for (const QByteArray &path : commit.paths)
        paths += textFromPath(path);
    return {{u"sha"_s, QString::fromLatin1(commit.sha)},
            {u"subject"_s, commit.subject},
            {u"body"_s, commit.body},
            {u"paths"_s, paths},
            {u"source"_s, messageSourceName(commit.source)}};
}

QString runStateName(RunState state)
{
    static constexpr std::array names{"clean"_L1, "committed"_L1, "planned"_L1, "skipped"_L1, "failed"_L1};
    return names[static_cast<std::size_t>(state)];
}

QJsonObject RunReport::toJson() const
{
    QJsonArray commitList;
    for (const ReportedCommit &commit : commits)
        commitList += commitJson(commit);
    QJsonArray excludedList;
    for (const Exclusion &entry : excluded)
        excludedList
            += QJsonObject{{u"path"_s, textFromPath(entry.path)}, {u"reason"_s, entry.reason}, {u"rule"_s, entry.rule}};
    QJsonObject object{
        {u"path"_s, path},
        {u"branch"_s, branch},
        {u"state"_s, runStateName(state)},
        {u"reason"_s, reason},
        {u"commits"_s, commitList},
        {u"excluded"_s, excludedList},
        {u"pulled"_s, pulled},
        {u"pushed"_s, pushed},
        {u"error"_s,
         error ? QJsonValue(QJsonObject{{u"kind"_s, errorKindName(error->kind)}, {u"message"_s, error->message}})
               : QJsonValue()}};
    if (!warnings.isEmpty())
        object.insert(u"warnings"_s, QJsonArray::fromStringList(warnings));
    return object;
}

} // namespace AutoCommit
