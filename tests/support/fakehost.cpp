#include "tests/support/fakehost.h"

#include "core/base/clock.h"
#include "core/base/pathtext.h"
#include "core/service/remotechange.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMutexLocker>

namespace AutoCommit::Testing {

using namespace Qt::StringLiterals;

namespace {

ChangeKind kindOf(const QString &letter)
{
    static const QHash<QString, ChangeKind> kinds{{u"A"_s, ChangeKind::Added},
                                                  {u"D"_s, ChangeKind::Deleted},
                                                  {u"R"_s, ChangeKind::Renamed},
                                                  {u"T"_s, ChangeKind::TypeChanged}};
    return kinds.value(letter, ChangeKind::Modified);
}

} // namespace

Result<QJsonObject> FakeHost::send(HostCall call, const OutgoingJson &body, std::chrono::milliseconds within,
                                   const CancelToken &cancel)
{
    const QMutexLocker guard(&m_mutex);
    ++calls;
    longest = std::max(longest, within);
    if (cancel.isCancelled())
        return Error{ErrorKind::Cancelled, u"cancelled"_s};
    if (trouble)
        return *trouble;
    sent += body.bytes();
    const QJsonObject object = QJsonDocument::fromJson(body.bytes()).object();
    Result<QJsonObject> answer = QJsonObject();
    if (call == HostCall::GenerateMessage) {
        questions += object;
        if (meanwhile)
            meanwhile();
        answer = describe(object);
    } else if (call == HostCall::RecordCommit) {
        answer = take(object);
    } else {
        lastHeartbeat = object;
        ++heartbeats;
        answer = QJsonObject{{u"host"_s, u"apricot"_s}, {u"version"_s, u"9.9"_s}, {u"protocol"_s, 1}};
    }
    if (loseAnswers)
        return Error{ErrorKind::Unreachable, u"the connection to apricot broke"_s};
    return answer;
}

Result<QJsonObject> FakeHost::describe(const QJsonObject &question) const
{
    const SystemClock clock;
    const Settings settings;
    const Gate gate;
    RemoteChange change{.branch = question[u"branch"].toString(),
                        .patch = question[u"patch"].toString().toUtf8(),
                        .oneCommit = question[u"one_commit"].toBool()};
    for (const auto &value : question[u"style"][u"recent_subjects"].toArray())
        change.recentSubjects += value[u"subject"].toString();
    for (const auto &value : question[u"files"].toArray())
        change.files += {.path = pathFromText(value[u"path"].toString()),
                         .oldPath = pathFromText(value[u"old_path"].toString()),
                         .kind = kindOf(value[u"status"].toString()),
                         .addedLines = value[u"added"].toInt(),
                         .removedLines = value[u"deleted"].toInt()};
    AC_ASSIGN(const QList<PlannedCommit> plan,
              planRemoteChange(change, {.clock = clock, .settings = settings, .gate = gate}));
    QJsonArray groups;
    for (const PlannedCommit &commit : plan) {
        QJsonArray paths;
        for (const qsizetype file : commit.files)
            paths.append(textFromPath(change.files[file].path));
        groups.append(QJsonObject{{u"paths"_s, paths},
                                  {u"subject"_s, subject.isEmpty() ? commit.subject : subject},
                                  {u"body"_s, QString()},
                                  {u"source"_s, subject.isEmpty() ? u"builtin"_s : u"llm"_s},
                                  {u"model"_s, u"writer"_s},
                                  {u"why"_s, QJsonArray::fromStringList(commit.why)}});
    }
    QJsonObject answer{{u"groups"_s, groups}};
    if (twist)
        twist(answer);
    return answer;
}

QJsonObject FakeHost::take(const QJsonObject &body)
{
    int count = 0;
    for (const auto &value : body[u"commits"].toArray()) {
        const QString sha = value[u"sha"].toString();
        if (recorded.contains(sha))
            continue;
        recorded += sha;
        records += value.toObject();
        ++count;
    }
    return {{u"recorded"_s, count}};
}

} // namespace AutoCommit::Testing
