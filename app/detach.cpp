#include "app/detach.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>

#include <array>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr auto readyVariable = "COMMITS_READY_FD"; // not AUTO_COMMIT_*: those are settings
constexpr int patience = 30'000;

void tell(const QJsonObject &message)
{
    bool known = false;
    const int fd = qEnvironmentVariableIntValue(readyVariable, &known);
    qunsetenv(readyVariable);
    if (!known)
        return;
    const QByteArray line = QJsonDocument(message).toJson(QJsonDocument::Compact);
    [[maybe_unused]] const auto written = ::write(fd, line.constData(), static_cast<std::size_t>(line.size()));
    ::close(fd);
}

/// In the child, between fork and exec: async-signal-safe calls only.
[[noreturn]] void become(const char *program, char *const *arguments, int output, int ready)
{
    ::setsid();
    const int input = ::open("/dev/null", O_RDONLY);
    ::dup2(input, STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    ::fcntl(ready, F_SETFD, 0);
    if (::chdir("/") == 0)
        ::execv(program, arguments);
    ::_exit(127);
}

/// What the child says before it closes its end.
QByteArray hear(int fd)
{
    QByteArray heard;
    std::array<char, 4096> buffer{};
    pollfd wanted{.fd = fd, .events = POLLIN, .revents = 0};
    while (::poll(&wanted, 1, patience) > 0) {
        const auto size = ::read(fd, buffer.data(), buffer.size());
        if (size <= 0)
            break;
        heard.append(buffer.data(), size);
    }
    return heard;
}

} // namespace

void reportReady(const QJsonObject &facts)
{
    tell(facts);
}

void reportFailure(const Error &error)
{
    tell({{u"error"_s, error.message}, {u"kind"_s, errorKindName(error.kind)}});
}

Result<QJsonObject> startDetached(const QStringList &arguments, const QString &outputFile)
{
    const int output
        = ::open(QFile::encodeName(outputFile).constData(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    std::array<int, 2> ends{};
    if (output < 0 || ::pipe(ends.data()) != 0)
        return Error{ErrorKind::IoError, u"%1: cannot be written"_s.arg(outputFile)};
    for (const int end : ends)
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
    qputenv(readyVariable, QByteArray::number(ends[1]));
    const QByteArray program = QFile::encodeName(QCoreApplication::applicationFilePath());
    QList<QByteArray> bytes{program};
    for (const QString &argument : arguments)
        bytes += QFile::encodeName(argument);
    std::vector<char *> pointers;
    for (QByteArray &argument : bytes)
        pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    const pid_t child = ::fork();
    if (child == 0)
        become(program.constData(), pointers.data(), output, ends[1]);
    ::close(ends[1]);
    ::close(output);
    qunsetenv(readyVariable);
    const QByteArray heard = child < 0 ? QByteArray() : hear(ends[0]);
    ::close(ends[0]);
    const QJsonObject facts = QJsonDocument::fromJson(heard).object();
    if (facts.isEmpty())
        return Error{ErrorKind::Internal, u"the daemon did not start; see %1"_s.arg(outputFile)};
    if (facts.contains(u"error"_s))
        return Error{errorKindFromName(facts[u"kind"_s].toString()), facts[u"error"_s].toString()};
    return facts;
}

} // namespace AutoCommit
