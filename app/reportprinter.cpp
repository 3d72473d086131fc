#include "app/reportprinter.h"

#include "core/base/cleantext.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype shownExclusions = 8;

QString counted(qsizetype count, const QString &one, const QString &many)
{
    return u"%1 %2"_s.arg(count).arg(count == 1 ? one : many);
}

QString headline(const RunReport &report)
{
    const QString commits = counted(report.commits.size(), u"commit"_s, u"commits"_s);
    QString text;
    switch (report.state) {
    case RunState::Clean:
        text = report.reason.isEmpty() ? u"clean"_s : report.reason;
        break;
    case RunState::Committed:
        text = commits + (report.reason.isEmpty() ? QString() : u"; "_s + report.reason);
        break;
    case RunState::Planned:
        text = commits + u" planned"_s + (report.reason.isEmpty() ? QString() : u"; "_s + report.reason);
        break;
    case RunState::Skipped:
        text = u"skipped: "_s + report.reason;
        break;
    case RunState::Failed:
        text = (report.commits.isEmpty() ? QString() : commits + u", then "_s) + u"failed: "_s + report.reason;
        break;
    }
    if (report.pulled)
        text += u", took over the hub's commits"_s;
    if (report.pushed)
        text += u", pushed"_s;
    else if (report.needsPush && report.state == RunState::Committed)
        text += u", not pushed"_s;
    return text;
}

Colour colourOf(RunState state)
{
    switch (state) {
    case RunState::Committed:
    case RunState::Planned:
        return Colour::Green;
    case RunState::Skipped:
        return Colour::Yellow;
    case RunState::Failed:
        return Colour::Red;
    case RunState::Clean:
        break;
    }
    return Colour::Dim;
}

QString commitLine(const ReportedCommit &commit, const Terminal &terminal)
{
    const QString name = commit.sha.isEmpty() ? u"-------"_s : QString::fromLatin1(commit.sha.left(7));
    const QString files = counted(commit.paths.size(), u"file"_s, u"files"_s);
    return u"  "_s + terminal.styled(Colour::Yellow, name) + u"  "_s + commit.subject
        + terminal.styled(Colour::Dim, u"  ("_s + files + u')') + u'\n';
}

} // namespace

QString reportText(const RunReport &report, const Terminal &terminal, const Paths &paths)
{
    QString text = terminal.styled(Colour::Bold, paths.abbreviateHome(report.path));
    if (!report.branch.isEmpty())
        text += u"  "_s + terminal.styled(Colour::Blue, report.branch);
    text += u"  "_s + terminal.styled(colourOf(report.state), headline(report)) + u'\n';
    for (const ReportedCommit &commit : report.commits)
        text += commitLine(commit, terminal);
    for (qsizetype i = 0; i < std::min(report.excluded.size(), shownExclusions); ++i)
        text += terminal.styled(Colour::Dim, u"  left out  "_s) + displayPath(report.excluded[i].path)
            + terminal.styled(Colour::Dim, u": "_s + report.excluded[i].reason) + u'\n';
    if (report.excluded.size() > shownExclusions)
        text += terminal.styled(Colour::Dim,
                                u"  left out  %1 more (see --json)"_s.arg(report.excluded.size() - shownExclusions))
            + u'\n';
    for (const QString &warning : report.warnings)
        text += terminal.styled(Colour::Yellow, u"  warning   "_s) + warning + u'\n';
    return text;
}

QString summaryText(const QList<RunReport> &reports)
{
    qsizetype commits = 0;
    for (const RunReport &report : reports)
        commits += report.commits.size();
    const auto count = [&](auto predicate) { return std::ranges::count_if(reports, predicate); };
    const auto changed = count([](const RunReport &r) { return !r.commits.isEmpty(); });
    const auto clean = count([](const RunReport &r) { return r.state == RunState::Clean; });
    const auto attention = count([](const RunReport &r) { return r.needsUser(); });
    const bool planned = std::ranges::any_of(reports, [](const RunReport &r) { return r.state == RunState::Planned; });
    QString text = counted(commits, u"commit"_s, u"commits"_s) + (planned ? u" planned"_s : QString()) + u" in "_s
        + counted(changed, u"repository"_s, u"repositories"_s);
    if (clean > 0)
        text += u", %1 clean"_s.arg(clean);
    if (attention > 0)
        text += attention == 1 ? u", 1 needs you"_s : u", %1 need you"_s.arg(attention);
    return text;
}

QByteArray reportsJson(const QList<RunReport> &reports)
{
    QJsonArray repos;
    for (const RunReport &report : reports)
        repos += report.toJson();
    return QJsonDocument(QJsonObject{{u"repos"_s, repos}}).toJson(QJsonDocument::Compact) + '\n';
}

SweepProgress::SweepProgress(const Terminal &terminal, const Paths &paths, qsizetype total, bool printReports)
    : m_terminal(terminal)
    , m_paths(paths)
    , m_total(total)
    , m_printReports(printReports)
{ }

SweepProgress::~SweepProgress()
{
    show({});
}

void SweepProgress::stageStarted(const QString &path, StageId stage)
{
    const std::lock_guard guard(m_mutex);
    show(u"[%1/%2] %3: %4"_s.arg(m_done).arg(m_total).arg(m_paths.abbreviateHome(path),
                                                          QString::fromLatin1(stageName(stage))));
}

void SweepProgress::finished(const RunReport &report)
{
    const std::lock_guard guard(m_mutex);
    ++m_done;
    const bool worthALine
        = report.state != RunState::Clean || !report.reason.isEmpty() || report.pulled || report.pushed || m_total == 1;
    if (!m_printReports || !worthALine)
        return;
    show({});
    m_terminal.out(reportText(report, m_terminal, m_paths));
}

void SweepProgress::waiting(const QString &host)
{
    const std::lock_guard guard(m_mutex);
    const QString text = u"waiting for %1"_s.arg(host);
    if (m_terminal.errIsTerminal())
        show(text);
    else
        m_terminal.errLine(text);
}

void SweepProgress::show(const QString &text)
{
    if (!m_terminal.errIsTerminal() || (text.isEmpty() && !m_lineOpen))
        return;
    m_terminal.err(u"\r\x1b[K"_s + text.left(m_terminal.width() - 1));
    m_lineOpen = !text.isEmpty();
}

} // namespace AutoCommit
