#include "tray/window/repospage.h"

#include "tray/window/columnwidths.h"
#include "tray/window/explanation.h"
#include "tray/window/parts.h"

#include <QComboBox>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QShortcut>
#include <QVBoxLayout>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QColor colourOf(const QModelIndex &index)
{
    const Theme &theme = Theme::current();
    switch (static_cast<RepoBadge>(index.data(RepoTable::BadgeRole).toInt())) {
    case RepoBadge::Safe:
        return theme.good;
    case RepoBadge::Working:
        return theme.info;
    case RepoBadge::Unpushed:
        return theme.warn;
    case RepoBadge::Trouble:
        return theme.bad;
    default:
        return theme.muted;
    }
}

} // namespace

ReposPage::ReposPage(DaemonModel &daemon, DaemonActions &actions, TrayMemory &memory, QWidget *parent)
    : QWidget(parent)
    , m_daemon(daemon)
    , m_actions(actions)
    , m_table(daemon)
    , m_words(new QLineEdit(this))
    , m_show(new QComboBox(this))
    , m_count(makeLabel({}, u"muted"_s, this))
    , m_view(makeRows(tr("Repositories"), this))
{
    m_filter.setSourceModel(&m_table);
    m_view->setModel(&m_filter);
    m_view->setItemDelegateForColumn(RepoTable::State, new DotDelegate(colourOf, this));
    for (const int column : {RepoTable::Hosts, RepoTable::LastCommit, RepoTable::Checked})
        m_view->setItemDelegateForColumn(column, new MutedDelegate(this));
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(RepoTable::State, Qt::AscendingOrder); // what needs the user comes first
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    QHeaderView *header = m_view->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(RepoTable::Hosts, QHeaderView::Stretch);
    new ColumnWidths(m_view, memory, u"repos"_s, [](QTreeView &view) {
        const std::array widths{190, 150, 110, 120, 104, 92}; // all of a window of 1000 pixels, less the sidebar
        for (int i = 0; i < RepoTable::ColumnCount; ++i)
            view.header()->resizeSection(i, widths.at(static_cast<std::size_t>(i)));
        ColumnWidths::fit(view, RepoTable::Name, 140, 260);
    });
    m_hint = new EmptyHint(m_view);

    m_words->setPlaceholderText(tr("Filter by name, path, branch or origin"));
    m_words->setAccessibleName(tr("Filter repositories"));
    m_words->addAction(uiIcon(u"search"_s, Theme::current().muted), QLineEdit::LeadingPosition);
    m_words->setClearButtonEnabled(true);
    m_show->setAccessibleName(tr("Which repositories are shown"));
    m_show->addItems({tr("All"), tr("Needs you"), tr("To be pushed"), tr("Paused")});

    auto *bar = new QHBoxLayout;
    bar->addWidget(m_words, 1);
    bar->addWidget(m_show);
    bar->addWidget(m_count);
    bar->setContentsMargins(12, 12, 12, 8);
    bar->setSpacing(10);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_view, 1);

    connect(m_words, &QLineEdit::textChanged, &m_filter, &RepoFilter::setWords);
    connect(m_show, &QComboBox::currentIndexChanged, this,
            [this](int at) { m_filter.setShow(static_cast<RepoFilter::Show>(at)); });
    connect(m_view, &QWidget::customContextMenuRequested, this, &ReposPage::showMenu);
    connect(m_view, &QAbstractItemView::activated, this, [this] {
        if (!LocalPicture::owns(selectedId())) // the daemon has no pages for it
            Q_EMIT commitsWanted(selectedId());
    });
    for (const auto *model : {static_cast<QAbstractItemModel *>(&m_filter)}) {
        connect(model, &QAbstractItemModel::rowsInserted, this, &ReposPage::updateHint);
        connect(model, &QAbstractItemModel::rowsRemoved, this, &ReposPage::updateHint);
        connect(model, &QAbstractItemModel::modelReset, this, &ReposPage::updateHint);
    }
    connect(&daemon, &DaemonModel::changed, this, &ReposPage::updateHint);
    auto *find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, m_words, qOverload<>(&QWidget::setFocus));
    setFocusProxy(m_view);
    updateHint();
}

void ReposPage::refreshAges()
{
    m_table.refreshAges();
}

void ReposPage::showOnly(RepoFilter::Show show)
{
    m_show->setCurrentIndex(static_cast<int>(show));
}

void ReposPage::updateHint()
{
    const int shown = m_filter.rowCount();
    const int all = m_table.rowCount();
    m_count->setText(shown == all ? tr("%n repositories", nullptr, all) : tr("%1 of %2").arg(shown).arg(all));
    if (!m_daemon.picture().loaded && all == 0)
        m_hint->setHint(tr("The repositories appear here as soon as the daemon answers."));
    else if (all == 0)
        m_hint->setHint(
            tr("The daemon watches no repository yet. Give it folders with Set up… in the settings, or with: "
               "commits start -R ~/code"));
    else
        m_hint->setHint(tr("No repository fits the filter."));
}

QString ReposPage::selectedId() const
{
    return m_view->currentIndex().siblingAtColumn(0).data(RepoTable::IdRole).toString();
}

void ReposPage::showMenu(const QPoint &at)
{
    const ApiRepo *repo = m_daemon.repo(selectedId());
    if (!repo)
        return;
    const QString id = repo->id;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    menu->addAction(uiIcon(u"sync"_s), tr("Look at it now"), this, [this, id] { m_actions.syncRepo(id); });
    if (LocalPicture::owns(id)) {
        menu->popup(m_view->viewport()->mapToGlobal(at));
        return;
    }
    if (repo->pause) {
        menu->addAction(uiIcon(u"resume"_s), tr("Resume"), this, [this, id] { m_actions.resumeRepo(id); });
    } else {
        menu->addAction(uiIcon(u"pause"_s), tr("Pause for 1 hour"), this, [this, id] { m_actions.pauseRepo(id, 1h); });
        menu->addAction(tr("Pause for 1 day"), this, [this, id] { m_actions.pauseRepo(id, 24h); });
    }
    const auto orders = menu->actions();
    for (QAction *order : orders) {
        order->setEnabled(m_actions.reachesDaemon());
        order->setToolTip(m_actions.whyNot());
    }
    menu->addSeparator();
    menu->addAction(uiIcon(u"info"_s), tr("Explain…"), this, [this, id] { explain(id); });
    menu->addAction(uiIcon(u"commits"_s), tr("Show its commits"), this, [this, id] { Q_EMIT commitsWanted(id); });
    QAction *open = menu->addAction(uiIcon(u"open"_s), tr("Open in the forge"), this,
                                    [url = repo->webUrl] { QDesktopServices::openUrl(url); });
    open->setEnabled(repo->webUrl.isValid());
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

void ReposPage::explain(const QString &id)
{
    m_actions.explain(id, this, [this](const Result<ApiExplanation> &answer) {
        if (answer)
            showExplanation(*answer, m_daemon.picture().daemonNow(QDateTime::currentDateTimeUtc()), this);
        else
            Q_EMIT m_actions.failed(answer.error().message);
    });
}

} // namespace AutoCommit
