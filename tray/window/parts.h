#pragma once

#include "tray/window/theme.h"

#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTreeView>

#include <functional>

class QVBoxLayout;

namespace AutoCommit {

// Small pieces every page is put together from, so that the pages look alike.

QLabel *makeLabel(const QString &text, const QString &objectName, QWidget *parent);
QPushButton *makeButton(const QString &text, const QString &icon, QWidget *parent);
QFrame *makeCard(QWidget *parent);

/// A list of rows in the house's look: no frame, even heights, keyboard and screen reader names set.
QTreeView *makeRows(const QString &accessibleName, QWidget *parent);

/// Draws a coloured dot in front of the text of a cell. The text says the same as the colour.
class DotDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using Colour = std::function<QColor(const QModelIndex &)>;

    DotDelegate(Colour colour, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    Colour m_colour;
};

/// Text that matters less than its row.
class MutedDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

/// What a list shows instead of rows: a sentence in the middle of the view, as long as the model is empty.
class EmptyHint : public QLabel
{
    Q_OBJECT

public:
    explicit EmptyHint(QAbstractItemView *view);

    void setHint(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();

    QAbstractItemView *m_view;
};

} // namespace AutoCommit
