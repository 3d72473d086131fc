#include "tray/window/commitspage.h"

#include "tray/model/statewords.h"
#include "tray/window/columnwidths.h"
#include "tray/window/commitdetail.h"
#include "tray/window/parts.h"

#include <QHeaderView>
#include <QSplitter>
#include <QVBoxLayout>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QColor hubColour(const QModelIndex &index)
{
    const Theme &theme = Theme::current();
    return index.data(CommitList::PushedRole).toBool() ? theme.good : theme.warn;
}

} // namespace

CommitsPage::CommitsPage(DaemonModel &daemon, DaemonActions &actions, DiffSource &diffs, TrayMemory &memory,
                         QWidget *parent)
    : QWidget(parent)
    , m_daemon(daemon)
    , m_memory(memory)
    , m_list(daemon)
    , m_what(makeLabel({}, u"muted"_s, this))
    , m_all(makeButton(tr("Show all"), {}, this))
    , m_view(makeRows(tr("Commits"), this))
    , m_detail(new CommitDetail(daemon, actions, diffs, this))
    , m_splitter(new QSplitter(this))
{
    m_view->setModel(&m_list);
    m_view->setItemDelegateForColumn(CommitList::Hub, new DotDelegate(hubColour, this));
    QHeaderView *header = m_view->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(CommitList::Subject, QHeaderView::Stretch);
    new ColumnWidths(m_view, memory, u"commit-list"_s, [](QTreeView &view) {
        view.header()->resizeSection(CommitList::When, 96);
        view.header()->resizeSection(CommitList::Hub, 84);
        ColumnWidths::fit(view, CommitList::Repository, 100, 200);
    });
    for (const int column : {CommitList::Repository, CommitList::When})
        m_view->setItemDelegateForColumn(column, new MutedDelegate(this));
    m_hint = new EmptyHint(m_view);

    auto *left = new QWidget(this);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(12, 10, 12, 6);
    bar->addWidget(m_what, 1);
    bar->addWidget(m_all);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_view, 1);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_detail);
    m_splitter->setHandleWidth(1);
    m_splitter->setSizes({600, 400});
    m_splitter->setChildrenCollapsible(false);
    m_splitter->restoreState(memory.state(u"commits"_s));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);

    connect(m_all, &QPushButton::clicked, this, [this] { showRepo({}); });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] { showDetail(); });
    connect(&m_list, &QAbstractItemModel::modelReset, this, [this] { m_detail->show(nullptr, false); });
    connect(&m_list, &QAbstractItemModel::dataChanged, this, [this] { showDetail(); });
    connect(&m_list, &CommitList::loadingChanged, this, &CommitsPage::updateBar);
    connect(&daemon, &DaemonModel::changed, this, &CommitsPage::updateBar);
    setFocusProxy(m_view);
    updateBar();
}

CommitsPage::~CommitsPage()
{
    m_memory.setState(u"commits"_s, m_splitter->saveState());
}

void CommitsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_list.activate();
}

void CommitsPage::showDetail()
{
    const int row = m_view->currentIndex().row();
    const std::optional<ApiCommit> commit = m_list.at(row);
    m_detail->show(commit ? &*commit : nullptr, false);
    if (commit && !m_detail->isWhole())
        m_list.fetchWhole(*commit, this, [this](const ApiCommit &whole) {
            const std::optional<ApiCommit> now = m_list.at(m_view->currentIndex().row());
            if (now && now->isSameAs(whole))
                m_detail->show(&whole, true);
        });
}

void CommitsPage::select(int row)
{
    m_view->setCurrentIndex(m_list.index(row, 0));
}

void CommitsPage::showRepo(const QString &id)
{
    m_list.setRepo(id);
    updateBar();
}

void CommitsPage::updateBar()
{
    const ApiRepo *repo = m_daemon.repo(m_list.repo());
    m_what->setText(repo ? tr("Commits of %1").arg(repo->name) : tr("Commits of all repositories, newest first"));
    m_all->setVisible(!m_list.repo().isEmpty());
    if (!m_list.error().isEmpty())
        m_hint->setHint(m_daemon.picture().link == LinkState::Online
                            ? m_list.error()
                            : StateWords::summarise(m_daemon.picture(), QDateTime::currentDateTimeUtc()).sentence);
    else
        m_hint->setHint(m_list.isLoading() ? tr("Reading the history…")
                                           : tr("There are no commits yet. They appear here as they are made."));
}

} // namespace AutoCommit
