#include "tray/window/firstrunguide.h"

#include "tray/icon/stateicon.h"
#include "tray/window/parts.h"
#include "tray/window/waypage.h"

#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QHeaderView>
#include <QListWidget>
#include <QProgressBar>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QColor checkColour(const QModelIndex &index)
{
    const Theme &theme = Theme::current();
    const QString state = index.data(CheckTable::StateRole).toString();
    return state == u"ok"_s  ? theme.good
        : state == u"fail"_s ? theme.bad
        : state == u"warn"_s ? theme.warn
                             : theme.muted;
}

/// What fails, else what would be better otherwise: its advice is read first.
QModelIndex firstToMend(const QAbstractItemModel &checks)
{
    for (const QString &state : {u"fail"_s, u"warn"_s, u"skipped"_s})
        for (int row = 0; row < checks.rowCount(); ++row)
            if (const QModelIndex index = checks.index(row, 0); index.data(CheckTable::StateRole).toString() == state)
                return index;
    return {};
}

QVBoxLayout *pageLayout(QWidget *page, const QString &title)
{
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(makeLabel(title, u"title"_s, page));
    return layout;
}

QFrame *cardAround(QWidget *widget, QWidget *parent)
{
    QFrame *card = makeCard(parent);
    auto *inCard = new QVBoxLayout(card);
    inCard->setContentsMargins(6, 6, 6, 6);
    inCard->addWidget(widget);
    return card;
}

QLabel *wrapped(const QString &text, const QString &name, QWidget *parent)
{
    QLabel *label = makeLabel(text, name, parent);
    label->setWordWrap(true);
    return label;
}

} // namespace

FirstRunGuide::FirstRunGuide(FirstRunCommands &commands, LoginSetting &login, QWidget *parent)
    : QDialog(parent)
    , m_model(commands, login)
    , m_pages(new QStackedWidget(this))
    , m_error(wrapped({}, u"body"_s, this))
{
    setWindowTitle(tr("Set up auto-commit"));
    setWindowIcon(applicationIcon());
    resize(760, 540);
    m_pages->addWidget(makeFolders()); // in the order of FirstRun::Step
    m_pages->addWidget(
        makeTable(tr("This is what would happen"), tr("What would be committed"), m_model.plan(), &m_planText));
    m_pages->addWidget(
        makeTable(tr("Does it reach what it needs?"), tr("What was tested"), m_model.checks(), &m_checkText));
    m_way = new WayPage(m_model, this);
    m_pages->addWidget(m_way);
    m_pages->addWidget(makeReady());
    m_pages->addWidget(makeDone());
    m_error->setStyleSheet(u"color: %1"_s.arg(Theme::current().bad.name()));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 22, 24, 18);
    layout->setSpacing(12);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_error);
    layout->addWidget(makeBusy());
    layout->addLayout(makeButtons());
    connect(&m_model, &FirstRun::changed, this, &FirstRunGuide::update);
    connect(&m_model, &FirstRun::finished, this, &QDialog::accept);
    update();
}

QWidget *FirstRunGuide::makeFolders()
{
    auto *page = new QWidget(this);
    QVBoxLayout *layout = pageLayout(page, tr("Where are your repositories?"));
    layout->addWidget(wrapped(tr("auto-commit keeps the git repositories below these folders committed in small, "
                                 "well-described commits and in step with their hub. Choose where your repositories "
                                 "are. Nothing is changed before the last step."),
                              u"muted"_s, page));
    m_folders = new QListWidget(page);
    m_folders->setAccessibleName(tr("Folders"));
    QPushButton *add = makeButton(tr("Add a folder…"), u"folder-add"_s, page);
    m_remove = makeButton(tr("Remove"), {}, page);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(add);
    row->addWidget(m_remove);
    row->addStretch(1);
    layout->addWidget(cardAround(m_folders, page), 1);
    layout->addLayout(row);
    connect(add, &QPushButton::clicked, this, &FirstRunGuide::chooseFolder);
    connect(m_remove, &QPushButton::clicked, this, [this] {
        if (const QListWidgetItem *item = m_folders->currentItem())
            m_model.removeFolder(item->text());
    });
    connect(m_folders, &QListWidget::currentRowChanged, this, [this](int at) { m_remove->setEnabled(at >= 0); });
    return page;
}

QWidget *FirstRunGuide::makeTable(const QString &title, const QString &name, QAbstractItemModel &model,
                                  QLabel **summary)
{
    auto *page = new QWidget(this);
    QVBoxLayout *layout = pageLayout(page, title);
    *summary = wrapped({}, u"muted"_s, page);
    QTreeView *view = makeRows(name, page);
    view->setModel(&model);
    const bool isPlan = &model == &m_model.plan();
    view->header()->resizeSection(0, isPlan ? 220 : 200);
    if (isPlan)
        view->header()->resizeSection(PlanTable::Branch, 90);
    else
        view->setItemDelegateForColumn(CheckTable::What, new DotDelegate(checkColour, view));
    layout->addWidget(*summary);
    layout->addWidget(cardAround(view, page), 1);
    if (isPlan)
        return page;
    m_again = makeButton(tr("Test again"), u"sync"_s, page);
    QLabel *advice = wrapped({}, u"muted"_s, page);
    auto *row = new QHBoxLayout;
    row->addWidget(advice, 1);
    row->addWidget(m_again);
    layout->addLayout(row);
    connect(m_again, &QPushButton::clicked, &m_model, &FirstRun::checkAgain);
    connect(view->selectionModel(), &QItemSelectionModel::currentChanged, advice,
            [advice](const QModelIndex &index) { advice->setText(index.data(CheckTable::AdviceRole).toString()); });
    connect(&model, &QAbstractItemModel::modelReset, view, [view, advice] {
        const QModelIndex first = firstToMend(*view->model());
        view->setCurrentIndex(first);
        if (!first.isValid())
            advice->clear();
    });
    return page;
}

QWidget *FirstRunGuide::makeReady()
{
    auto *page = new QWidget(this);
    QVBoxLayout *layout = pageLayout(page, tr("Ready"));
    m_readyText = wrapped({}, u"body"_s, page);
    auto *login = new QCheckBox(tr("Start this program when I log in"), page);
    login->setChecked(m_model.startsAtLogin());
    layout->addWidget(m_readyText);
    layout->addSpacing(8);
    layout->addWidget(login);
    layout->addStretch(1);
    connect(login, &QCheckBox::toggled, &m_model, &FirstRun::setStartsAtLogin);
    return page;
}

QWidget *FirstRunGuide::makeDone()
{
    auto *page = new QWidget(this);
    m_doneText = wrapped({}, u"title"_s, page);
    m_doneText->setAlignment(Qt::AlignCenter);
    auto *layout = new QVBoxLayout(page);
    layout->addWidget(m_doneText, 1);
    return page;
}

/// A line above the buttons while something runs, with the way out of it.
QWidget *FirstRunGuide::makeBusy()
{
    m_busy = new QWidget(this);
    m_doing = makeLabel({}, u"muted"_s, m_busy);
    auto *bar = new QProgressBar(m_busy);
    bar->setRange(0, 0);
    bar->setTextVisible(false);
    bar->setFixedSize(120, 8);
    QPushButton *stop = makeButton(tr("Stop"), {}, m_busy);
    auto *row = new QHBoxLayout(m_busy);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    row->addWidget(bar);
    row->addWidget(m_doing, 1);
    row->addWidget(stop);
    connect(stop, &QPushButton::clicked, &m_model, &FirstRun::cancel);
    return m_busy;
}

QLayout *FirstRunGuide::makeButtons()
{
    m_later = makeButton(tr("Not now"), {}, this);
    m_back = makeButton(tr("Back"), {}, this);
    m_next = makeButton({}, {}, this);
    m_next->setObjectName(u"primary"_s);
    m_next->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_later);
    buttons->addStretch(1);
    buttons->addWidget(m_back);
    buttons->addWidget(m_next);
    connect(m_later, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_back, &QPushButton::clicked, &m_model, &FirstRun::back);
    connect(m_next, &QPushButton::clicked, &m_model, &FirstRun::next);
    connect(this, &QDialog::rejected, &m_model, &FirstRun::cancel);
    for (const auto &[keys, go] : {std::pair{QKeySequence(QKeySequence::Back), &FirstRun::back},
                                   std::pair{QKeySequence(QKeySequence::Forward), &FirstRun::next}})
        connect(new QShortcut(keys, this), &QShortcut::activated, &m_model, go);
    return buttons;
}

void FirstRunGuide::chooseFolder()
{
    auto *dialog = new QFileDialog(this, tr("Choose a folder"), QDir::homePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &folder) { m_model.addFolder(folder); });
    dialog->open();
}

void FirstRunGuide::updateButtons()
{
    const bool done = m_model.step() == FirstRun::Step::Done;
    m_later->setVisible(!done);
    m_back->setVisible(m_model.canGoBack());
    m_again->setEnabled(!m_model.isBusy());
    m_next->setEnabled(m_model.canGoOn());
    m_next->setText(m_model.nextText());
}

void FirstRunGuide::update()
{
    QStringList shown;
    for (int row = 0; row < m_folders->count(); ++row)
        shown += m_folders->item(row)->text();
    if (shown != m_model.folders()) {
        m_folders->clear();
        m_folders->addItems(m_model.folders());
    }
    m_remove->setEnabled(m_folders->currentRow() >= 0);
    m_planText->setText(m_model.plan().summary());
    m_checkText->setText(m_model.isBusy() ? QString() : m_model.checks().summary());
    m_readyText->setText(m_model.readyText());
    m_doneText->setText(m_model.doneText());
    m_doing->setText(m_model.doing());
    m_busy->setVisible(m_model.isBusy());
    m_error->setText(m_model.error());
    m_error->setVisible(!m_model.error().isEmpty());
    m_pages->setCurrentIndex(static_cast<int>(m_model.step()));
    m_pages->setEnabled(!m_model.isBusy() || m_model.step() == FirstRun::Step::Checks
                        || m_model.step() == FirstRun::Step::Way);
    updateButtons();
}

} // namespace AutoCommit
