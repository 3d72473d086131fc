#include "tray/window/firstrunguide.h"

#include "tray/icon/stateicon.h"
#include "tray/window/parts.h"

#include <QDir>
#include <QFileDialog>
#include <QHeaderView>
#include <QListWidget>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

enum Page { FoldersPage, PreviewPage, WordPage };

} // namespace

FirstRunGuide::FirstRunGuide(FirstRunCommands &commands, QWidget *parent)
    : QDialog(parent)
    , m_model(commands)
    , m_pages(new QStackedWidget(this))
    , m_error(makeLabel({}, u"body"_s, this))
    , m_back(makeButton(tr("Back"), {}, this))
    , m_next(makeButton({}, {}, this))
{
    setWindowTitle(tr("Set up auto-commit"));
    setWindowIcon(applicationIcon());
    resize(720, 500);
    m_pages->addWidget(makeFolders());
    m_pages->addWidget(makePreview());
    m_pages->addWidget(makeWord(&m_word));
    m_error->setWordWrap(true);
    m_error->setStyleSheet(u"color: %1"_s.arg(Theme::current().bad.name()));
    m_next->setObjectName(u"primary"_s);
    m_next->setDefault(true);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    QPushButton *later = makeButton(tr("Not now"), {}, this);
    buttons->addWidget(later);
    buttons->addStretch(1);
    buttons->addWidget(m_back);
    buttons->addWidget(m_next);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 22, 24, 18);
    layout->setSpacing(12);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_error);
    layout->addLayout(buttons);
    connect(later, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_back, &QPushButton::clicked, &m_model, &FirstRun::back);
    connect(m_next, &QPushButton::clicked, this, &FirstRunGuide::next);
    connect(&m_model, &FirstRun::changed, this, &FirstRunGuide::update);
    update();
}

QWidget *FirstRunGuide::makeFolders()
{
    auto *page = new QWidget(this);
    QLabel *words
        = makeLabel(tr("auto-commit keeps the git repositories below these folders committed in small, "
                       "well-described commits and in step with their hub. Choose where your repositories are. "
                       "Nothing is changed before the last step."),
                    u"muted"_s, page);
    words->setWordWrap(true);
    m_folders = new QListWidget(page);
    m_folders->setAccessibleName(tr("Folders"));
    QPushButton *add = makeButton(tr("Add a folder…"), u"folder-add"_s, page);
    m_remove = makeButton(tr("Remove"), {}, page);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(add);
    row->addWidget(m_remove);
    row->addStretch(1);
    QFrame *card = makeCard(page);
    auto *inCard = new QVBoxLayout(card);
    inCard->setContentsMargins(6, 6, 6, 6);
    inCard->addWidget(m_folders);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(makeLabel(tr("Where are your repositories?"), u"title"_s, page));
    layout->addWidget(words);
    layout->addWidget(card, 1);
    layout->addLayout(row);
    connect(add, &QPushButton::clicked, this, &FirstRunGuide::chooseFolder);
    connect(m_remove, &QPushButton::clicked, this, [this] {
        if (const QListWidgetItem *item = m_folders->currentItem())
            m_model.removeFolder(item->text());
    });
    return page;
}

QWidget *FirstRunGuide::makePreview()
{
    auto *page = new QWidget(this);
    m_summary = makeLabel({}, u"muted"_s, page);
    m_summary->setWordWrap(true);
    m_plan = makeRows(tr("What would be committed"), page);
    m_plan->setModel(&m_model);
    m_plan->header()->resizeSection(FirstRun::Repository, 200);
    m_plan->header()->resizeSection(FirstRun::Branch, 90);
    QFrame *card = makeCard(page);
    auto *inCard = new QVBoxLayout(card);
    inCard->setContentsMargins(6, 6, 6, 6);
    inCard->addWidget(m_plan);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(makeLabel(tr("This is what would happen"), u"title"_s, page));
    layout->addWidget(m_summary);
    layout->addWidget(card, 1);
    return page;
}

QWidget *FirstRunGuide::makeWord(QLabel **label)
{
    auto *page = new QWidget(this);
    *label = makeLabel({}, u"title"_s, page);
    (*label)->setAlignment(Qt::AlignCenter);
    (*label)->setWordWrap(true);
    auto *layout = new QVBoxLayout(page);
    layout->addWidget(*label, 1);
    return page;
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

void FirstRunGuide::next()
{
    switch (m_model.step()) {
    case FirstRun::Step::Folders:
        m_model.look();
        break;
    case FirstRun::Step::Preview:
        m_model.start();
        break;
    case FirstRun::Step::Done:
        accept();
        break;
    default:
        break;
    }
}

void FirstRunGuide::update()
{
    const FirstRun::Step step = m_model.step();
    m_folders->clear();
    m_folders->addItems(m_model.folders());
    m_remove->setEnabled(!m_model.folders().isEmpty());
    m_summary->setText(m_model.summary());
    m_error->setText(m_model.error());
    m_error->setVisible(!m_model.error().isEmpty());
    m_back->setVisible(step == FirstRun::Step::Preview);
    m_next->setEnabled(step != FirstRun::Step::Looking && step != FirstRun::Step::Starting
                       && !m_model.folders().isEmpty());
    m_next->setText(step == FirstRun::Step::Preview    ? tr("Start")
                        : step == FirstRun::Step::Done ? tr("Show the window")
                                                       : tr("Look, change nothing"));
    m_word->setText(step == FirstRun::Step::Looking        ? tr("Looking for repositories…")
                        : step == FirstRun::Step::Starting ? tr("Starting…")
                                                           : tr("auto-commit runs."));
    m_pages->setCurrentIndex(step == FirstRun::Step::Folders       ? FoldersPage
                                 : step == FirstRun::Step::Preview ? PreviewPage
                                                                   : WordPage);
}

} // namespace AutoCommit
