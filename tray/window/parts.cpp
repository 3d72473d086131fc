#include "tray/window/parts.h"

#include <QEvent>
#include <QHeaderView>
#include <QPainter>

namespace AutoCommit {

QLabel *makeLabel(const QString &text, const QString &objectName, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setObjectName(objectName);
    label->setTextFormat(Qt::PlainText); // what a daemon sends is never markup
    return label;
}

QPushButton *makeButton(const QString &text, const QString &icon, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    if (!icon.isEmpty())
        button->setIcon(uiIcon(icon));
    button->setAutoDefault(false);
    return button;
}

QFrame *makeCard(QWidget *parent)
{
    auto *card = new QFrame(parent);
    card->setObjectName(QStringLiteral("card"));
    return card;
}

QTreeView *makeRows(const QString &accessibleName, QWidget *parent)
{
    auto *view = new QTreeView(parent);
    view->setAccessibleName(accessibleName);
    view->setRootIsDecorated(false);
    view->setUniformRowHeights(true);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setTextElideMode(Qt::ElideRight);
    view->setMouseTracking(true);
    view->header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    view->header()->setHighlightSections(false);
    view->header()->setMinimumSectionSize(60);
    return view;
}

void MutedDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->palette.setColor(QPalette::Text, Theme::current().muted);
}

DotDelegate::DotDelegate(Colour colour, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_colour(std::move(colour))
{ }

void DotDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem plain = option;
    initStyleOption(&plain, index);
    const QString text = std::exchange(plain.text, {});
    const QStyle *style = option.widget ? option.widget->style() : nullptr;
    if (style)
        style->drawControl(QStyle::CE_ItemViewItem, &plain, painter, option.widget);

    constexpr int dot = 8;
    const QRect area = option.rect.adjusted(8, 0, -6, 0);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_colour(index));
    painter->drawEllipse(area.left(), area.center().y() - dot / 2 + 1, dot, dot);
    painter->setPen(option.palette.color(QPalette::Text));
    const QRect words = area.adjusted(dot + 7, 0, 0, 0);
    painter->drawText(words, Qt::AlignVCenter | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(text, Qt::ElideRight, words.width()));
    painter->restore();
}

EmptyHint::EmptyHint(QAbstractItemView *view)
    : QLabel(view->viewport())
    , m_view(view)
{
    setObjectName(QStringLiteral("muted"));
    setAlignment(Qt::AlignCenter);
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
    view->viewport()->installEventFilter(this);
    const QAbstractItemModel *model = view->model();
    connect(model, &QAbstractItemModel::rowsInserted, this, &EmptyHint::place);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &EmptyHint::place);
    connect(model, &QAbstractItemModel::modelReset, this, &EmptyHint::place);
    connect(model, &QAbstractItemModel::layoutChanged, this, &EmptyHint::place);
    place();
}

void EmptyHint::setHint(const QString &hint)
{
    setText(hint);
    place();
}

bool EmptyHint::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        place();
    return QLabel::eventFilter(watched, event);
}

void EmptyHint::place()
{
    setVisible(m_view->model()->rowCount() == 0);
    setGeometry(m_view->viewport()->rect().adjusted(24, 24, -24, -24));
}

} // namespace AutoCommit
