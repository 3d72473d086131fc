#include "app/commands.h"
#include "core/base/cleantext.h"
#include "core/git/locate.h"
#include "core/pipeline/checkoutgate.h"
#include "core/service/filescan.h"
#include "core/sync/upstream.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// A count that is rewritten on a terminal while a long scan goes on.
class Counter
{
public:
    explicit Counter(const Terminal &terminal)
        : m_terminal(terminal)
    { }
    ~Counter()
    {
        if (m_shown)
            m_terminal.err(u"\r\x1b[K"_s);
    }
    Q_DISABLE_COPY_MOVE(Counter)

    void show(const ScanSummary &summary)
    {
        if (!m_terminal.errIsTerminal() || summary.files % 500 != 0)
            return;
        m_terminal.err(u"\r\x1b[K%1 files, %2 MB"_s.arg(summary.files).arg(summary.bytes >> 20));
        m_shown = true;
    }

private:
    const Terminal &m_terminal;
    bool m_shown = false;
};

void printText(const ScanSummary &summary, const Terminal &terminal)
{
    qsizetype held = 0;
    for (const UnreadFile &file : summary.unread)
        terminal.errLine(terminal.styled(Colour::Red, displayPath(file.path)) + u": not read: "_s + file.why);
    for (const ScannedFile &file : summary.told) {
        const QString path = displayPath(file.path);
        if (file.name.blocks()) {
            ++held;
            terminal.outLine(terminal.styled(Colour::Red, path) + u": "_s + file.name.reason);
        }
        for (const Finding &finding : file.findings) {
            const QString place = u"%1:%2:%3"_s.arg(path).arg(finding.line).arg(finding.column);
            const QString allowed = finding.blocks() ? QString() : u"  allowed: "_s + allowanceName(finding.allowance);
            held += finding.blocks() ? 1 : 0;
            terminal.outLine(terminal.styled(finding.blocks() ? Colour::Red : Colour::Dim, place) + u": "_s
                             + QString::fromLatin1(finding.rule) + u"  "_s + finding.preview
                             + terminal.styled(Colour::Dim, allowed));
            if (finding.blocks())
                terminal.outLine(terminal.styled(Colour::Dim,
                                                 u"    a false alarm? commits config add allow_secrets "_s
                                                     + QString::fromLatin1(finding.fingerprint)));
        }
    }
    terminal.errLine(u"%1 in %2 files (%3 MB)"_s.arg(held == 0 ? u"nothing found"_s : u"%1 to look at"_s.arg(held))
                         .arg(summary.files)
                         .arg(static_cast<double>(summary.bytes) / (1 << 20), 0, 'f', 1));
    if (!summary.unread.isEmpty())
        terminal.errLine(u"%1 not read: this scan is not complete"_s.arg(summary.unread.size()));
}

Result<Git> checkoutHere(const GitTools &tools, const Session &session)
{
    AC_ASSIGN(const RepoLocation location, locateRepository(QDir::currentPath()));
    Git git(tools, location, session.cancel);
    AC_ASSIGN(const RepoConfig config, RepoConfig::read(git));
    AC_ASSIGN(const Settings settings, session.loaded.forCheckout(location.workTree, config.ownSettings()));
    git.setOverrides(config.overrides(settings.trustedFilters));
    if (const auto promisors = promisorEnvironment(config, settings))
        git.addEnvironment(*promisors);
    return git;
}

Status scanPaths(const QStringList &paths, FileScan &scan, const GitTools &tools)
{
    for (const QString &given : paths) {
        const QFileInfo info(given);
        const QString clean = QDir::cleanPath(given);
        const QByteArray shown = clean == u"."_s ? QByteArray() : QFile::encodeName(clean);
        if (!info.exists() && !info.isSymLink())
            return Error{ErrorKind::Usage, u"%1: no such file or directory"_s.arg(given)};
        if (info.isDir())
            AC_TRY(scan.addDirectory(given, tools, shown));
        else
            AC_TRY(scan.addFile(given, shown, shown));
    }
    return {};
}

Status scanAll(const ScanCommand &command, Session &session, FileScan &scan)
{
    if (command.fromStdin) {
        QFile input;
        if (!input.open(stdin, QIODevice::ReadOnly))
            return Error{ErrorKind::IoError, u"standard input cannot be read: %1"_s.arg(input.errorString())};
        scan.addContent(QFile::encodeName(command.paths.value(0, u"stdin"_s)), input.readAll());
        return {};
    }
    AC_ASSIGN(const GitTools tools, session.findGit());
    if (command.staged || !command.range.isEmpty()) {
        AC_ASSIGN(const Git git, checkoutHere(tools, session));
        return command.staged ? scan.addStaged(git) : scan.addRange(git, command.range);
    }
    return scanPaths(command.paths.isEmpty() ? QStringList{u"."_s} : command.paths, scan, tools);
}

/// Whose rules count: of the checkout that holds the first path, or of none.
QString checkoutOf(const ScanCommand &command)
{
    const Result<RepoLocation> location
        = locateRepository(command.fromStdin || command.paths.isEmpty() ? QDir::currentPath() : command.paths.first());
    return location ? location->workTree : QString();
}

} // namespace

int runScan(const ScanCommand &command, Session &session)
{
    Counter counter(session.terminal);
    FileScan scan(checkoutGate(session.loaded.settings, checkoutOf(command), session.salt()), session.cancel,
                  [&](const ScanSummary &soFar) { counter.show(soFar); });
    if (const Status scanned = scanAll(command, session, scan); !scanned) {
        reportError(session.terminal, scanned.error());
        return scanned.error().kind == ErrorKind::Cancelled ? ExitInterrupted : ExitUsage;
    }
    const ScanSummary &summary = scan.summary();
    if (command.sarif)
        session.terminal.out(
            QString::fromUtf8(QJsonDocument(scanToSarif(summary, QStringLiteral(AC_VERSION))).toJson()));
    else if (command.json)
        session.terminal.out(
            QString::fromUtf8(QJsonDocument(scanToJson(summary)).toJson(QJsonDocument::Compact) + '\n'));
    else
        printText(summary, session.terminal);
    return summary.exitCode();
}

} // namespace AutoCommit
