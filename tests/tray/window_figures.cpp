// window_figures URL TOKEN: how long the window takes to be of use against a daemon, and how much memory it holds.
// Point it at: fakedaemon big (2000 repositories, 100 000 commits, served by another process).
#include "tests/tray/pretend.h"
#include "tray/model/repotable.h"
#include "tray/window/commitspage.h"
#include "tray/window/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QScrollBar>
#include <QTest>
#include <QTreeView>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

qint64 rssKiB()
{
    QFile file(u"/proc/self/status"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n'))
        if (line.startsWith("VmRSS:"))
            return line.mid(6).replace("kB", "").trimmed().toLongLong();
    return 0;
}

QTreeView *rows(const QWidget &window, const QString &name)
{
    const auto views = window.findChildren<QTreeView *>();
    const auto at = std::ranges::find(views, name, &QWidget::accessibleName);
    return at == views.end() ? nullptr : *at;
}

/// The slowest of many scroll steps, each painted.
qint64 slowestStep(QTreeView &view, int steps)
{
    qint64 slowest = 0;
    for (int i = 0; i < steps; ++i) {
        QElapsedTimer step;
        step.start();
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum() * i / steps);
        view.viewport()->repaint();
        slowest = std::max(slowest, step.elapsed());
    }
    return slowest;
}

} // namespace

int main(int argc, char **argv)
{
    QElapsedTimer clock;
    clock.start();
    QApplication app(argc, argv);
    if (argc < 3)
        return 2;
    applyTheme(app, ThemeChoice::Light);
    const ApiEndpoint endpoint{.url = QUrl(QString::fromLocal8Bit(argv[1])), .token = argv[2]};
    QTemporaryDir dir;
    ApiClient api(endpoint);
    EventStream events(endpoint);
    DaemonModel daemon(api, events);
    TrayMemory memory(dir.filePath(u"tray.ini"_s));
    DaemonActions actions(daemon);
    PretendDiffs diffs;
    LoginSetting login(LoginStart(LoginForm::DesktopEntry, dir.filePath(u"tray.desktop"_s), u"/usr/bin/commits-tray"_s),
                       {}, u"/root"_s);
    StateWindow window(daemon, actions, diffs, memory, login);
    daemon.start();
    window.show();
    QTreeView *repos = rows(window, u"Repositories"_s);
    if (!QTest::qWaitFor([&] { return repos->model()->rowCount() >= 2000; }, 30000))
        return 1;
    window.repaint();
    std::printf("start to 2000 repositories painted: %lld ms, RSS %lld MiB\n", clock.elapsed(), rssKiB() >> 10);
    QElapsedTimer page;
    page.start();
    window.openPage(WindowPage::Commits);
    QTreeView *commits = rows(window, u"Commits"_s);
    if (!QTest::qWaitFor([&] { return commits->model()->rowCount() > 0; }, 30000))
        return 1;
    window.repaint();
    std::printf("first commits painted after: %lld ms\n", page.elapsed());
    std::printf("slowest scroll step, repositories: %lld ms\n", slowestStep(*repos, 200));
    page.restart();
    while (commits->model()->canFetchMore({}) || commits->model()->rowCount() < 100000) {
        const int before = commits->model()->rowCount();
        commits->model()->fetchMore({});
        if (!QTest::qWaitFor([&] { return commits->model()->rowCount() > before; }, 30000))
            break;
    }
    std::printf("%d commits loaded page by page in %lld ms, RSS %lld MiB\n", commits->model()->rowCount(),
                page.elapsed(), rssKiB() >> 10);
    std::printf("slowest scroll step, commits: %lld ms\n", slowestStep(*commits, 200));
    return 0;
}
