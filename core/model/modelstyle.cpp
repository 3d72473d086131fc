#include "core/model/modelstyle.h"

#include "core/base/cleantext.h"
#include "core/message/stylesubject.h"

#include <QSet>

#include <algorithm>

namespace AutoCommit {

namespace {

constexpr qsizetype mostScopes = 24;

QByteArray folderOf(const QByteArray &path)
{
    return path.left(path.lastIndexOf('/') + 1);
}

SubjectStyle subjectStyle(Convention convention)
{
    switch (convention) {
    case Convention::AreaColon:
        return SubjectStyle::Area;
    case Convention::Bracket:
    case Convention::Plain:
        return SubjectStyle::Plain;
    case Convention::Conventional:
        break;
    }
    return SubjectStyle::Conventional;
}

struct Nearness
{
    qsizetype commit;
    double score;
};

} // namespace

MessageRules rulesForStyle(const StyleProfile &style, const QList<PastCommit> &newestFirst, int subjectLength,
                           bool bodies)
{
    MessageRules rules;
    rules.style = subjectStyle(style.convention);
    rules.firstLetter = style.capitalised ? FirstLetter::Upper : FirstLetter::Lower;
    rules.scopes = (rules.style == SubjectStyle::Area ? style.labels : style.scopes).mid(0, mostScopes);
    rules.scopesClosed = rules.scopes.size() >= 3;
    rules.emojiAllowed = style.emoji != EmojiHabit::None;
    rules.bodyAllowed = bodies;
    rules.englishOnly = style.english && style.subjects >= 5;
    rules.latinOnly = style.english && style.subjects >= 1;
    rules.firstCommit = newestFirst.isEmpty();
    rules.headerLimit = std::clamp(subjectLength, 50, 100);
    for (const PastCommit &commit : newestFirst.mid(0, 20))
        rules.recentSubjects.append(cleanLine(commit.subject, 200));
    return rules;
}

QStringList exampleSubjects(const QList<PastCommit> &newestFirst, const ChangeSet &change,
                            const QList<qsizetype> &files, qsizetype count)
{
    QSet<QByteArray> paths;
    QSet<QByteArray> folders;
    for (const qsizetype index : files) {
        paths.insert(change.files[index].path);
        folders.insert(folderOf(change.files[index].path));
    }
    QList<Nearness> ranked;
    for (qsizetype i = 0; i < newestFirst.size(); ++i) {
        const PastCommit &commit = newestFirst[i];
        if (commit.subject.size() > 100 || isRoutineSubject(QString::fromUtf8(commit.subject)))
            continue;
        double shared = 0;
        for (const QByteArray &path : commit.paths)
            shared += paths.contains(path) ? 1.0 : folders.contains(folderOf(path)) ? 0.3 : 0.0;
        const auto all = static_cast<double>(std::max<qsizetype>(1, commit.paths.size()));
        ranked.append({i, shared / (all + static_cast<double>(files.size()) - std::min(shared, all) + 1)});
    }
    std::ranges::stable_sort(ranked, [](const Nearness &a, const Nearness &b) { return a.score > b.score; });
    QStringList subjects;
    for (const Nearness &near : ranked) {
        const QString subject = cleanLine(newestFirst[near.commit].subject, 100);
        if (subjects.size() < count && !subjects.contains(subject))
            subjects.append(subject);
    }
    return subjects;
}

} // namespace AutoCommit
