#include "tray/window/errorspage.h"

#include "tray/model/problemwords.h"
#include "tray/model/statewords.h"
#include "tray/window/columnwidths.h"
#include "tray/window/parts.h"

#include <QHeaderView>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QColor causeColour(const QModelIndex &index)
{
    const Theme &theme = Theme::current();
    return index.data(ProblemTree::MutedRole).toBool() ? theme.muted : theme.bad;
}

} // namespace

ErrorsPage::ErrorsPage(DaemonModel &daemon, DaemonActions &actions, TrayMemory &memory, QWidget *parent)
    : QWidget(parent)
    , m_daemon(daemon)
    , m_actions(actions)
    , m_tree(daemon, memory)
    , m_view(makeRows(tr("Errors by cause"), this))
    , m_detail(makeDetail())
{
    m_view->setModel(&m_tree);
    m_view->setRootIsDecorated(true);
    m_view->setIndentation(18);
    m_view->setItemDelegateForColumn(ProblemTree::What, new DotDelegate(causeColour, this));
    m_view->header()->setStretchLastSection(false);
    m_view->header()->setSectionResizeMode(ProblemTree::What, QHeaderView::Stretch);
    new ColumnWidths(m_view, memory, u"errors"_s, [](QTreeView &view) {
        view.header()->resizeSection(ProblemTree::Since, 90);
        ColumnWidths::fit(view, ProblemTree::Where, 110, 220);
    });
    m_hint = new EmptyHint(m_view);

    auto *splitter = new QSplitter(this);
    splitter->addWidget(m_view);
    splitter->addWidget(m_detail);
    splitter->setHandleWidth(1);
    splitter->setSizes({560, 380});
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);

    connect(&daemon, &DaemonModel::changed, this, &ErrorsPage::updateHint);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &ErrorsPage::showCurrent);
    connect(&m_tree, &QAbstractItemModel::modelReset, this, &ErrorsPage::keepSelection);
    connect(&m_tree, &QAbstractItemModel::dataChanged, this, &ErrorsPage::showCurrent);
    setFocusProxy(m_view);
    keepSelection();
    updateHint();
}

/// "Nothing" is only said of what was asked for.
void ErrorsPage::updateHint()
{
    const DaemonPicture &picture = m_daemon.picture();
    if (!picture.loaded)
        m_hint->setHint(tr("Whether something needs you is not known: nothing was heard of the daemon yet."));
    else if (picture.link == LinkState::Offline)
        m_hint->setHint(tr("Nothing needed you when the daemon was last heard, %1.")
                            .arg(StateWords::age(picture.lastHeard, QDateTime::currentDateTimeUtc())));
    else
        m_hint->setHint(tr("Nothing needs you."));
    showCurrent(); // what the token may do
}

QWidget *ErrorsPage::makeDetail()
{
    auto *pane = new QFrame(this);
    pane->setObjectName(u"pane"_s);
    m_title = makeLabel({}, u"title"_s, pane);
    m_where = makeLabel({}, u"muted"_s, pane);
    m_message = makeLabel({}, u"body"_s, pane);
    auto *card = new QFrame(pane);
    card->setObjectName(u"strip"_s);
    m_advice = makeLabel({}, u"body"_s, card);
    auto *inCard = new QVBoxLayout(card);
    inCard->setContentsMargins(14, 12, 14, 12);
    inCard->addWidget(makeLabel(tr("What to do"), u"heading"_s, card));
    inCard->addWidget(m_advice);
    m_retry = makeButton(tr("Try again"), u"sync"_s, pane);
    m_resolve = makeButton(tr("Dealt with"), u"check"_s, pane);
    m_mute = makeButton(tr("Mute"), u"mute"_s, pane);
    m_mute->setToolTip(tr("No more notifications about this cause; it stays in the list"));

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QPushButton *button : {m_retry, m_resolve, m_mute})
        buttons->addWidget(button);
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins(20, 18, 20, 18);
    layout->setSpacing(10);
    for (QLabel *label : {m_title, m_where, m_message, m_advice}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setFocusPolicy(Qt::NoFocus);
    }
    layout->addWidget(m_title);
    layout->addWidget(m_where);
    layout->addWidget(m_message);
    layout->addWidget(card);
    layout->addLayout(buttons);
    layout->addStretch(1);

    connect(m_retry, &QPushButton::clicked, this, [this] {
        const QStringList repos = m_tree.reposOf(m_view->currentIndex());
        for (const QString &repo : repos)
            m_actions.syncRepo(repo);
    });
    connect(m_resolve, &QPushButton::clicked, this, [this] {
        const QStringList problems = m_tree.problemsOf(m_view->currentIndex());
        for (const QString &problem : problems)
            m_actions.resolve(problem);
    });
    connect(m_mute, &QPushButton::clicked, this, [this] {
        const QModelIndex index = m_view->currentIndex();
        m_tree.setMuted(index.data(ProblemTree::KindRole).toString(), !index.data(ProblemTree::MutedRole).toBool());
    });
    return pane;
}

void ErrorsPage::keepSelection()
{
    m_view->expandAll();
    if (m_tree.rowCount() > 0)
        m_view->setCurrentIndex(m_tree.index(0, 0));
    showCurrent();
}

void ErrorsPage::showCurrent()
{
    const QModelIndex index = m_view->currentIndex().siblingAtColumn(0);
    m_detail->setVisible(index.isValid());
    if (!index.isValid())
        return;
    m_title->setText(ProblemWords::title(index.data(ProblemTree::KindRole).toString()));
    QStringList names;
    const QStringList repos = m_tree.reposOf(index);
    for (const QString &id : repos)
        if (const ApiRepo *repo = m_daemon.repo(id))
            names += LocalPicture::owns(id) ? tr("%1 on this machine").arg(repo->name) : repo->name;
    m_where->setText(names.join(u", "_s));
    m_where->setVisible(!names.isEmpty());
    m_message->setText(index.data(ProblemTree::MessageRole).toString());
    const QString advice = index.data(ProblemTree::AdviceRole).toString();
    m_advice->setText(advice);
    m_advice->parentWidget()->setVisible(!advice.isEmpty());
    const bool isLocal = LocalPicture::owns(index.data(ProblemTree::ProblemRole).toString())
        || std::ranges::any_of(repos, LocalPicture::owns);
    const bool can = isLocal || m_daemon.picture().mayControl;
    m_retry->setEnabled(can && !repos.isEmpty());
    m_retry->setToolTip(can ? QString() : m_daemon.whyNoControl());
    m_resolve->setEnabled(can);
    m_resolve->setToolTip(can ? tr("Closes it until it is seen again") : m_daemon.whyNoControl());
    m_mute->setText(index.data(ProblemTree::MutedRole).toBool() ? tr("Unmute") : tr("Mute"));
}

} // namespace AutoCommit
