#include "tests/support/fakeworld.h"

#include "core/config/settingspecs.h"

#include <QCryptographicHash>

#include <array>

namespace AutoCommit::Testing {

namespace {

using namespace Qt::StringLiterals;

constexpr std::array names{"auto-commit",  "dotfiles",  "weather-station", "ledger",         "kitchen-plan",
                           "photo-index",  "notes",     "home-server",     "garden-sensors", "blog",
                           "recipes",      "thesis",    "synth-engine",    "map-tiles",      "invoice-tool",
                           "mail-filters", "chess-bot", "train-times"};
constexpr std::array subjects{
    "fix(parser): keep the last line when the file has no line end",
    "feat: read the sensor list from the configuration",
    "docs: say how to restore a backup",
    "refactor(store): one writer, many readers",
    "test: cover an empty calendar",
    "fix: do not divide by the number of days in February",
    "chore: bump version to 2.4.1",
    "feat(ui): remember the column widths",
    "perf(index): read photos in the order they lie on disk",
    "Tidy up the garden plan for spring",
    "style: sort includes",
    "feat(export): write CSV with a byte order mark when asked and quote every field that holds a separator",
};
constexpr std::array files{"src/parser.cpp",  "src/parser.h",           "config/sensors.toml", "README.md",
                           "docs/restore.md", "tests/calendar_test.py", "CMakeLists.txt",      "notes/2026-08.md"};
constexpr std::array sources{"llm", "llm", "llm", "llm-repaired", "builtin"};

template <std::size_t N> QString pick(const std::array<const char *, N> &from, int at)
{
    return QString::fromUtf8(from.at(static_cast<std::size_t>(at) % N));
}

QString hexFor(const QString &seed)
{
    return QString::fromLatin1(QCryptographicHash::hash(seed.toUtf8(), QCryptographicHash::Sha1).toHex());
}

QString repoName(int at)
{
    const int round = at / static_cast<int>(names.size());
    return round == 0 ? pick(names, at) : u"%1-%2"_s.arg(pick(names, at)).arg(round + 1);
}

QString repoId(int at)
{
    return hexFor(u"repo%1"_s.arg(at)).left(20);
}

QString originOf(int at)
{
    return u"forge.example.org/ada/"_s + repoName(at);
}

QJsonObject makeRepo(const FakeWorld &world, int at)
{
    return {{u"id"_s, repoId(at)},
            {u"name"_s, repoName(at)},
            {u"path"_s, u"~/code/"_s + repoName(at)},
            {u"host"_s, u"apricot"_s},
            {u"origin"_s, originOf(at)},
            {u"branch"_s, at % 9 == 4 ? u"master"_s : u"main"_s},
            {u"head"_s, hexFor(u"head%1"_s.arg(at))},
            {u"upstream"_s, at % 9 == 4 ? u"origin/master"_s : u"origin/main"_s},
            {u"ahead"_s, 0},
            {u"behind"_s, 0},
            {u"state"_s, at % 7 == 0 ? u"committed"_s : u"clean"_s},
            {u"reason"_s, QString()},
            {u"looked_at"_s, world.ago(40 - at % 30)},
            {u"committed_at"_s, world.ago(1200 + 7321LL * at)},
            {u"pulled_at"_s, world.ago(45)},
            {u"pushed_at"_s, world.ago(1190 + 7321LL * at)},
            {u"changed_at"_s, QJsonValue()},
            {u"needs_push"_s, false},
            {u"pause"_s, QJsonValue()},
            {u"excluded"_s, at % 11 == 3 ? 2 : 0},
            {u"error"_s, QJsonValue()},
            {u"running"_s, false},
            {u"stage"_s, QString()},
            {u"web_url"_s, u"https://forge.example.org/ada/"_s + repoName(at)}};
}

QJsonObject makeCommit(const FakeWorld &world, int at, int repos)
{
    const int repo = (at * 7 + at / 5) % repos;
    const QString sha = hexFor(u"commit%1"_s.arg(at));
    QJsonArray paths;
    for (int i = 0; i < 1 + at % 4; ++i)
        paths.append(pick(files, at + i));
    const qint64 age = 95 + 1130LL * at;
    const bool body = at % 3 == 0;
    return {{u"id"_s, QString::number(1000000 - at)},
            {u"sha"_s, sha},
            {u"parent"_s, hexFor(u"commit%1"_s.arg(at + 1))},
            {u"host"_s, at % 4 == 1 ? u"plum"_s : u"apricot"_s},
            {u"repo"_s, repoId(repo)},
            {u"name"_s, repoName(repo)},
            {u"origin"_s, originOf(repo)},
            {u"branch"_s, u"main"_s},
            {u"subject"_s, pick(subjects, at)},
            {u"body"_s,
             body ? u"The reader stopped at the last line feed, so a file without one lost its\nlast "
                    "line. It now hands over what is left when the input ends."_s
                  : QString()},
            {u"source"_s, pick(sources, at)},
            {u"model"_s, at % 5 == 4 ? QString() : u"ministral-3b-instruct"_s},
            {u"authored_at"_s, world.ago(age)},
            {u"committed_at"_s, world.ago(age)},
            {u"pushed_at"_s, world.ago(age - 3)},
            {u"verified_at"_s, world.ago(age - 4)},
            {u"paths"_s, paths},
            {u"path_count"_s, paths.size()},
            {u"web_url"_s, u"https://forge.example.org/ada/%1/commit/%2"_s.arg(repoName(repo), sha)}};
}

QJsonObject makeConfig()
{
    QJsonArray settings;
    const Settings defaults;
    for (const SettingSpec &spec : settingSpecs()) {
        const bool changed = spec.name() == u"user_name"_s;
        settings.append(QJsonObject{{u"key"_s, spec.name()},
                                    {u"section"_s, QString::fromLatin1(spec.section)},
                                    {u"value"_s, changed ? QJsonValue(u"Ada"_s) : settingJson(spec, defaults)},
                                    {u"default"_s, settingJson(spec, defaults)},
                                    {u"origin"_s, changed ? u"file"_s : u"default"_s},
                                    {u"type"_s, spec.typeName()},
                                    {u"range"_s, spec.rangeText()},
                                    {u"help"_s, QString::fromUtf8(spec.help)},
                                    {u"unit"_s, QString()}});
    }
    return {{u"file"_s, u"~/.config/commits/startup-config.json"_s}, {u"settings"_s, settings}};
}

QJsonObject makeStats(const FakeWorld &world)
{
    QJsonArray days;
    qint64 total = 0;
    for (int back = 364; back >= 0; --back) {
        const QDate day = world.now.date().addDays(-back);
        const int weight = (back * 37 + back / 7 * 11) % 17;
        const int commits = day.dayOfWeek() >= 6 ? weight / 4 : weight < 3 ? 0 : weight * (back < 120 ? 3 : 2);
        total += commits;
        if (commits > 0)
            days.append(QJsonObject{{u"day"_s, day.toString(Qt::ISODate)}, {u"commits"_s, commits}});
    }
    QJsonArray repos;
    for (int i = 0; i < 8; ++i)
        repos.append(
            QJsonObject{{u"repo"_s, repoId(i)}, {u"name"_s, repoName(i)}, {u"commits"_s, total / (3 + i * i)}});
    return {{u"commits"_s, total},
            {u"unpushed"_s, 0},
            {u"per_day"_s, days},
            {u"by_source"_s,
             QJsonArray{QJsonObject{{u"source"_s, u"llm"_s}, {u"commits"_s, total * 8 / 10}},
                        QJsonObject{{u"source"_s, u"llm-repaired"_s}, {u"commits"_s, total / 10}},
                        QJsonObject{{u"source"_s, u"builtin"_s}, {u"commits"_s, total / 10}}}},
            {u"by_repo"_s, repos}};
}

QJsonObject makeHead(const FakeWorld &world, const QString &host, int at, qint64 age)
{
    return {{u"host"_s, host},
            {u"repo"_s, repoId(at)},
            {u"branch"_s, at % 9 == 4 ? u"master"_s : u"main"_s},
            {u"head"_s, hexFor(u"head%1"_s.arg(at))},
            {u"ahead"_s, 0},
            {u"behind"_s, 0},
            {u"reported_at"_s, world.ago(age)}};
}

QJsonObject makeParity(const FakeWorld &world, int at)
{
    QJsonArray heads{makeHead(world, u"apricot"_s, at, 40)};
    const bool both = at % 5 != 4;
    if (both)
        heads.append(makeHead(world, u"plum"_s, at, 130));
    return {{u"origin"_s, originOf(at)},
            {u"name"_s, repoName(at)},
            {u"state"_s, both ? u"same"_s : u"single"_s},
            {u"note"_s, QString()},
            {u"hosts"_s, heads}};
}

QJsonObject makeHost(const FakeWorld &world, const QString &name, const QString &system, qint64 age)
{
    return {{u"name"_s, name},
            {u"version"_s, QStringLiteral(AC_VERSION)},
            {u"protocol"_s, 1},
            {u"system"_s, system},
            {u"drift"_s, QString()},
            {u"first_seen"_s, world.ago(86400 * 90)},
            {u"last_seen"_s, world.ago(age)}};
}

void fail(FakeWorld &world, int at, const QString &kind, const QString &message, const QString &advice)
{
    QJsonObject &repo = world.repos[at];
    const QString id = u"e%1"_s.arg(at);
    repo.insert(u"state"_s, u"failed"_s);
    repo.insert(u"error"_s,
                QJsonObject{{u"id"_s, id}, {u"kind"_s, kind}, {u"message"_s, message}, {u"advice"_s, advice}});
    world.errors.append({{u"id"_s, id},
                         {u"host"_s, u"apricot"_s},
                         {u"repo"_s, repo.value(u"id"_s)},
                         {u"name"_s, repo.value(u"name"_s)},
                         {u"kind"_s, kind},
                         {u"message"_s, message},
                         {u"advice"_s, advice},
                         {u"first_seen"_s, world.ago(7200 + 60 * at)},
                         {u"last_seen"_s, world.ago(40)},
                         {u"count"_s, 3 + at},
                         {u"resolved_at"_s, QJsonValue()},
                         {u"resolved_by"_s, QString()}});
}

} // namespace

QString FakeWorld::ago(qint64 seconds) const
{
    return now.addSecs(-seconds).toString(Qt::ISODateWithMs);
}

void FakeWorld::setState(const QString &state)
{
    status.insert(u"state"_s, state);
}

void FakeWorld::recount()
{
    qint64 attention = 0;
    qint64 unpushed = 0;
    qint64 excluded = 0;
    qint64 paused = 0;
    for (const QJsonObject &repo : repos) {
        attention += repo.value(u"error"_s).isObject() ? 1 : 0;
        unpushed += repo.value(u"needs_push"_s).toBool() ? 1 : 0;
        excluded += repo.value(u"excluded"_s).toInteger();
        paused += repo.value(u"pause"_s).isObject() ? 1 : 0;
    }
    QJsonArray needs;
    for (const QJsonObject &error : errors)
        needs.append(QJsonObject{{u"repo"_s, error.value(u"repo"_s)},
                                 {u"name"_s, error.value(u"name"_s)},
                                 {u"kind"_s, error.value(u"kind"_s)},
                                 {u"message"_s, error.value(u"message"_s)},
                                 {u"advice"_s, error.value(u"advice"_s)},
                                 {u"since"_s, error.value(u"first_seen"_s)}});
    status.insert(u"attention"_s, needs);
    status.insert(u"counts"_s,
                  QJsonObject{{u"repos"_s, repos.size()},
                              {u"attention"_s, attention},
                              {u"unpushed"_s, unpushed},
                              {u"errors"_s, errors.size()},
                              {u"excluded"_s, excluded},
                              {u"commits_today"_s, 23},
                              {u"paused"_s, paused}});
}

FakeWorld emptyWorld()
{
    FakeWorld world;
    world.status = {{u"name"_s, u"default"_s},
                    {u"host"_s, u"apricot"_s},
                    {u"version"_s, QStringLiteral(AC_VERSION)},
                    {u"protocol"_s, 1},
                    {u"pid"_s, 4711},
                    {u"started_at"_s, world.ago(60)},
                    {u"now"_s, world.ago(0)},
                    {u"state"_s, u"idle"_s},
                    {u"pause"_s, QJsonValue()},
                    {u"cycle"_s, QJsonObject{{u"number"_s, 0}, {u"running"_s, false}}},
                    {u"watch"_s, QJsonObject{{u"events"_s, true}, {u"directories"_s, 0}, {u"note"_s, QString()}}},
                    {u"coordinator"_s, QJsonObject{{u"url"_s, QString()}, {u"state"_s, u"unset"_s}}},
                    {u"notes"_s, QJsonArray()}};
    world.config = makeConfig();
    world.stats = {{u"commits"_s, 0}};
    world.commitAt = [](int) { return QJsonObject(); };
    world.recount();
    return world;
}

FakeWorld normalWorld(int repos, int commits)
{
    FakeWorld world = emptyWorld();
    world.status.insert(u"started_at"_s, world.ago(86400));
    world.status.insert(u"cycle"_s,
                        QJsonObject{{u"number"_s, 481},
                                    {u"running"_s, false},
                                    {u"reason"_s, u"timer"_s},
                                    {u"started_at"_s, world.ago(52)},
                                    {u"finished_at"_s, world.ago(10)},
                                    {u"next_at"_s, world.ago(-130)},
                                    {u"done"_s, repos},
                                    {u"total"_s, repos}});
    world.status.insert(
        u"coordinator"_s,
        QJsonObject{{u"url"_s, u"http://127.0.0.1:8210"_s}, {u"state"_s, u"ok"_s}, {u"checked_at"_s, world.ago(40)}});
    for (int i = 0; i < repos; ++i) {
        world.repos.append(makeRepo(world, i));
        world.parity.append(makeParity(world, i));
    }
    world.hosts
        = {makeHost(world, u"apricot"_s, u"Debian GNU/Linux 12"_s, 10), makeHost(world, u"plum"_s, u"macOS 15"_s, 130)};
    world.stats = makeStats(world);
    world.commitCount = commits;
    const FakeWorld clock = {.now = world.now};
    world.commitAt = [clock, repos](int at) { return makeCommit(clock, at, repos); };
    world.recount();
    return world;
}

FakeWorld troubleWorld()
{
    FakeWorld world = normalWorld();
    const QString auth = u"The hub does not accept this machine's key: Permission denied (publickey)."_s;
    const QString authAdvice = u"Add ~/.ssh/id_ed25519.pub to your account on forge.example.org, then retry."_s;
    for (const int at : {3, 8, 14})
        fail(world, at, u"auth-failed"_s, auth, authAdvice);
    fail(world, 6, u"conflict"_s,
         u"This host and plum both changed notes/2026-08.md; the two changes do not fit together."_s,
         u"Merge origin/main in ~/code/notes; auto-commit goes on as soon as the merge is done."_s);
    fail(world, 11, u"hook-rejected"_s,
         u"The hook pre-commit ended with exit code 1: lint: 2 errors in chapters/3.tex."_s,
         u"Correct what the hook names; the commit is tried again when the files change."_s);
    for (const int at : {3, 8, 14}) {
        world.repos[at].insert(u"needs_push"_s, true);
        world.repos[at].insert(u"ahead"_s, 2 + at % 3);
    }
    world.repos[6].insert(u"ahead"_s, 1);
    world.repos[6].insert(u"behind"_s, 3);
    world.repos[9].insert(u"pause"_s,
                          QJsonObject{{u"reason"_s, u"moving house"_s},
                                      {u"by"_s, u"ada"_s},
                                      {u"since"_s, world.ago(4000)},
                                      {u"until"_s, world.ago(-3600)}});
    world.repos[1].insert(u"running"_s, true);
    world.repos[1].insert(u"stage"_s, u"analyze"_s);
    QJsonObject mixed = world.parity[6];
    QJsonArray heads = mixed.value(u"hosts"_s).toArray();
    QJsonObject plum = heads.at(1).toObject();
    plum.insert(u"branch"_s, u"spring"_s);
    plum.insert(u"head"_s, hexFor(u"elsewhere"_s));
    plum.insert(u"ahead"_s, 3);
    heads.replace(1, plum);
    mixed.insert(u"hosts"_s, heads);
    mixed.insert(u"state"_s, u"branch-mismatch"_s);
    mixed.insert(u"note"_s, u"apricot has main checked out, plum has spring."_s);
    world.parity[6] = mixed;
    world.hosts[1].insert(u"version"_s, u"0.0.9"_s);
    world.hosts[1].insert(u"drift"_s, u"plum runs 0.0.9, this daemon 0.1.0. Update with: brew upgrade auto-commit"_s);
    world.status.insert(u"notes"_s,
                        QJsonArray{u"The coordinator has not answered for 12 minutes; messages wait for it."_s});
    world.status.insert(
        u"coordinator"_s,
        QJsonObject{{u"url"_s, u"http://127.0.0.1:8210"_s}, {u"state"_s, u"down"_s}, {u"checked_at"_s, world.ago(20)}});
    world.setState(u"attention"_s);
    world.recount();
    return world;
}

FakeWorld bigWorld()
{
    return normalWorld(2000, 100000);
}

} // namespace AutoCommit::Testing
