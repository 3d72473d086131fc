#pragma once

#include "tray/model/daemonactions.h"
#include "tray/model/diffsource.h"
#include "tray/model/loginsetting.h"
#include "tray/model/traymemory.h"

#include <QMainWindow>
#include <QTimer>

class QLabel;
class QListWidget;
class QStackedWidget;

namespace AutoCommit {

class Banner;
class CommitsPage;
class ReposPage;

enum class WindowPage { Repos, Commits, Errors, Activity, Hosts, Settings };

/// The status window: what the daemon knows, one page at a time. Closing it hides it; the tray goes on.
class StateWindow : public QMainWindow
{
    Q_OBJECT

public:
    StateWindow(DaemonModel &daemon, DaemonActions &actions, DiffSource &diffs, TrayMemory &memory, LoginSetting &login,
                QWidget *parent = nullptr);
    ~StateWindow() override;

    void openPage(WindowPage page);
    void bringForward();
    /// A sentence under the banner until it is taken back, for instance that there is no tray. Empty: none.
    void setNotice(const QString &text);
    CommitsPage *commits() const { return m_commits; }

Q_SIGNALS:
    void guideWanted();
    void quitWanted();

protected:
    void closeEvent(QCloseEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void addPage(const QString &icon, const QString &name, QWidget *page);
    void say(const QString &text, std::chrono::milliseconds time); ///< below the page, for a while
    void updateState();
    void updateStrip();
    void updateErrorCount();
    QWidget *makeSidebar();
    QWidget *makeStrip();

    DaemonModel &m_daemon;
    TrayMemory &m_memory;
    QListWidget *m_sidebar;
    QStackedWidget *m_pages;
    Banner *m_banner;
    QLabel *m_stripText;
    QWidget *m_strip;
    QLabel *m_foot = nullptr;
    QLabel *m_toast;
    ReposPage *m_repos;
    CommitsPage *m_commits;
    QTimer m_ages; ///< runs while the window is seen
    QTimer m_toastEnd;
    QString m_notice;
};

} // namespace AutoCommit
