#pragma once

#include "tray/model/loginsetting.h"

#include <QFrame>

class QCheckBox;
class QLabel;

namespace AutoCommit {

/// The settings that belong to this window and this computer, not to a daemon.
class ComputerCard : public QFrame
{
    Q_OBJECT

public:
    explicit ComputerCard(LoginSetting &login, QWidget *parent = nullptr);

    static QString searchWords(); ///< under which the page's search finds it

Q_SIGNALS:
    void guideWanted();

private:
    void update();
    void chooseFolder();

    LoginSetting &m_login;
    QCheckBox *m_start;
    QCheckBox *m_commit;
    QLabel *m_sentence;
    QLabel *m_error;
};

} // namespace AutoCommit
