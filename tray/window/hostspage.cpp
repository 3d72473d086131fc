#include "tray/window/hostspage.h"

#include "tray/model/statewords.h"
#include "tray/window/columnwidths.h"
#include "tray/window/parts.h"

#include <QHeaderView>
#include <QVBoxLayout>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QColor parityColour(const QModelIndex &index)
{
    const Theme &theme = Theme::current();
    if (index.data(ParityTable::BadRole).toBool())
        return theme.bad;
    const QString state = index.data(ParityTable::StateRole).toString();
    return state == u"same"_s ? theme.good : state == u"single"_s ? theme.muted : theme.warn;
}

} // namespace

HostsPage::HostsPage(DaemonModel &daemon, TrayMemory &memory, QWidget *parent)
    : QWidget(parent)
    , m_daemon(daemon)
    , m_table(daemon)
    , m_cards(new QHBoxLayout)
    , m_own(makeLabel({}, u"muted"_s, this))
    , m_view(makeRows(tr("Repositories across hosts"), this))
{
    m_cards->setContentsMargins(16, 16, 16, 12);
    m_cards->setSpacing(14);
    m_own->setContentsMargins(18, 0, 16, 10);
    m_view->setModel(&m_table);
    m_view->setItemDelegateForColumn(ParityTable::State, new DotDelegate(parityColour, this));
    m_view->header()->setStretchLastSection(true);
    new ColumnWidths(m_view, memory, u"hosts"_s, [](QTreeView &view) {
        ColumnWidths::fit(view, ParityTable::Repository, 140, 260);
        for (int column = ParityTable::State; column < view.model()->columnCount(); ++column)
            view.header()->resizeSection(column, column == ParityTable::State ? 160 : 190);
    });
    m_hint = new EmptyHint(m_view);
    m_hint->setHint(tr("No host has reported yet."));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(m_cards);
    layout->addWidget(m_own);
    layout->addWidget(m_view, 1);
    connect(&daemon, &DaemonModel::hostsChanged, this, &HostsPage::fillCards);
    setFocusProxy(m_view);
    fillCards();
}

void HostsPage::fillCards()
{
    m_seen.clear();
    while (QLayoutItem *item = m_cards->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const ApiHost &host : m_daemon.picture().hosts)
        m_cards->addWidget(makeHostCard(host), 1);
    refreshAges();
    m_own->setText(
        tr("This window: version %1, protocol %2").arg(StateWords::ownVersion()).arg(StateWords::ownProtocol()));
}

void HostsPage::refreshAges()
{
    const QDateTime now = m_daemon.picture().daemonNow(QDateTime::currentDateTimeUtc());
    for (const auto &[label, seen] : std::as_const(m_seen))
        label->setText(tr("seen %1").arg(StateWords::age(seen, now)));
    m_table.refreshAges();
}

QWidget *HostsPage::makeHostCard(const ApiHost &host)
{
    QFrame *card = makeCard(this);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(4);
    layout->addWidget(makeLabel(host.name, u"heading"_s, card));
    layout->addWidget(makeLabel(host.system, u"muted"_s, card));
    layout->addWidget(makeLabel(tr("version %1, protocol %2").arg(host.version).arg(host.protocol), u"muted"_s, card));
    QLabel *seen = makeLabel({}, u"muted"_s, card);
    m_seen.append({seen, host.lastSeen});
    layout->addWidget(seen);
    if (!host.drift.isEmpty()) {
        QLabel *drift = makeLabel(host.drift, u"body"_s, card);
        drift->setWordWrap(true);
        drift->setStyleSheet(u"color: %1"_s.arg(Theme::current().warn.name()));
        layout->addWidget(drift);
    }
    layout->addStretch(1);
    return card;
}

} // namespace AutoCommit
