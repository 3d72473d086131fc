#pragma once

#include "tray/model/firstrun.h"

#include <QDialog>

class QLabel;
class QListWidget;
class QPushButton;
class QStackedWidget;
class QTreeView;

namespace AutoCommit {

/// The guided start, shown when no daemon runs and none has run before: folders, preview, go. Shows a FirstRun.
class FirstRunGuide : public QDialog
{
    Q_OBJECT

public:
    explicit FirstRunGuide(FirstRunCommands &commands, QWidget *parent = nullptr);

    FirstRun &model() { return m_model; }

private:
    QWidget *makeFolders();
    QWidget *makePreview();
    QWidget *makeWord(QLabel **label);
    void update();
    void chooseFolder();
    void next();

    FirstRun m_model;
    QStackedWidget *m_pages;
    QListWidget *m_folders = nullptr;
    QPushButton *m_remove = nullptr;
    QLabel *m_summary = nullptr;
    QLabel *m_word = nullptr;
    QLabel *m_error;
    QTreeView *m_plan = nullptr;
    QPushButton *m_back;
    QPushButton *m_next;
};

} // namespace AutoCommit
