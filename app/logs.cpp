#include "app/commands.h"
#include "core/base/cleantext.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

#include <sys/stat.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 tailBytes = 4 << 20; // more is not looked through for the last lines

void print(const QByteArray &bytes, const Terminal &terminal)
{
    for (const QByteArray &line : bytes.split('\n'))
        if (!line.isEmpty())
            terminal.outLine(cleanLine(line, 100'000));
}

QByteArray lastLines(QFile &file, int count)
{
    file.seek(std::max<qint64>(0, file.size() - tailBytes));
    QList<QByteArray> lines = file.readAll().split('\n');
    if (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
    return lines.sliced(std::max<qsizetype>(0, lines.size() - count)).join('\n');
}

quint64 inodeOf(const QString &path)
{
    struct stat info
    { };
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 ? info.st_ino : 0;
}

/// Goes on as the file grows, also after it was rotated.
void follow(QFile &file, quint64 inode, const Session &session)
{
    while (!session.cancel.isCancelled() && session.terminal.outIsGood()) {
        print(file.readAll(), session.terminal);
        session.clock.sleepFor(std::chrono::milliseconds(200));
        if (const quint64 now = inodeOf(file.fileName()); now != 0 && now != inode) {
            print(file.readAll(), session.terminal);
            file.close();
            if (!file.open(QIODevice::ReadOnly))
                return;
            inode = now;
        }
    }
}

int printJson(const QByteArray &text, const Terminal &terminal)
{
    QJsonArray lines;
    for (const QByteArray &line : text.split('\n'))
        if (!line.isEmpty())
            lines += QString::fromUtf8(line);
    terminal.out(QString::fromUtf8(QJsonDocument(QJsonObject{{u"lines"_s, lines}}).toJson()));
    return ExitDone;
}

} // namespace

int runLogs(const LogsCommand &command, Session &session)
{
    QFile file(session.paths.log());
    if (!file.open(QIODevice::ReadOnly)) {
        if (command.json && !file.exists())
            return printJson({}, session.terminal);
        session.terminal.errLine(
            file.exists() ? file.errorString()
                          : u"the log is empty (%1, log_level %2)"_s.arg(
                              session.paths.abbreviateHome(session.paths.log()), session.loaded.settings.logLevel));
        return file.exists() ? ExitAttention : ExitDone;
    }
    if (command.json)
        return printJson(lastLines(file, command.lines), session.terminal);
    const quint64 inode = inodeOf(file.fileName());
    print(lastLines(file, command.lines), session.terminal);
    if (command.follow)
        follow(file, inode, session);
    return ExitDone;
}

} // namespace AutoCommit
