#include "tests/support/fakesteering.h"

namespace AutoCommit::Testing {

namespace {

using namespace Qt::StringLiterals;

Paths pathsOf(const QString &home)
{
    QProcessEnvironment environment(QProcessEnvironment::Initialization{});
    environment.insert(u"HOME"_s, home);
    return Paths(environment);
}

QProcessEnvironment emptyEnvironment()
{
    return QProcessEnvironment(QProcessEnvironment::Initialization{});
}

} // namespace

FakeSteering::FakeSteering()
    : m_paths(pathsOf(m_home.path()))
{
    m_store = std::make_unique<Store>(StoreOptions{.location = m_paths.database(), .host = u"plum"_s}, m_clock);
    if (const auto opened = m_store->open(); !opened)
        qFatal("%s", qUtf8Printable(opened.error().message));
    m_history = std::make_unique<StoreThread>(StoreOptions{.location = m_paths.database(), .host = u"plum"_s}, m_clock,
                                              std::chrono::seconds(20));
    snapshot = {.name = u"default"_s, .host = u"plum"_s, .startedAt = wallTime(m_clock), .state = u"idle"_s};
    snapshot.cycle = {.number = 7, .reason = u"timer"_s, .startedAt = wallTime(m_clock), .done = 2, .total = 2};
    snapshot.coordinator = {.url = u"http://127.0.0.1:8210"_s, .state = u"ok"_s, .checkedAt = wallTime(m_clock)};
    if (!reload().ok())
        qFatal("no settings");
    calls.clear();
    loaded.settings.apiPort = 0;
}

std::optional<RepoSnapshot> FakeSteering::repo(const QString &id) const
{
    for (const RepoSnapshot &one : checkouts) {
        if (one.record.id == id)
            return one;
    }
    return std::nullopt;
}

Result<qint64> FakeSteering::startCycle(const QString &reason)
{
    calls += u"cycle "_s + reason;
    return ++snapshot.cycle.number;
}

Status FakeSteering::syncRepo(const QString &id, const QString &reason)
{
    calls += u"sync "_s + id + u' ' + reason;
    return {};
}

Result<int> FakeSteering::syncOrigin(const QString &origin, const QString &reason)
{
    calls += u"origin "_s + origin + u' ' + reason;
    int found = 0;
    for (const RepoSnapshot &one : checkouts)
        found += one.record.origin == origin ? 1 : 0;
    return found;
}

Status FakeSteering::pause(const PauseRecord &pause)
{
    calls += u"pause "_s + pause.repo + u' ' + pause.reason;
    if (pause.repo.isEmpty())
        snapshot.pause = pause;
    for (RepoSnapshot &one : checkouts) {
        if (one.record.id == pause.repo)
            one.record.pause = pause;
    }
    return {};
}

Status FakeSteering::resume(const QString &repo)
{
    calls += u"resume "_s + repo;
    if (repo.isEmpty())
        snapshot.pause.reset();
    for (RepoSnapshot &one : checkouts) {
        if (one.record.id == repo)
            one.record.pause.reset();
    }
    return {};
}

void FakeSteering::undo(const QString &repo, const QString &sha, std::function<void(Result<UndoDone>)> done)
{
    calls += u"undo "_s + repo + u' ' + sha;
    undoing.append(std::move(done));
}

Status FakeSteering::reload()
{
    calls += u"reload"_s;
    auto fresh = loadSettings(m_paths.configFile(), emptyEnvironment());
    if (!fresh)
        return fresh.error();
    const qint64 port = loaded.settings.apiPort;
    loaded = *std::move(fresh);
    loaded.settings.apiPort = port;
    return {};
}

RepoSnapshot &FakeSteering::addRepo(const QString &id, const QString &name, const QString &origin)
{
    RepoSnapshot one;
    one.record = {.host = u"plum"_s, .id = id, .path = (m_home.path() + u"/code/"_s + name).toUtf8()};
    one.record.commonDir = one.record.path + "/.git";
    one.record.origin = origin;
    one.record.branch = u"main"_s;
    one.record.head = QString(40, u'a');
    one.record.upstream = u"origin/main"_s;
    one.record.state = u"clean"_s;
    one.record.firstSeen = one.record.lastLooked = wallTime(m_clock);
    if (!m_store->saveRepos({one.record}).ok())
        qFatal("cannot save a repository");
    checkouts.append(one);
    return checkouts.back();
}

CommitRecord FakeSteering::commitOf(const QString &repo, int number)
{
    const Timestamp at = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    CommitRecord record{.host = u"plum"_s, .repo = repo, .origin = u"forge.example.org/dev/hello"_s};
    record.branch = u"main"_s;
    record.sha = u"%1"_s.arg(static_cast<qlonglong>(number), 40, 16, QLatin1Char('0'));
    record.subject = u"feat: change number %1"_s.arg(number);
    record.authoredAt = record.committedAt = at;
    record.paths = {"src/a.cpp", "src/b.cpp"};
    return record;
}

} // namespace AutoCommit::Testing
