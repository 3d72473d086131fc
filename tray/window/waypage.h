#pragma once

#include "tray/model/firstrun.h"

#include <QWidget>

class QLineEdit;
class QRadioButton;

namespace AutoCommit {

/// The guide's question who describes the commits: this computer, or the daemon of another one.
class WayPage : public QWidget
{
    Q_OBJECT

public:
    explicit WayPage(FirstRun &model, QWidget *parent = nullptr);

private:
    QLineEdit *makeField(const QString &name, const QString &example);
    void update();

    FirstRun &m_model;
    QRadioButton *m_local;
    QRadioButton *m_remote;
    QWidget *m_fields;
    QLineEdit *m_url;
    QLineEdit *m_token;
    QLineEdit *m_fingerprint;
};

} // namespace AutoCommit
