#include "tray/model/firstrun.h"

#include <QDir>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

bool isBelow(const QString &path, const QString &folder)
{
    return path == folder || path.startsWith(folder.endsWith(u'/') ? folder : folder + u'/');
}

} // namespace

FirstRun::FirstRun(FirstRunCommands &commands, LoginSetting &login, QObject *parent)
    : QObject(parent)
    , m_commands(commands)
    , m_login(login)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        const auto waited = std::chrono::duration_cast<std::chrono::seconds>(m_deadline.intervalAsDuration());
        m_error = tr("That took longer than %n seconds and was ended.", nullptr, static_cast<int>(waited.count()));
        cancel();
    });
}

void FirstRun::setDeadlines(std::chrono::milliseconds each)
{
    m_planLimit = m_checkLimit = m_askLimit = m_startLimit = each;
}

/// Does one thing that takes a while; a later one, a cancel or the deadline makes its answer count no more.
template <typename Answer, typename Call, typename Then>
void FirstRun::run(const QString &doing, std::chrono::milliseconds limit, Call call, Then then)
{
    m_error.clear();
    m_doing = doing;
    m_deadline.start(limit);
    const int run = ++m_run;
    Q_EMIT changed();
    call([this, run, then](const Answer &answer) {
        if (run != m_run)
            return;
        endRun();
        m_error = answer ? QString() : answer.error().message;
        then(answer);
        Q_EMIT changed();
    });
}

void FirstRun::endRun()
{
    ++m_run;
    m_doing.clear();
    m_deadline.stop();
}

void FirstRun::cancel()
{
    if (!isBusy())
        return;
    endRun();
    m_commands.cancel();
    Q_EMIT changed();
}

void FirstRun::go(Step step)
{
    m_step = step;
    Q_EMIT changed();
}

bool FirstRun::canGoOn() const
{
    const bool placeNamed = !m_remote || (!m_place.url.isEmpty() && !m_place.token.isEmpty());
    const bool skipsCheck = m_step == Step::Checks; // whoever does not want to wait need not
    return (!isBusy() || skipsCheck) && !m_folders.isEmpty() && (m_step != Step::Way || placeNamed);
}

QString FirstRun::nextText() const
{
    switch (m_step) {
    case Step::Folders:
        return tr("Look, change nothing");
    case Step::Checks:
        return isBusy() ? tr("Skip") : tr("Next");
    case Step::Way:
        return !m_remote || !m_placeAnswer.isEmpty() ? tr("Next")
            : m_placeMayBeAway                       ? tr("Go on all the same")
                                                     : tr("Test and go on");
    case Step::Ready:
        return tr("Start");
    case Step::Done:
        return tr("Show the window");
    default:
        return tr("Next");
    }
}

void FirstRun::next()
{
    if (!canGoOn())
        return;
    switch (m_step) {
    case Step::Folders:
        return look();
    case Step::Plan:
        go(Step::Checks);
        return m_checked ? void() : check();
    case Step::Checks:
        cancel();
        return go(Step::Way);
    case Step::Way:
        return leaveWay();
    case Step::Ready:
        return start();
    case Step::Done:
        Q_EMIT finished();
    }
}

void FirstRun::back()
{
    cancel();
    m_error.clear();
    if (canGoBack())
        go(static_cast<Step>(static_cast<int>(m_step) - 1));
}

bool FirstRun::addFolder(const QString &folder)
{
    const QString clean = QDir::cleanPath(folder);
    if (folder.isEmpty() || std::ranges::any_of(m_folders, [&](const QString &f) { return isBelow(clean, f); }))
        return false;
    m_folders.removeIf([&](const QString &known) { return isBelow(known, clean); });
    m_folders.append(clean);
    m_checked = false;
    Q_EMIT changed();
    return true;
}

void FirstRun::removeFolder(const QString &folder)
{
    m_folders.removeAll(folder);
    m_checked = false;
    Q_EMIT changed();
}

void FirstRun::look()
{
    run<Result<QList<PlannedRepo>>>(
        tr("Looking for repositories…"), m_planLimit,
        [this](auto answer) { m_commands.preview(m_folders, this, std::move(answer)); },
        [this](const Result<QList<PlannedRepo>> &answer) {
            m_plan.setRepos(answer ? *answer : QList<PlannedRepo>());
            if (answer)
                m_step = Step::Plan;
        });
}

void FirstRun::check()
{
    m_checks.clear();
    run<Result<QList<ApiCheck>>>(
        tr("Asking the hubs and the models…"), m_checkLimit,
        [this](auto answer) { m_commands.check(m_plan.paths(), this, std::move(answer)); },
        [this](const Result<QList<ApiCheck>> &answer) {
            m_checked = answer.ok();
            if (answer)
                m_checks.setChecks(*answer);
        });
}

void FirstRun::checkAgain()
{
    if (!isBusy())
        check();
}

void FirstRun::setRemote(bool remote)
{
    if (m_remote == remote)
        return;
    cancel();
    m_remote = remote;
    m_error.clear();
    Q_EMIT changed();
}

void FirstRun::setPlace(const RemotePlace &place)
{
    if (place == m_place)
        return;
    cancel();
    m_place = place;
    m_placeAnswer.clear(); // it was another place that answered
    m_placeMayBeAway = false;
    m_error.clear();
    Q_EMIT changed();
}

void FirstRun::leaveWay()
{
    if (!m_remote || !m_placeAnswer.isEmpty() || m_placeMayBeAway)
        return go(Step::Ready);
    run<Result<QString>>(
        tr("Asking %1…").arg(m_place.url), m_askLimit,
        [this](auto answer) { m_commands.testRemote(m_place, this, std::move(answer)); },
        [this](const Result<QString> &answer) { takePlaceAnswer(answer); });
}

void FirstRun::takePlaceAnswer(const Result<QString> &answer)
{
    if (answer) {
        m_placeAnswer = *answer;
        m_step = Step::Ready;
        return;
    }
    // A daemon that is away comes back; a wrong token stays wrong.
    const ErrorKind kind = answer.error().kind;
    m_placeMayBeAway = kind == ErrorKind::Unreachable || kind == ErrorKind::Timeout;
}

void FirstRun::setStartsAtLogin(bool on)
{
    m_atLogin = on;
    Q_EMIT changed();
}

void FirstRun::start()
{
    StartWish wish{.folders = m_folders, .remote = {}, .atLogin = m_atLogin};
    if (m_remote)
        wish.remote = m_place;
    run<Result<QString>>(
        tr("Starting…"), m_startLimit, [this, wish](auto answer) { m_commands.start(wish, this, std::move(answer)); },
        [this](const Result<QString> &answer) {
            if (!answer)
                return;
            m_note = *answer;
            const bool written = !m_atLogin || (m_remote ? m_login.setCommitsLocal(m_folders) : m_login.setOn(true));
            if (!written)
                m_note += u' ' + m_login.error();
            m_step = Step::Done;
        });
}

QString FirstRun::readyText() const
{
    const QString where = m_folders.join(u", "_s);
    const QString who = m_remote
        ? tr("This program commits what is in %1. %2 describes the commits: changes that may leave this computer are "
             "sent there, secrets never.")
              .arg(where, m_placeAnswer.isEmpty() ? m_place.url : m_placeAnswer)
        : tr("A daemon on this computer commits what is in %1, every few minutes and shortly after you save.")
              .arg(where);
    return who + u"\n\n"_s
        + tr("Commits are pulled and pushed where a branch has a counterpart on a hub. Nothing is ever "
             "forced, and you can pause or stop it in the tray.");
}

QString FirstRun::doneText() const
{
    return m_note.trimmed().isEmpty() ? tr("auto-commit runs.") : tr("auto-commit runs.") + u'\n' + m_note.trimmed();
}

} // namespace AutoCommit
