#include "tray/window/explanation.h"

#include "tray/model/repowords.h"
#include "tray/model/statewords.h"
#include "tray/window/parts.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

struct Explanation
{
    Q_DECLARE_TR_FUNCTIONS(AutoCommit::Explanation)
};

QTreeWidget *makeList(const QStringList &header, QWidget *parent)
{
    auto *list = new QTreeWidget(parent);
    list->setHeaderLabels(header);
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->header()->setStretchLastSection(true);
    list->header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    return list;
}

void addRow(QTreeWidget *list, const QStringList &texts)
{
    auto *item = new QTreeWidgetItem(list, texts);
    for (int i = 0; i < texts.size(); ++i)
        item->setToolTip(i, texts.at(i));
}

} // namespace

void showExplanation(const ApiExplanation &explanation, const QDateTime &now, QWidget *parent)
{
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(Explanation::tr("Why %1 is where it is").arg(explanation.repo.name));
    dialog->resize(760, 480);
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(10);
    layout->addWidget(makeLabel(explanation.repo.name, u"title"_s, dialog));
    const QString why = RepoWords::explanation(explanation.repo);
    QLabel *state = makeLabel(RepoWords::label(explanation.repo) + (why.isEmpty() ? QString() : u": "_s + why),
                              u"muted"_s, dialog);
    state->setWordWrap(true);
    layout->addWidget(state);

    QTreeWidget *steps = makeList(
        {Explanation::tr("When"), Explanation::tr("Step"), Explanation::tr("What"), Explanation::tr("Why")}, dialog);
    steps->setAccessibleName(Explanation::tr("Decisions of the last run"));
    for (const ApiDecision &decision : explanation.decisions)
        addRow(steps,
               {StateWords::age(decision.at, now), RepoWords::stageName(decision.stage), decision.what, decision.why});
    for (int i = 0; i < 3; ++i)
        steps->resizeColumnToContents(i);
    layout->addWidget(steps, 2);

    if (!explanation.exclusions.isEmpty()) {
        layout->addWidget(makeLabel(Explanation::tr("Left out on purpose"), u"heading"_s, dialog));
        QTreeWidget *left = makeList({Explanation::tr("Path"), Explanation::tr("Why")}, dialog);
        left->setAccessibleName(Explanation::tr("Files that are not committed"));
        for (const ApiExclusion &exclusion : explanation.exclusions)
            addRow(left, {exclusion.path, exclusion.reason});
        left->resizeColumnToContents(0);
        layout->addWidget(left, 1);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    layout->addWidget(buttons);
    dialog->open();
}

} // namespace AutoCommit
