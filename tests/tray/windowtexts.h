#pragma once

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>

namespace AutoCommit::Testing {

inline void collectRows(const QAbstractItemModel &model, const QModelIndex &parent, QStringList &texts)
{
    for (int row = 0; row < std::min(model.rowCount(parent), 1000); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column)
            for (const int role :
                 {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole, Qt::AccessibleDescriptionRole})
                texts += model.index(row, column, parent).data(role).toString();
        collectRows(model, model.index(row, 0, parent), texts);
    }
}

/// Everything a window says, hidden pages too.
inline QString textsOf(const QWidget &window)
{
    QStringList texts{window.windowTitle()};
    const auto widgets = window.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        texts << widget->toolTip() << widget->accessibleName() << widget->accessibleDescription();
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            texts << label->text();
        else if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            texts << button->text();
        else if (const auto *line = qobject_cast<const QLineEdit *>(widget))
            texts << line->text() << line->placeholderText();
        else if (const auto *rich = qobject_cast<const QTextEdit *>(widget))
            texts << rich->toPlainText();
        else if (const auto *plain = qobject_cast<const QPlainTextEdit *>(widget))
            texts << plain->toPlainText();
        else if (const auto *box = qobject_cast<const QComboBox *>(widget))
            texts << box->currentText();
        else if (const auto *view = qobject_cast<const QAbstractItemView *>(widget); view && view->model())
            collectRows(*view->model(), {}, texts);
    }
    texts.removeDuplicates();
    return texts.join(u'\n');
}

} // namespace AutoCommit::Testing
