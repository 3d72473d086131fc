#include "tray/window/computercard.h"

#include "tray/window/parts.h"

#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QVBoxLayout>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

} // namespace

ComputerCard::ComputerCard(LoginSetting &login, QWidget *parent)
    : QFrame(parent)
    , m_login(login)
    , m_start(new QCheckBox(tr("Start this program when I log in"), this))
    , m_commit(new QCheckBox(tr("Started that way, it also commits this computer's repositories…"), this))
    , m_sentence(makeLabel({}, u"muted"_s, this))
    , m_error(makeLabel({}, u"body"_s, this))
{
    setObjectName(u"card"_s);
    m_commit->setToolTip(tr("For a computer whose commits are described by another computer's daemon. Leave it off "
                            "where a daemon runs: that one commits already."));
    m_sentence->setWordWrap(true);
    m_error->setWordWrap(true);
    m_error->setStyleSheet(u"color: %1"_s.arg(Theme::current().bad.name()));
    QPushButton *guide = makeButton(tr("Set up…"), {}, this);
    auto *head = new QHBoxLayout;
    head->addWidget(makeLabel(tr("This computer"), u"heading"_s, this), 1);
    head->addWidget(guide);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(m_start);
    layout->addWidget(m_commit);
    layout->addWidget(m_sentence);
    layout->addWidget(m_error);
    connect(guide, &QPushButton::clicked, this, &ComputerCard::guideWanted);
    connect(m_start, &QCheckBox::clicked, &m_login, &LoginSetting::setOn);
    connect(m_commit, &QCheckBox::clicked, this, [this](bool on) {
        if (on)
            chooseFolder();
        else
            m_login.setCommitsLocal({});
    });
    connect(&m_login, &LoginSetting::changed, this, &ComputerCard::update);
    update();
}

QString ComputerCard::searchWords()
{
    return tr("This computer").toCaseFolded() + u' ' + tr("Start this program when I log in").toCaseFolded() + u' '
        + tr("Set up…").toCaseFolded();
}

/// Nothing is switched before a folder has been chosen.
void ComputerCard::chooseFolder()
{
    update();
    auto *dialog = new QFileDialog(this, tr("Which repositories? Choose the folder they are in"), QDir::homePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, &m_login,
            [this](const QString &folder) { m_login.setCommitsLocal({folder}); });
    dialog->open();
}

void ComputerCard::update()
{
    m_start->setChecked(m_login.isOn());
    m_commit->setChecked(m_login.commitsLocal());
    m_commit->setEnabled(m_login.isOn());
    m_sentence->setText(m_login.sentence());
    m_error->setText(m_login.error());
    m_error->setVisible(!m_login.error().isEmpty());
}

} // namespace AutoCommit
