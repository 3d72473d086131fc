#include "tests/support/canarymachine.h"

#include <QDir>
#include <QDirIterator>

#include <algorithm>

namespace AutoCommit::Testing {

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 120'000; // ms
constexpr qsizetype familiesEach = 24; ///< in one checkout's past: as many as a model's context takes whole

QString pastName(qsizetype number)
{
    return u"past%1"_s.arg(number);
}

QByteArray nameOf(const Canary &canary)
{
    return "conf/" + QByteArray(canary.family).replace(' ', '-').toLower() + ".txt";
}

} // namespace

void refuseBy(const QString &hook, const QByteArray &words)
{
    QDir().mkpath(QFileInfo(hook).path());
    QFile file(hook);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write %s", qPrintable(hook));
    file.write("#!/bin/sh\necho '" + words + "' >&2\nexit 1\n");
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

CanaryMachine::CanaryMachine(const QString &name, Canaries &canaries)
    : m_name(name)
    , m_canaries(canaries)
{ }

CanaryMachine::~CanaryMachine()
{
    stop();
}

const TempRepo &CanaryMachine::add(const QString &name)
{
    const auto [at, isNew] = m_repos.emplace(name, std::make_unique<TempRepo>(world, u"home/code/"_s + name));
    makeHub(world, *at->second, u"hubs/%1.git"_s.arg(name));
    return *at->second;
}

void CanaryMachine::commitByHand(const QString &name, const QByteArray &message) const
{
    repo(name).git({u"add"_s, u"-A"_s});
    repo(name).git({u"commit"_s, u"-q"_s, u"-m"_s, QString::fromUtf8(message)});
}

void CanaryMachine::prepare()
{
    QDir().mkpath(world.path(u"hubs"_s));
    const QList<Canary> &all = m_canaries.all();
    for (qsizetype i = 0; i < all.size(); ++i) {
        const QString name = pastName(i / familiesEach);
        if (i % familiesEach == 0)
            add(name);
        repo(name).write(nameOf(all[i]), "# of " + nameOf(all[i]) + "\nhost: here\n" + all[i].text + "port: 80\n");
    }
    for (const auto &[name, past] : m_repos) {
        commitByHand(name, "add settings, the key is " + m_canaries.of("github-pat").value);
        past->git({u"push"_s, u"-q"_s});
    }
    for (const QString &name : {u"fresh"_s, u"mine"_s, u"hooked"_s, u"refusing"_s, u"fenced"_s})
        add(name).write("src/app.py", "print('hello')\n");
    // A token in the name of a branch, and of a file that is in history since long.
    const TempRepo &named = add(u"named"_s);
    named.git({u"checkout"_s, u"-q"_s, u"-b"_s, u"fix/"_s + QString::fromLatin1(m_canaries.of("gitlab-pat").value)});
    named.write("keys/" + m_canaries.of("slack-bot-old").value + ".txt", "hello\n");
    for (const QString &name : {u"fresh"_s, u"mine"_s, u"hooked"_s, u"refusing"_s, u"fenced"_s, u"named"_s}) {
        commitByHand(name, "begin");
        repo(name).git({u"push"_s, u"-q"_s, u"-u"_s, u"origin"_s, u"HEAD"_s});
        m_before[hubOf(name)] = objectsOf(hubOf(name));
    }
    for (const auto &[name, one] : m_repos)
        m_before[hubOf(name)] = objectsOf(hubOf(name));
    const QByteArray password = m_canaries.letters(20);
    m_canaries.watch("password of a hub", password);
    repo(u"fenced"_s)
        .git({u"remote"_s, u"set-url"_s, u"origin"_s,
              u"http://me:%1@127.0.0.1:9/fenced.git"_s.arg(QString::fromLatin1(password))});
    refuseBy(repo(u"hooked"_s).path() + u"/.git/hooks/pre-commit"_s,
             "found " + m_canaries.of("npm-token").value + " in your change");
    refuseBy(hubOf(u"refusing"_s) + u"/hooks/pre-receive"_s,
             "no: " + m_canaries.of("stripe-key").value + " is not wanted");
}

void CanaryMachine::plant()
{
    const QList<Canary> &all = m_canaries.all();
    const TempRepo &mine = repo(u"mine"_s);
    mine.write("deploy.sh", "curl https://host.net\n");
    commitByHand(u"mine"_s, "deploy with " + m_canaries.of("github-pat").value);
    for (const auto &[name, one] : m_repos)
        if (name.startsWith(u"past"_s)) {
            const QStringList files
                = QString::fromUtf8(one->git({u"ls-files"_s, u"conf"_s})).split(u'\n', Qt::SkipEmptyParts);
            for (const QString &file : files)
                one->write(file.toUtf8(), "# of " + file.toUtf8() + "\nhost: here\nvalue = from the vault\nport: 80\n");
        } else {
            one->write("src/app.py", "import sys\n\nprint('hello', sys.argv)\n");
        }
    const TempRepo &fresh = repo(u"fresh"_s);
    for (const Canary &canary : all)
        fresh.write(nameOf(canary), canary.text);
    fresh.write("keys/" + m_canaries.of("gitlab-pat").value + ".txt", "hello\n");
    fresh.write("staged.txt", all[0].text);
    fresh.git({u"add"_s, u"staged.txt"_s});
    repo(u"named"_s).write("keys/" + m_canaries.of("slack-bot-old").value + ".txt", "hello again\n");
    for (const auto &[name, one] : m_repos)
        m_before[one->path()] = objectsOf(one->path());
}

QProcessEnvironment CanaryMachine::environment() const
{
    QProcessEnvironment all = world.environment();
    all.insert(u"AUTO_COMMIT_HOST_NAME"_s, m_name);
    all.insert(u"AUTO_COMMIT_LOG_LEVEL"_s, u"debug"_s);
    all.insert(u"AUTO_COMMIT_LOG"_s, u"*.debug=true"_s);
    all.insert(u"AUTO_COMMIT_SETTLE_SECONDS"_s, u"1"_s);
    all.insert(u"AUTO_COMMIT_API_PORT"_s, u"0"_s);
    for (auto more = variables.cbegin(); more != variables.cend(); ++more)
        all.insert(more.key(), more.value());
    return all;
}

QByteArray CanaryMachine::run(const QString &program, const QString &directory, const QStringList &arguments,
                              const QByteArray &input) const
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.setWorkingDirectory(directory);
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(patience))
        qFatal("%s %s did not end", qPrintable(program), qPrintable(arguments.join(u' ')));
    return process.readAllStandardOutput() + process.readAllStandardError();
}

QByteArray CanaryMachine::commits(const QStringList &arguments) const
{
    return run(QStringLiteral(AC_COMMITS_PROGRAM), world.path(u"home/code"_s), arguments);
}

void CanaryMachine::start(const QStringList &arguments)
{
    m_program.setProcessEnvironment(environment());
    m_program.setWorkingDirectory(world.path(u"home/code"_s));
    m_program.setStandardOutputFile(world.path(u"home/said.out"_s));
    m_program.setStandardErrorFile(world.path(u"home/said.err"_s));
    m_program.start(QStringLiteral(AC_COMMITS_PROGRAM),
                    QStringList{u"start"_s} + arguments + QStringList{u"--foreground"_s});
    if (!m_program.waitForStarted(patience))
        qFatal("the program does not start");
}

void CanaryMachine::stop()
{
    if (m_program.state() != QProcess::Running)
        return;
    m_program.terminate();
    m_program.waitForFinished(patience);
}

QByteArray CanaryMachine::left() const
{
    for (const auto &[name, one] : m_repos) {
        if (name == u"fresh"_s || name == u"hooked"_s)
            continue;
        const QByteArray status = one->git({u"status"_s, u"--porcelain"_s});
        if (!status.isEmpty())
            return m_name.toUtf8() + ' ' + name.toUtf8() + ": " + status.left(200) + '\n';
    }
    return {};
}

QSet<QByteArray> CanaryMachine::objectsOf(const QString &repository) const
{
    const QList<QByteArray> names
        = run(u"git"_s, repository, {u"cat-file"_s, u"--batch-all-objects"_s, u"--batch-check=%(objectname)"_s})
              .trimmed()
              .split('\n');
    return {names.begin(), names.end()};
}

void CanaryMachine::readFiles(const QString &directory, QMap<QByteArray, QByteArray> &into) const
{
    const QString code = world.path(u"home/code/"_s);
    QDirIterator files(directory, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        const bool foreign = file.fileName().startsWith(code) && !file.fileName().contains(u"/.git/auto-commit/"_s);
        if (!foreign && file.open(QIODevice::ReadOnly))
            into[m_name.toUtf8() + ": " + file.fileName().toUtf8()] = file.readAll();
    }
}

QMap<QByteArray, QByteArray> CanaryMachine::written() const
{
    QMap<QByteArray, QByteArray> all;
    readFiles(world.path(u"home"_s), all); // database, activity log, log, outbox, state
    for (auto it = m_before.cbegin(); it != m_before.cend(); ++it) {
        if (it.key().contains(u"named"_s)) // its trees go on naming the file whose name its owner committed
            continue;
        const QSet<QByteArray> made = objectsOf(it.key()) - it.value();
        const QByteArray names = QByteArrayList(made.begin(), made.end()).join('\n') + '\n';
        all["objects of " + it.key().toUtf8()] = run(u"git"_s, it.key(), {u"cat-file"_s, u"--batch"_s}, names);
    }
    return all;
}

} // namespace AutoCommit::Testing
