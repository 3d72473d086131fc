#pragma once

#include "tray/model/loginsetting.h"
#include "tray/model/settingsform.h"
#include "tray/model/traymemory.h"

#include <QMap>
#include <QWidget>

class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace AutoCommit {

/// What belongs to this computer, then the daemon's settings, built from what it declares: a row for each, with its
/// help and its range.
class SettingsPage : public QWidget
{
    Q_OBJECT

public:
    SettingsPage(DaemonModel &daemon, LoginSetting &login, TrayMemory &memory, QWidget *parent = nullptr);

Q_SIGNALS:
    void guideWanted();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    void addComputer(QVBoxLayout *layout);
    QWidget *makeRow(const ApiSetting &setting);
    QWidget *makeEditor(const ApiSetting &setting, QWidget *parent);
    void filter(const QString &words);
    void updateButtons();
    void updateEditors();

    DaemonModel &m_daemon;
    LoginSetting &m_login;
    TrayMemory &m_memory;
    SettingsForm m_form;
    QLineEdit *m_words;
    QScrollArea *m_scroll;
    QLabel *m_note;
    QPushButton *m_apply;
    QPushButton *m_revert;
    struct Row
    {
        QWidget *widget;
        QWidget *section;
        QString search;
    };
    QList<Row> m_rows;
    QList<std::pair<ApiSetting, QWidget *>> m_editors;
};

} // namespace AutoCommit
