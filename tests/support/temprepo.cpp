#include "tests/support/temprepo.h"

#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QTest>

#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace AutoCommit::Testing {

using namespace Qt::StringLiterals;

World::World()
    : m_environment(QProcessEnvironment::Initialization{})
    , m_processes(makeProcessRunner())
    , m_tools{.program = {}, .environment = GitEnvironment(QProcessEnvironment(), {}), .runner = nullptr}
{
    const QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    m_environment.insert(u"PATH"_s, own.value(u"PATH"_s));
    m_environment.insert(u"HOME"_s, path(u"home"_s));
    m_environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    m_environment.insert(u"TMPDIR"_s, m_dir.path());
    QDir().mkpath(path(u"home"_s));
    QFile config(path(u"home/.gitconfig"_s));
    if (!config.open(QIODevice::WriteOnly))
        qFatal("cannot write the git configuration of the test");
    config.write(
        "[user]\n\tname = Dev\n\temail = dev@example.invalid\n[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n");
    config.close();
    auto tools = GitTools::find(m_environment, {}, {}, *m_processes);
    if (!tools)
        qFatal("%s", qPrintable(tools.error().message));
    m_tools = std::move(tools).value();
}

QString World::path(const QString &name) const
{
    return name.isEmpty() ? m_dir.path() : m_dir.path() + u'/' + name;
}

QByteArray World::git(const QString &directory, const QStringList &arguments, bool mayFail) const
{
    QProcess process;
    process.setProcessEnvironment(m_environment);
    process.setWorkingDirectory(directory);
    process.start(u"git"_s, arguments);
    process.waitForFinished(60000);
    if (process.exitCode() != 0 && !mayFail)
        qFatal("git %s: %s", qPrintable(arguments.join(u' ')), process.readAllStandardError().constData());
    return process.readAllStandardOutput().trimmed();
}

int World::gitExit(const QString &directory, const QStringList &arguments) const
{
    QProcess process;
    process.setProcessEnvironment(m_environment);
    process.setWorkingDirectory(directory);
    process.start(u"git"_s, arguments);
    process.waitForFinished(60000);
    return process.exitCode();
}

TempRepo::TempRepo(const World &world, const QString &name, Start start)
    : m_world(world)
    , m_path(world.path(name))
{
    QDir().mkpath(m_path);
    m_path = QFileInfo(m_path).canonicalFilePath();
    git({u"init"_s, u"-q"_s});
    if (start == Start::OneCommit) {
        write("README", "hello\n");
        git({u"add"_s, u"-A"_s});
        git({u"commit"_s, u"-q"_s, u"-m"_s, u"first"_s});
    }
}

QString TempRepo::file(const QByteArray &name) const
{
    return m_path + u'/' + QFile::decodeName(name);
}

void TempRepo::write(const QByteArray &name, const QByteArray &content, int age) const
{
    const QByteArray full = QFile::encodeName(m_path) + '/' + name;
    for (qsizetype slash = full.indexOf('/', m_path.size() + 1); slash > 0; slash = full.indexOf('/', slash + 1))
        ::mkdir(full.left(slash).constData(), 0755);
    const int fd = ::open(full.constData(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (fd < 0 || ::write(fd, content.constData(), static_cast<size_t>(content.size())) != content.size())
        qFatal("cannot write %s", full.constData());
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    now.tv_sec -= age;
    const timespec times[2]{now, now};
    ::futimens(fd, times);
    ::close(fd);
}

void TempRepo::remove(const QByteArray &name) const
{
    ::unlink((QFile::encodeName(m_path) + '/' + name).constData());
}

QByteArray TempRepo::read(const QByteArray &name) const
{
    QFile content(file(name));
    return content.open(QIODevice::ReadOnly) ? content.readAll() : QByteArray();
}

QByteArray TempRepo::git(const QStringList &arguments, bool mayFail) const
{
    return m_world.git(m_path, arguments, mayFail);
}

QByteArray TempRepo::head() const
{
    return git({u"rev-parse"_s, u"-q"_s, u"--verify"_s, u"HEAD"_s}, true);
}

QList<QByteArray> TempRepo::subjects() const
{
    return git({u"log"_s, u"--format=%s"_s}).split('\n');
}

QByteArray TempRepo::indexBytes() const
{
    QFile index(m_path + u"/.git/index"_s);
    return index.open(QIODevice::ReadOnly) ? index.readAll() : QByteArray();
}

QByteArray TempRepo::blobAt(const QByteArray &revision, const QByteArray &name) const
{
    QProcess process;
    process.setProcessEnvironment(m_world.environment());
    process.setWorkingDirectory(m_path);
    process.start(u"git"_s, {u"cat-file"_s, u"blob"_s, QString::fromUtf8(revision + ':' + name)});
    process.waitForFinished(60000);
    return process.readAllStandardOutput();
}

QMap<QByteArray, QByteArray> TempRepo::tree() const
{
    QMap<QByteArray, QByteArray> files;
    QDirIterator it(m_path, QDir::Files | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = it.next();
        const QString relative = path.sliced(m_path.size() + 1);
        if (relative.startsWith(".git/"_L1))
            continue;
        QFile content(path);
        files.insert(QFile::encodeName(relative),
                     content.open(QIODevice::ReadOnly) ? content.readAll() : QByteArray("<unreadable>"));
    }
    return files;
}

QString makeHub(const World &world, const TempRepo &repo, const QString &name)
{
    const QString hub = world.path(name);
    world.git(world.path(), {u"init"_s, u"-q"_s, u"--bare"_s, hub});
    repo.git({u"remote"_s, u"add"_s, u"origin"_s, hub});
    repo.git({u"push"_s, u"-q"_s, u"-u"_s, u"origin"_s, u"HEAD"_s});
    return hub;
}

} // namespace AutoCommit::Testing
