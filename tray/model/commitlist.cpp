#include "tray/model/commitlist.h"

#include "core/api/jsonread.h"
#include "tray/model/statewords.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr int pageSize = 200;
constexpr qsizetype liveWindow = 400; // how far down a commit that changed is looked for

} // namespace

CommitList::CommitList(DaemonModel &daemon, QObject *parent)
    : QAbstractTableModel(parent)
    , m_daemon(daemon)
{
    connect(&daemon, &DaemonModel::commitArrived, this, &CommitList::insertLive);
    connect(&daemon, &DaemonModel::repoChanged, this, &CommitList::lookForPushed);
    connect(&daemon.api(), &ApiClient::endpointChanged, this, &CommitList::restart);
    connect(&daemon, &DaemonModel::recentChanged, this, [this] {
        // After a break the newest commits may not be the ones that are shown.
        const QList<ApiCommit> &recent = m_daemon.picture().recent;
        const bool known = recent.isEmpty() || m_commits.isEmpty()
            || std::ranges::any_of(recent, [&](const ApiCommit &c) { return c.isSameAs(m_commits.at(0)); });
        if (m_started && !m_loading && m_repo.isEmpty() && (!known || m_commits.isEmpty() != recent.isEmpty()))
            restart();
    });
}

int CommitList::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_commits.size());
}

int CommitList::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CommitList::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Subject:
        return tr("Commit");
    case Repository:
        return tr("Repository");
    case When:
        return tr("When");
    case Hub:
        return tr("Hub");
    default:
        return {};
    }
}

QVariant CommitList::data(const QModelIndex &index, int role) const
{
    const std::optional<ApiCommit> commit = at(index.row());
    if (!commit)
        return {};
    if (role == ShaRole)
        return commit->sha;
    if (role == SourceRole)
        return commit->source;
    if (role == PushedRole)
        return commit->verifiedAt.isValid();
    if (role == Qt::ToolTipRole)
        return index.column() == When ? QLocale().toString(commit->committedAt.toLocalTime(), QLocale::LongFormat)
                                      : commit->subject;
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Subject:
        return commit->subject;
    case Repository:
        return commit->name;
    case When:
        return StateWords::age(commit->committedAt, m_daemon.picture().daemonNow(QDateTime::currentDateTimeUtc()));
    case Hub:
        return commit->verifiedAt.isValid() ? tr("on hub")
            : commit->pushedAt.isValid()    ? tr("pushed")
                                            : tr("only here");
    default:
        return {};
    }
}

bool CommitList::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_started && !m_loading && !m_next.isEmpty();
}

void CommitList::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        loadPage();
}

void CommitList::activate()
{
    m_active = true;
    if (!m_started && !m_loading)
        restart();
}

void CommitList::setRepo(const QString &id)
{
    if (m_repo == id)
        return;
    m_repo = id;
    restart();
}

std::optional<ApiCommit> CommitList::at(int row) const
{
    return row < 0 || row >= m_commits.size() ? std::nullopt : std::optional(m_commits.at(row));
}

void CommitList::fetchWhole(const ApiCommit &row, QObject *context, std::function<void(const ApiCommit &)> answer)
{
    m_daemon.api().get(
        u"/commits/"_s + row.sha, {}, context, [row, answer = std::move(answer)](const Result<QJsonObject> &told) {
            if (!told)
                return;
            const QList<ApiCommit> found = listAt(*told, u"items", parseCommit);
            const auto at = std::ranges::find_if(found, [&](const ApiCommit &commit) { return commit.isSameAs(row); });
            if (at != found.end())
                answer(*at);
        });
}

void CommitList::refreshAges()
{
    if (!m_commits.isEmpty())
        Q_EMIT dataChanged(index(0, When), index(rowCount() - 1, When), {Qt::DisplayRole});
}

QString CommitList::sourceText(const ApiCommit &commit)
{
    if (commit.source == u"builtin"_s)
        return tr("described by the built-in engine");
    if (commit.source == u"llm-repaired"_s)
        return tr("described by %1, corrected").arg(commit.model);
    return tr("described by %1").arg(commit.model);
}

QString CommitList::flowed(const QString &body)
{
    QString text;
    bool open = false; // the line before may go on
    const QStringList lines = body.split(u'\n');
    for (const QString &line : lines) {
        const bool isProse = !line.isEmpty() && line.front().isLetterOrNumber();
        if (!text.isEmpty())
            text += open && isProse ? u' ' : u'\n';
        text += line;
        open = !line.isEmpty() && !line.front().isSpace() && !line.endsWith(u"  "_s);
    }
    return text;
}

void CommitList::restart()
{
    ++m_epoch;
    m_loading = false;
    m_next.clear();
    m_error.clear();
    m_started = false;
    beginResetModel();
    m_commits.clear();
    m_pushedAt.clear();
    endResetModel();
    if (m_active)
        loadPage();
}

void CommitList::loadPage()
{
    m_loading = true;
    QUrlQuery query;
    query.addQueryItem(u"limit"_s, QString::number(pageSize));
    if (!m_repo.isEmpty())
        query.addQueryItem(u"repo"_s, m_repo);
    if (!m_next.isEmpty())
        query.addQueryItem(u"cursor"_s, QString::fromLatin1(QUrl::toPercentEncoding(m_next)));
    m_daemon.api().get(u"/commits"_s, query, this, [this, epoch = m_epoch](const Result<QJsonObject> &answer) {
        if (epoch == m_epoch)
            take(answer);
    });
    Q_EMIT loadingChanged();
}

void CommitList::take(const Result<QJsonObject> &answer)
{
    m_loading = false;
    m_error = answer ? QString() : answer.error().message;
    if (answer) {
        m_started = true;
        const QList<ApiCommit> page = listAt(*answer, u"items", parseCommit);
        m_next = textAt(*answer, u"next");
        if (!page.isEmpty()) {
            const int first = rowCount();
            beginInsertRows({}, first, first + static_cast<int>(page.size()) - 1);
            for (const ApiCommit &commit : page)
                m_commits.append(commit);
            endInsertRows();
        }
    }
    Q_EMIT loadingChanged();
}

void CommitList::insertLive(const ApiCommit &commit)
{
    if (!m_started || (!m_repo.isEmpty() && m_repo != commit.repo) || updateRow(commit))
        return;
    beginInsertRows({}, 0, 0);
    m_commits.prepend(commit);
    endInsertRows();
}

bool CommitList::updateRow(const ApiCommit &commit)
{
    const qsizetype known = m_commits.find(commit, liveWindow);
    if (known < 0)
        return false;
    m_commits.replace(known, commit);
    const int row = static_cast<int>(known);
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    return true;
}

/// What was committed in an earlier run and pushed by a later one: no event tells of the commits, only one of the
/// repository. What is true of them is asked, not guessed.
void CommitList::lookForPushed(int repo)
{
    const ApiRepo &now = m_daemon.picture().repoAt(repo);
    const QDateTime before = m_pushedAt.value(now.id);
    if (!m_started || !now.pushedAt.isValid() || now.pushedAt == before)
        return;
    m_pushedAt.insert(now.id, now.pushedAt);
    bool waits = false;
    for (qsizetype row = 0; row < std::min(m_commits.size(), liveWindow) && !waits; ++row)
        waits = m_commits.repo(row) == now.id && !m_commits.isVerified(row);
    if (!waits)
        return;
    QUrlQuery query;
    query.addQueryItem(u"limit"_s, QString::number(pageSize));
    query.addQueryItem(u"repo"_s, now.id);
    m_daemon.api().get(u"/commits"_s, query, this, [this, epoch = m_epoch](const Result<QJsonObject> &answer) {
        if (!answer || epoch != m_epoch)
            return;
        for (const ApiCommit &commit : listAt(*answer, u"items", parseCommit))
            updateRow(commit);
    });
}

} // namespace AutoCommit
