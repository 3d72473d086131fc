#include "app/commands.h"
#include "core/base/cleantext.h"
#include "core/keychain/keychain.h"

#include <algorithm>

#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestSecret = 8192;

/// What is typed is not shown until this ends; nothing where standard input is no terminal.
class HiddenInput
{
public:
    HiddenInput()
        : m_hidden(::tcgetattr(STDIN_FILENO, &m_before) == 0)
    {
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        if (m_hidden)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~HiddenInput()
    {
        if (m_hidden)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }
    HiddenInput(const HiddenInput &) = delete;
    HiddenInput &operator=(const HiddenInput &) = delete;

private:
    termios m_before = {};
    bool m_hidden;
};

/// The first line of standard input; nothing when interrupted. poll() is what a signal ends, read() goes on.
QByteArray readLine(const CancelToken &cancel)
{
    QByteArray line;
    char byte = 0;
    pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    while (line.size() <= longestSecret && !cancel.isCancelled()) {
        if (::poll(&input, 1, 200) <= 0)
            continue;
        if (::read(STDIN_FILENO, &byte, 1) != 1 || byte == '\n')
            return line.trimmed();
        line += byte;
    }
    return {};
}

QByteArray askForSecret(const Session &session)
{
    const bool typed = ::isatty(STDIN_FILENO) != 0;
    if (typed)
        session.terminal.err(u"The secret (it is not shown): "_s);
    const HiddenInput hidden;
    QByteArray secret = readLine(session.cancel);
    if (typed)
        session.terminal.errLine();
    return secret;
}

int store(const QString &name, bool isCoordinatorKey, const Session &session)
{
    const QByteArray secret = askForSecret(session);
    if (session.cancel.isCancelled())
        return ExitInterrupted;
    const auto isPlain = [](char c) { return c > 0x20 && c < 0x7f; };
    if (secret.isEmpty() || !std::ranges::all_of(secret, isPlain))
        return reportError(session.terminal,
                           {ErrorKind::Usage,
                            u"nothing was stored: the first line of standard input has to be a key without blanks"_s});
    if (const Status written = writeSecret(name, secret); !written)
        return reportError(session.terminal, written.error());
    session.terminal.errLine(u"stored as \"%1\""_s.arg(cleanLine(name)));
    if (isCoordinatorKey && session.loaded.settings.coordinatorKeyKeychain != name)
        session.terminal.errLine(
            u"for the model servers: commits config set coordinator_key_keychain %1"_s.arg(cleanLine(name)));
    return ExitDone;
}

int noEntry(const QString &name, const Session &session)
{
    session.terminal.errLine(u"there is no entry \"%1\""_s.arg(cleanLine(name)));
    return ExitAttention;
}

} // namespace

int runKeychain(const KeychainCommand &command, Session &session)
{
    const QString given = command.name.isEmpty() ? u"coordinator"_s : command.name;
    const QString host = hostTokenName(QUrl(given));
    const QString name = host.isEmpty() ? given : host;
    if (command.action == u"store"_s)
        return store(name, host.isEmpty(), session);
    if (command.action == u"remove"_s) {
        const Result<bool> gone = removeSecret(name);
        if (!gone)
            return reportError(session.terminal, gone.error());
        return *gone ? ExitDone : noEntry(name, session);
    }
    const auto found = readSecret(name);
    if (!found)
        return reportError(session.terminal, found.error());
    if (!*found)
        return noEntry(name, session);
    session.terminal.errLine(u"there is an entry \"%1\""_s.arg(cleanLine(name)));
    return ExitDone;
}

} // namespace AutoCommit
