#include "tray/model/daemonmodel.h"

#include "core/api/jsonread.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype recentKept = 30;

} // namespace

DaemonModel::DaemonModel(ApiClient &api, EventStream &events, QObject *parent)
    : QObject(parent)
    , m_api(api)
    , m_events(events)
{
    m_picture.address = api.endpoint().url.authority();
    m_picture.tokenTrouble = api.endpoint().tokenTrouble;
    connect(&events, &EventStream::opened, this, [this](bool fresh) {
        m_losses = 0;
        if (fresh || m_picture.link != LinkState::Online)
            fetchAll();
    });
    connect(&events, &EventStream::event, this, &DaemonModel::takeEvent);
    connect(&events, &EventStream::lost, this, &DaemonModel::lost);
}

void DaemonModel::start()
{
    m_events.start();
}

void DaemonModel::connectTo(const ApiEndpoint &endpoint)
{
    ++m_epoch;
    m_pending = 0;
    m_meanwhile.clear();
    m_again = false;
    m_losses = 0;
    Q_EMIT reposAboutToReset();
    m_picture = {.local = std::exchange(m_picture.local, {})};
    m_picture.address = endpoint.url.authority();
    m_picture.tokenTrouble = endpoint.tokenTrouble;
    m_index.clear();
    Q_EMIT reposReset();
    Q_EMIT problemsChanged();
    Q_EMIT recentChanged();
    Q_EMIT hostsChanged();
    Q_EMIT changed();
    m_api.setEndpoint(endpoint);
    m_events.setEndpoint(endpoint);
}

void DaemonModel::retryNow()
{
    Q_EMIT retried(); // whoever knows a better endpoint by now says so
    m_events.tryNow();
}

const ApiRepo *DaemonModel::repo(const QString &id) const
{
    if (LocalPicture::owns(id)) {
        const auto own = std::ranges::find(m_picture.local.repos, id, &ApiRepo::id);
        return own == m_picture.local.repos.cend() ? nullptr : &*own;
    }
    const int at = indexOfRepo(id);
    return at < 0 ? nullptr : &m_picture.repos.at(at);
}

void DaemonModel::setLocal(const LocalPicture &local)
{
    const bool sameRows = std::ranges::equal(local.repos, m_picture.local.repos, {}, &ApiRepo::id, &ApiRepo::id);
    const bool sameProblems
        = std::ranges::equal(local.problems, m_picture.local.problems, [](const ApiProblem &a, const ApiProblem &b) {
              return a.id == b.id && a.message == b.message;
          });
    if (!sameRows)
        Q_EMIT reposAboutToReset();
    m_picture.local = local;
    if (!sameRows)
        Q_EMIT reposReset();
    else
        for (qsizetype row = m_picture.repos.size(); row < m_picture.repoCount(); ++row)
            Q_EMIT repoChanged(static_cast<int>(row));
    if (!sameProblems)
        Q_EMIT problemsChanged();
    Q_EMIT changed();
}

void DaemonModel::noteNoControl()
{
    m_picture.mayControl = false;
    Q_EMIT changed();
}

QString DaemonModel::whyNoControl() const
{
    if (m_picture.link != LinkState::Online)
        return tr("The daemon does not answer");
    return m_picture.mayControl
        ? QString()
        : tr("The token of this user lacks the scope \"control\" at the daemon (commits token create --help)");
}

void DaemonModel::fetchAll()
{
    if (m_pending > 0) {
        m_again = true;
        return;
    }
    QUrlQuery recent;
    recent.addQueryItem(u"limit"_s, QString::number(recentKept));
    // Repositories before the status: what the status sentence counts is there when it is said.
    fetchPart(u"/repos"_s, {}, [this](const QJsonObject &o) { takeRepos(o); });
    fetchPart(u"/status"_s, {}, [this](const QJsonObject &o) { takeStatus(o); });
    fetchPart(u"/errors"_s, {}, [this](const QJsonObject &o) {
        m_picture.problems = listAt(o, u"items", parseProblem);
        m_picture.problems.removeIf([](const ApiProblem &p) { return p.resolvedAt.isValid(); });
        // What came in while this was on its way may be newer; nobody is to see it gone for a moment.
        for (const auto &[name, data] : std::as_const(m_meanwhile))
            if (name == u"error"_s)
                mergeProblem(parseProblem(data));
        Q_EMIT problemsChanged();
    });
    fetchPart(u"/commits"_s, recent, [this](const QJsonObject &o) {
        m_picture.recent = listAt(o, u"items", parseCommit);
        Q_EMIT recentChanged();
    });
    refreshHosts();
}

void DaemonModel::refreshHosts()
{
    fetchPart(u"/hosts"_s, {}, [this](const QJsonObject &o) {
        m_picture.hosts = listAt(o, u"items", parseHost);
        Q_EMIT hostsChanged();
    });
    fetchPart(u"/parity"_s, {}, [this](const QJsonObject &o) {
        m_picture.parity = listAt(o, u"items", parseParity);
        Q_EMIT hostsChanged();
    });
}

void DaemonModel::fetchPart(const QString &path, const QUrlQuery &query, std::function<void(const QJsonObject &)> take)
{
    ++m_pending;
    m_api.get(path, query, this, [this, epoch = m_epoch, take = std::move(take)](const Result<QJsonObject> &answer) {
        if (epoch != m_epoch)
            return;
        if (answer)
            take(*answer);
        if (--m_pending == 0)
            partDone();
    });
}

void DaemonModel::partDone()
{
    const auto events = std::exchange(m_meanwhile, {});
    for (const auto &[name, data] : events)
        apply(name, data);
    if (std::exchange(m_again, false))
        fetchAll();
}

void DaemonModel::takeStatus(const QJsonObject &object)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_picture.status = parseStatus(object);
    if (m_picture.status.scopes)
        m_picture.mayControl = m_picture.status.scopes->contains(u"control"_s);
    m_picture.loaded = true;
    m_picture.link = LinkState::Online;
    m_picture.lastHeard = now;
    if (m_picture.status.now.isValid())
        m_picture.skewMs = now.msecsTo(m_picture.status.now);
    Q_EMIT changed();
}

void DaemonModel::takeRepos(const QJsonObject &object)
{
    Q_EMIT reposAboutToReset();
    m_picture.repos = listAt(object, u"items", parseRepo);
    std::ranges::stable_sort(m_picture.repos, [](const ApiRepo &a, const ApiRepo &b) {
        return a.name.compare(b.name, Qt::CaseInsensitive) < 0;
    });
    m_index.clear();
    for (int i = 0; i < m_picture.repos.size(); ++i)
        m_index.insert(m_picture.repos.at(i).id, i);
    Q_EMIT reposReset();
}

void DaemonModel::takeEvent(const QString &name, const QJsonObject &data)
{
    m_picture.lastHeard = QDateTime::currentDateTimeUtc();
    if (m_pending > 0) { // only the last word on a thing: what was said before it is not true any more
        m_meanwhile.removeIf([&](const auto &earlier) { // a commit has no number yet as it is told
            return earlier.first == name && earlier.second[u"id"] == data[u"id"]
                && earlier.second[u"sha"] == data[u"sha"];
        });
        m_meanwhile.append({name, data});
    }
    apply(name, data);
}

void DaemonModel::apply(const QString &name, const QJsonObject &data)
{
    if (name == u"status"_s)
        takeStatus(data);
    else if (name == u"repo"_s)
        takeRepo(data);
    else if (name == u"error"_s)
        takeProblem(data);
    else if (name == u"commit"_s)
        takeCommit(data);
    else if (name == u"cycle"_s)
        takeCycle(data);
}

void DaemonModel::takeRepo(const QJsonObject &object)
{
    const ApiRepo repo = parseRepo(object);
    // A run without errors ends all that stood against a repository; no event of their own says so.
    if (!repo.error && m_picture.problems.removeIf([&](const ApiProblem &p) { return p.repo == repo.id; }) > 0)
        Q_EMIT problemsChanged();
    const int at = indexOfRepo(repo.id);
    if (at >= 0) {
        m_picture.repos[at] = repo;
        Q_EMIT repoChanged(at);
        return;
    }
    Q_EMIT reposAboutToReset();
    m_index.insert(repo.id, static_cast<int>(m_picture.repos.size()));
    m_picture.repos.append(repo);
    Q_EMIT reposReset();
}

void DaemonModel::takeProblem(const QJsonObject &object)
{
    mergeProblem(parseProblem(object));
    Q_EMIT problemsChanged();
}

void DaemonModel::mergeProblem(const ApiProblem &problem)
{
    QList<ApiProblem> &all = m_picture.problems;
    all.removeIf([&](const ApiProblem &known) { return known.id == problem.id; });
    if (!problem.resolvedAt.isValid())
        all.prepend(problem);
}

void DaemonModel::takeCommit(const QJsonObject &object)
{
    const ApiCommit commit = parseCommit(object);
    QList<ApiCommit> &recent = m_picture.recent;
    const auto known = std::ranges::find_if(recent, [&](const ApiCommit &c) { return c.isSameAs(commit); });
    if (known != recent.end()) {
        *known = commit; // for instance: pushed by now
    } else {
        recent.prepend(commit);
        recent.resize(std::min(recent.size(), recentKept));
    }
    Q_EMIT commitArrived(commit);
    Q_EMIT recentChanged();
}

void DaemonModel::takeCycle(const QJsonObject &object)
{
    if (object.contains(u"running"_s)) {
        m_picture.status.cycle = parseCycle(object);
        Q_EMIT changed();
    }
    if (timeAt(object, u"finished_at").isValid())
        refreshHosts();
}

void DaemonModel::lost(const Error &error)
{
    ++m_losses;
    m_picture.linkError = error;
    // A break of a moment, such as a restart, is not worth an alarm; a second failed try, or a first that never got
    // through, is.
    const bool sure = m_losses > 1 || !m_picture.loaded;
    m_picture.link = sure ? LinkState::Offline : LinkState::Connecting;
    Q_EMIT changed();
}

} // namespace AutoCommit
