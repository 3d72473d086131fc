#include "tests/bench/messagebenchgit.h"

#include "core/change/patchparser.h"
#include "core/message/hunkheaders.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>

#include <algorithm>

namespace AutoCommit::Bench {

namespace {

QByteArray git(const QString &gitDir, const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral("git"), QStringList{QStringLiteral("--git-dir"), gitDir} + arguments);
    process.waitForFinished(-1);
    return process.readAllStandardOutput();
}

bool isBot(const QByteArray &author)
{
    const QByteArray name = author.toLower();
    for (const char *word : {"[bot]", "renovate", "dependabot", "greenkeeper", "-bot", "weblate", "github actions",
                             "snyk", "release-please"}) {
        if (name.contains(word))
            return true;
    }
    return false;
}

/// The modes, which the patch parser leaves to the status of git.
void readModes(const QByteArray &patch, ChangeSet &changes)
{
    qsizetype file = -1;
    for (const QByteArray &line : patch.split('\n')) {
        if (line.startsWith("diff --git "))
            ++file;
        if (file < 0 || file >= changes.files.size())
            continue;
        FileChange &change = changes.files[file];
        if (line.startsWith("old mode "))
            change.oldMode = line.mid(9).toUInt(nullptr, 8);
        else if (line.startsWith("new mode "))
            change.newMode = line.mid(9).toUInt(nullptr, 8);
        else if (line.startsWith("new file mode "))
            change.newMode = line.mid(14).toUInt(nullptr, 8);
        else if (line.startsWith("deleted file mode "))
            change.oldMode = line.mid(18).toUInt(nullptr, 8);
        else if (line.startsWith("index ") && line.contains(' ') && change.newMode == 0)
            change.oldMode = change.newMode = line.mid(line.lastIndexOf(' ') + 1).toUInt(nullptr, 8);
    }
}

} // namespace

QList<PastCommit> readHistory(const QString &gitDir, const Sampling &sampling, QList<qsizetype> &chosen)
{
    QList<PastCommit> history;
    QList<qsizetype> people;
    const QByteArray log
        = git(gitDir,
              {QStringLiteral("log"), QStringLiteral("--no-merges"), QStringLiteral("-n%1").arg(sampling.newest),
               QStringLiteral("--name-only"), QStringLiteral("--format=%x01%H%x02%an <%ae>%x02%at%x02%s%x02%b%x03")});
    for (const QByteArray &record : log.split('\x01')) {
        const QList<QByteArray> parts = record.split('\x02');
        if (parts.size() < 5)
            continue;
        PastCommit commit;
        commit.id = parts[0];
        commit.time = parts[2].toLongLong();
        commit.subject = parts[3];
        const qsizetype end = parts[4].indexOf('\x03');
        commit.bodyLines = static_cast<int>(
            parts[4].left(end).trimmed().isEmpty() ? 0 : parts[4].left(end).trimmed().count('\n') + 1);
        for (const QByteArray &path : parts[4].mid(end + 1).split('\n')) {
            if (!path.isEmpty())
                commit.paths.append(path);
        }
        const bool wanted = sampling.only.isEmpty() ? !isBot(parts[1]) : commit.id.startsWith(sampling.only);
        if (wanted && !commit.paths.isEmpty())
            people.append(history.size());
        history.append(commit);
    }
    QRandomGenerator random(sampling.seed);
    std::shuffle(people.begin(), people.end(), random);
    chosen = people.first(std::min<qsizetype>(people.size(), sampling.count));
    return history;
}

RealCommit readCommit(const QString &gitDir, const PastCommit &past, const Sampling &sampling)
{
    RealCommit commit;
    commit.past = past;
    QStringList arguments;
    if (sampling.headers) {
        QFile file(QDir::temp().filePath(QStringLiteral("messagebench.attributes")));
        if (file.open(QIODevice::WriteOnly))
            file.write(hunkHeaderAttributes());
        arguments << QStringLiteral("-c") << QStringLiteral("core.attributesFile=") + file.fileName();
        for (const QByteArray &setting : hunkHeaderSettings())
            arguments << QStringLiteral("-c") << QString::fromUtf8(setting);
    }
    if (!sampling.attributes.isEmpty())
        arguments << QStringLiteral("-c")
                  << QStringLiteral("core.attributesFile=") + QString::fromUtf8(sampling.attributes);
    arguments << QStringLiteral("show") << QStringLiteral("--format=") << QStringLiteral("-M")
              << QStringLiteral("--no-color") << QStringLiteral("--no-ext-diff") << QStringLiteral("--src-prefix=a/")
              << QStringLiteral("--dst-prefix=b/") << QStringLiteral("-U%1").arg(sampling.context)
              << QString::fromLatin1(past.id);
    commit.patch = git(gitDir, arguments);
    commit.changes.files = parsePatch(commit.patch);
    readModes(commit.patch, commit.changes);
    return commit;
}

} // namespace AutoCommit::Bench
