#pragma once

#include "tray/model/firstrun.h"

#include <QDialog>

class QLabel;
class QListWidget;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace AutoCommit {

class WayPage;

/// The guided start, shown when no daemon runs and none has run before, and again from the menu. Shows a FirstRun.
class FirstRunGuide : public QDialog
{
    Q_OBJECT

public:
    FirstRunGuide(FirstRunCommands &commands, LoginSetting &login, QWidget *parent = nullptr);

    FirstRun &model() { return m_model; }

private:
    QWidget *makeFolders();
    QWidget *makeTable(const QString &title, const QString &name, QAbstractItemModel &model, QLabel **summary);
    QWidget *makeReady();
    QWidget *makeDone();
    QWidget *makeBusy();
    QLayout *makeButtons();
    void update();
    void updateButtons();
    void chooseFolder();

    FirstRun m_model;
    QStackedWidget *m_pages;
    QListWidget *m_folders = nullptr;
    QPushButton *m_remove = nullptr;
    QLabel *m_planText = nullptr;
    QLabel *m_checkText = nullptr;
    QPushButton *m_again = nullptr;
    WayPage *m_way = nullptr;
    QLabel *m_readyText = nullptr;
    QLabel *m_doneText = nullptr;
    QWidget *m_busy = nullptr;
    QLabel *m_doing = nullptr;
    QLabel *m_error;
    QPushButton *m_later = nullptr;
    QPushButton *m_back = nullptr;
    QPushButton *m_next = nullptr;
};

} // namespace AutoCommit
