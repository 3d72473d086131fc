#include "core/doctor/hookcheck.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// The program of a "#!" line: "/usr/bin/env -S node x" -> "node"; empty when there is none to look for.
QString interpreterOf(const QString &file)
{
    QFile hook(file);
    if (!hook.open(QIODevice::ReadOnly))
        return {};
    const QByteArray line = hook.readLine(512);
    if (!line.startsWith("#!"))
        return {};
    const QStringList words = QString::fromLocal8Bit(line.sliced(2)).simplified().split(u' ', Qt::SkipEmptyParts);
    if (words.isEmpty())
        return {};
    if (QFileInfo(words.first()).fileName() != u"env"_s)
        return words.first();
    for (const QString &word : words.sliced(1))
        if (!word.startsWith(u'-') && !word.contains(u'='))
            return word;
    return {};
}

bool isFound(const QString &interpreter, const GitEnvironment &environment)
{
    if (interpreter.startsWith(u'/'))
        return QFileInfo(interpreter).isExecutable();
    return !environment.findProgram(interpreter).isEmpty();
}

} // namespace

QList<Check> checkHooks(const QString &directory, const GitEnvironment &environment)
{
    QList<Check> checks;
    int good = 0;
    for (const char *name : {"pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "pre-push"}) {
        const QString file = directory + u'/' + QString::fromLatin1(name);
        Check check{.id = u"hook:"_s + QString::fromLatin1(name), .title = u"Hook %1"_s.arg(QString::fromLatin1(name))};
        if (!QFileInfo(file).isFile())
            continue;
        if (const QString interpreter = interpreterOf(file); !QFileInfo(file).isExecutable()) {
            check.state = CheckState::Warn;
            check.message = u"%1 is not executable, so git passes over it"_s.arg(file);
            check.advice = u"chmod +x, or remove it"_s;
        } else if (!interpreter.isEmpty() && !isFound(interpreter, environment)) {
            check.state = CheckState::Fail;
            check.message = u"%1 needs %2, which is not on the search path of a service"_s.arg(file, interpreter);
            check.advice = u"commits config add extra_path <the directory that has %1>"_s.arg(interpreter);
        } else {
            ++good;
            continue;
        }
        checks += check;
    }
    if (checks.isEmpty())
        checks += Check{.id = u"hooks"_s,
                        .title = u"Hooks"_s,
                        .message = good == 0 ? u"none"_s : u"%1, each with its interpreter"_s.arg(good)};
    return checks;
}

} // namespace AutoCommit
