#include "core/git/hooks.h"

#include "core/base/cleantext.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace AutoCommit {

using namespace Qt::StringLiterals;

Hooks::Hooks(const Git &git, QString directory)
    : m_git(git)
    , m_directory(std::move(directory))
{ }

bool Hooks::has(const QString &name) const
{
    const QFileInfo hook(m_directory + u'/' + name);
    return hook.isFile() && hook.isExecutable();
}

Status Hooks::run(const QString &name, const QStringList &arguments, const QList<QByteArray> &environment) const
{
    if (!has(name))
        return {};
    QStringList argv{u"hook"_s, u"run"_s, u"--ignore-missing"_s, name};
    if (!arguments.isEmpty())
        argv += QStringList{u"--"_s} + arguments;
    AC_ASSIGN(const ProcessOutput result,
              m_git.call({.arguments = argv, .access = GitAccess::Hooks, .environment = environment}));
    if (result.succeeded())
        return {};
    const QString said = cleanLine(result.errors.trimmed().split('\n').last());
    const QString how = result.signal != 0 ? u"was killed by signal %1"_s.arg(result.signal)
                                           : u"exited with %1"_s.arg(result.exitCode);
    return Error{ErrorKind::HookRejected,
                 u"the %1 hook %2%3"_s.arg(name, how, said.isEmpty() ? QString() : u": "_s + said),
                 cleanText(result.errors.right(4096))};
}

QStringList Hooks::surface() const
{
    QStringList lines;
    for (const QFileInfo &entry : QDir(m_directory).entryInfoList(QDir::Files | QDir::Executable, QDir::Name)) {
        if (entry.fileName().endsWith(".sample"_L1))
            continue;
        QFile file(entry.filePath());
        QCryptographicHash hash(QCryptographicHash::Sha256);
        if (file.open(QIODevice::ReadOnly))
            hash.addData(file.read(4 << 20));
        lines += u"hook %1 %2"_s.arg(entry.fileName(), QString::fromLatin1(hash.result().toHex()));
    }
    return lines;
}

} // namespace AutoCommit
