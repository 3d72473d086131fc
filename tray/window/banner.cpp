#include "tray/window/banner.h"

#include "tray/icon/stateicon.h"
#include "tray/window/parts.h"

#include <QHBoxLayout>
#include <QMenu>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

} // namespace

void addPauseActions(QMenu &menu, DaemonActions &actions)
{
    menu.addAction(Banner::tr("For 15 minutes"), &actions, [&actions] { actions.pauseFor(15min); });
    menu.addAction(Banner::tr("For 1 hour"), &actions, [&actions] { actions.pauseFor(1h); });
    menu.addAction(Banner::tr("Until tomorrow"), &actions, [&actions] { actions.pauseUntilTomorrow(); });
}

Banner::Banner(DaemonModel &daemon, DaemonActions &actions, QWidget *parent)
    : QFrame(parent)
    , m_daemon(daemon)
    , m_actions(actions)
    , m_icon(new QLabel(this))
    , m_title(makeLabel({}, u"heading"_s, this))
    , m_sentence(makeLabel({}, u"muted"_s, this))
    , m_sync(makeButton(tr("Sync now"), u"sync"_s, this))
    , m_pause(makeButton(tr("Pause"), u"pause"_s, this))
    , m_resume(makeButton(tr("Resume"), u"resume"_s, this))
    , m_retry(makeButton(tr("Try again"), u"sync"_s, this))
{
    setObjectName(u"banner"_s);
    m_icon->setFixedSize(40, 40);
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse); // a fingerprint is compared
    auto *menu = new QMenu(m_pause);
    addPauseActions(*menu, actions);
    m_pause->setMenu(menu);
    m_pause->setMinimumWidth(104);

    auto *words = new QVBoxLayout;
    words->setSpacing(1);
    words->addWidget(m_title);
    words->addWidget(m_sentence);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 12, 14, 12);
    layout->setSpacing(14);
    layout->addWidget(m_icon);
    layout->addLayout(words, 1);
    for (QPushButton *button : {m_retry, m_sync, m_resume, m_pause})
        layout->addWidget(button);
    connect(m_sync, &QPushButton::clicked, &actions, &DaemonActions::syncNow);
    connect(m_resume, &QPushButton::clicked, &actions, &DaemonActions::resume);
    connect(m_retry, &QPushButton::clicked, &daemon, &DaemonModel::retryNow);
}

void Banner::show(const StateSummary &summary)
{
    if (!m_drawn || summary.state != m_state)
        m_icon->setPixmap(colouredStateIcon(summary.state).pixmap(QSize(40, 40), devicePixelRatioF()));
    m_drawn = true;
    m_state = summary.state;
    m_icon->setAccessibleName(StateWords::stateName(summary.state));
    m_title->setText(summary.title);
    const bool online = m_daemon.picture().link == LinkState::Online;
    const Error &trouble = m_daemon.picture().linkError;
    const bool isStranger = m_daemon.picture().link == LinkState::Offline && trouble.kind == ErrorKind::TlsFailed;
    m_sentence->setText(isStranger ? summary.sentence + u'\n' + trouble.detail : summary.sentence);
    const bool canSteer = m_actions.canSteer();
    const bool canResume = m_actions.canResume();
    m_retry->setVisible(!online);
    m_sync->setVisible(online || canSteer);
    m_pause->setVisible((online || canSteer) && (m_actions.canPause() || !canResume));
    m_resume->setVisible(canResume);
    for (QPushButton *button : {m_sync, m_pause, m_resume}) {
        button->setEnabled(canSteer);
        button->setToolTip(m_actions.whyNot());
    }
}

} // namespace AutoCommit
