#pragma once

#include "tray/model/settingsform.h"

#include <QMap>
#include <QWidget>

class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace AutoCommit {

/// The daemon's settings, built from what it declares: a row for each, with its help and its range.
class SettingsPage : public QWidget
{
    Q_OBJECT

public:
    explicit SettingsPage(DaemonModel &daemon, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    QWidget *makeRow(const ApiSetting &setting);
    QWidget *makeEditor(const ApiSetting &setting, QWidget *parent);
    void filter(const QString &words);
    void updateButtons();

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
};

} // namespace AutoCommit
