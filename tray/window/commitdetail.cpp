#include "tray/window/commitdetail.h"

#include "tray/model/commitlist.h"
#include "tray/window/diffview.h"
#include "tray/window/parts.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QListWidget>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QSplitter>
#include <QVBoxLayout>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

void copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
}

} // namespace

CommitDetail::CommitDetail(DaemonModel &daemon, DaemonActions &actions, DiffSource &diffs, QWidget *parent)
    : QFrame(parent)
    , m_daemon(daemon)
    , m_actions(actions)
    , m_diffs(diffs)
    , m_subject(makeLabel({}, u"heading"_s, this))
    , m_meta(makeLabel({}, u"muted"_s, this))
    , m_body(makeLabel({}, u"body"_s, this))
    , m_copy(makeButton(tr("Copy"), u"copy"_s, this))
    , m_open(makeButton(tr("Open in the forge"), u"open"_s, this))
    , m_undo(makeButton(tr("Undo…"), u"undo"_s, this))
    , m_files(new QListWidget(this))
    , m_diff(new DiffView(this))
{
    setObjectName(u"pane"_s);
    m_files->setObjectName(u"files"_s);
    m_files->setAccessibleName(tr("Files of the commit"));
    auto *parts = new QSplitter(Qt::Vertical, this);
    parts->addWidget(m_files);
    parts->addWidget(m_diff);
    parts->setStretchFactor(1, 1);
    parts->setSizes({104, 400});
    parts->setHandleWidth(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(parts, 1);

    auto *menu = new QMenu(m_copy);
    menu->addAction(tr("Hash"), this, [this] { copy(m_commit.sha); });
    menu->addAction(tr("Message"), this, [this] {
        copy(m_commit.body.isEmpty() ? m_commit.subject : m_commit.subject + u"\n\n"_s + m_commit.body);
    });
    menu->addAction(tr("Address in the forge"), this, [this] { copy(m_commit.webUrl.toString()); });
    m_copy->setMenu(menu);
    connect(m_open, &QPushButton::clicked, this, [this] { QDesktopServices::openUrl(m_commit.webUrl); });
    connect(m_undo, &QPushButton::clicked, this, &CommitDetail::askForUndo);
    connect(m_files, &QListWidget::currentTextChanged, m_diff, &DiffView::showFile);
    connect(&daemon, &DaemonModel::changed, this, &CommitDetail::updateUndo);
    updateUndo();
    show(nullptr, false);
}

/// The daemon undoes, also where this machine has an agent.
void CommitDetail::updateUndo()
{
    m_undo->setEnabled(m_actions.reachesDaemon());
    m_undo->setToolTip(m_daemon.whyNoControl());
}

QWidget *CommitDetail::makeHeader()
{
    auto *box = new QWidget(this);
    for (QLabel *label : {m_subject, m_body, m_meta}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setFocusPolicy(Qt::NoFocus);
    }
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QPushButton *button : {m_copy, m_open, m_undo})
        buttons->addWidget(button);
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(16, 14, 16, 12);
    layout->setSpacing(8);
    layout->addWidget(m_subject);
    layout->addWidget(m_meta);
    layout->addWidget(m_body);
    layout->addLayout(buttons);
    return box;
}

void CommitDetail::show(const ApiCommit *commit, bool isWhole)
{
    const bool other = !commit || !commit->isSameAs(m_commit);
    if (!other && commit->verifiedAt == m_commit.verifiedAt && (m_isWhole || !isWhole))
        return;
    m_isWhole = isWhole || (!other && m_isWhole);
    if (commit && !other && !isWhole) { // a row: it knows of a push, and not what is in the commit
        m_commit.pushedAt = commit->pushedAt;
        m_commit.verifiedAt = commit->verifiedAt;
    } else {
        m_commit = commit ? *commit : ApiCommit{};
    }
    fill();
    if (other && commit)
        askForDiff();
}

void CommitDetail::fill()
{
    const bool any = !m_commit.sha.isEmpty();
    m_subject->setText(any ? m_commit.subject : tr("Choose a commit to see what is in it"));
    m_body->setText(CommitList::flowed(m_commit.body));
    m_body->setVisible(!m_commit.body.isEmpty());
    const QString when = QLocale().toString(m_commit.committedAt.toLocalTime(), u"ddd d MMM yyyy HH:mm"_s);
    const QString dot = u" · "_s;
    m_meta->setText(m_commit.name + dot + m_commit.branch + dot + m_commit.host + u'\n' + when + dot
                    + m_commit.sha.left(10) + (m_commit.verifiedAt.isValid() ? dot + tr("on the hub") : QString())
                    + u'\n' + CommitList::sourceText(m_commit));
    m_meta->setVisible(any);
    for (QPushButton *button : {m_copy, m_undo})
        button->setVisible(any);
    m_open->setVisible(any && m_commit.webUrl.isValid());
    m_files->clear();
    m_files->addItems(m_commit.paths);
    if (m_commit.pathCount > m_commit.paths.size())
        m_files->addItem(tr("… and %n more", nullptr, static_cast<int>(m_commit.pathCount - m_commit.paths.size())));
    m_files->setVisible(any);
    m_diff->setVisible(any);
}

void CommitDetail::askForDiff()
{
    const ApiRepo *repo = m_daemon.repo(m_commit.repo);
    m_diff->setMessage(tr("Reading the changes…"));
    m_diffs.diff(m_commit, repo ? repo->path : QString(), m_commit.host, this,
                 [this, asked = m_commit](const Result<QByteArray> &answer) {
                     if (!asked.isSameAs(m_commit))
                         return;
                     if (answer)
                         m_diff->setDiff(*answer);
                     else
                         m_diff->setMessage(answer.error().message);
                 });
}

void CommitDetail::askForUndo()
{
    auto *question
        = new QMessageBox(QMessageBox::Question, tr("Undo this commit?"), m_commit.subject, QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(
        m_commit.pushedAt.isValid()
            ? tr("The hub has it already, so a new commit will revert it. Nothing is lost.")
            : tr("It has not been pushed: it is taken back, and its changes stay in your files."));
    QPushButton *undo = question->addButton(tr("Undo"), QMessageBox::AcceptRole);
    connect(undo, &QPushButton::clicked, this, [this, commit = m_commit] { m_actions.undo(commit); });
    question->open();
}

} // namespace AutoCommit
