#pragma once

#include "tray/model/checktable.h"
#include "tray/model/loginsetting.h"
#include "tray/model/plantable.h"

#include <QTimer>

namespace AutoCommit {

/// The guided start: folders, what is in them, whether hubs and models answer, who describes the commits, go. One step
/// at a time, forward and back; what takes long can be cancelled and ends by itself. Nothing is changed before the last
/// step. The widgets show this and nothing else.
class FirstRun : public QObject
{
    Q_OBJECT

public:
    enum class Step { Folders, Plan, Checks, Way, Ready, Done };

    FirstRun(FirstRunCommands &commands, LoginSetting &login, QObject *parent = nullptr);

    Step step() const { return m_step; }
    bool isBusy() const { return !m_doing.isEmpty(); }
    QString doing() const { return m_doing; } ///< "Looking for repositories…"
    QString error() const { return m_error; }
    bool canGoBack() const { return m_step != Step::Folders && m_step != Step::Done; }
    bool canGoOn() const;
    QString nextText() const; ///< what the button for next() says

    void next();
    void back(); ///< also cancels
    void cancel(); ///< of what runs; the step stays
    void checkAgain();

    QStringList folders() const { return m_folders; }
    bool addFolder(const QString &folder); ///< false when it, or one above it, is there already
    void removeFolder(const QString &folder);
    PlanTable &plan() { return m_plan; }
    CheckTable &checks() { return m_checks; }

    bool isRemote() const { return m_remote; }
    void setRemote(bool remote);
    const RemotePlace &place() const { return m_place; }
    void setPlace(const RemotePlace &place);
    QString placeAnswer() const { return m_placeAnswer; } ///< what the daemon there said of itself
    bool startsAtLogin() const { return m_atLogin; }
    void setStartsAtLogin(bool on);
    QString readyText() const; ///< what "Start" will do
    QString doneText() const;

    /// How long the plan, the checks, the question to a daemon and the start may take.
    void setDeadlines(std::chrono::milliseconds each);

Q_SIGNALS:
    void changed();
    void finished();

private:
    void go(Step step);
    template <typename Answer, typename Call, typename Then>
    void run(const QString &doing, std::chrono::milliseconds limit, Call call, Then then);
    void endRun();
    void look();
    void check();
    void leaveWay();
    void takePlaceAnswer(const Result<QString> &answer);
    void start();

    FirstRunCommands &m_commands;
    LoginSetting &m_login;
    Step m_step = Step::Folders;
    QStringList m_folders;
    PlanTable m_plan;
    CheckTable m_checks;
    QString m_doing;
    QString m_error;
    QString m_note; ///< of the start
    bool m_checked = false;
    bool m_remote = false;
    bool m_atLogin = true;
    RemotePlace m_place;
    QString m_placeAnswer;
    bool m_placeMayBeAway = false; ///< it was asked and did not answer: it may be switched off now
    int m_run = 0; ///< answers to an earlier one count no more
    QTimer m_deadline;
    std::chrono::milliseconds m_planLimit{std::chrono::minutes(5)};
    std::chrono::milliseconds m_checkLimit{std::chrono::minutes(3)};
    std::chrono::milliseconds m_askLimit{std::chrono::seconds(15)};
    std::chrono::milliseconds m_startLimit{std::chrono::seconds(90)};
};

} // namespace AutoCommit
