#include "tray/window/diffview.h"

#include "tray/window/theme.h"

#include <QFontDatabase>
#include <QPainter>
#include <QSyntaxHighlighter>
#include <QTextBlock>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype diffLimit = 1 << 20; // a text view of more stalls the window

enum class DiffLine { Context, Added, Removed, Hunk, Head };

DiffLine kindOf(const QString &line)
{
    if (line.startsWith(u"@@"_s))
        return DiffLine::Hunk;
    for (const QLatin1StringView head :
         {"diff --git"_L1, "index "_L1, "--- "_L1, "+++ "_L1, "new file"_L1, "deleted file"_L1, "rename "_L1,
          "similarity "_L1, "old mode"_L1, "new mode"_L1})
        if (line.startsWith(head))
            return DiffLine::Head;
    if (line.startsWith(u'+'))
        return DiffLine::Added;
    return line.startsWith(u'-') ? DiffLine::Removed : DiffLine::Context;
}

class DiffHighlighter : public QSyntaxHighlighter
{
public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

protected:
    void highlightBlock(const QString &text) override
    {
        const Theme &theme = Theme::current();
        QTextCharFormat format;
        switch (kindOf(text)) {
        case DiffLine::Context:
            return;
        case DiffLine::Added:
        case DiffLine::Removed: // the line's ground says it; the code itself keeps its contrast
            format.setForeground(text.startsWith(u'+') ? theme.good : theme.bad);
            format.setFontWeight(QFont::Bold);
            setFormat(0, 1, format);
            return;
        case DiffLine::Hunk:
            format.setForeground(theme.info);
            break;
        case DiffLine::Head:
            format.setForeground(theme.muted);
            format.setFontWeight(text.startsWith(u"diff"_s) ? QFont::DemiBold : QFont::Normal);
            break;
        }
        setFormat(0, static_cast<int>(text.size()), format);
    }
};

} // namespace

DiffView::DiffView(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Changes of the commit"));
    setTabChangesFocus(true);
    setTabStopDistance(4 * fontMetrics().horizontalAdvance(u' '));
    document()->setDocumentMargin(10);
    new DiffHighlighter(document());
}

void DiffView::setDiff(const QByteArray &diff)
{
    QString text = QString::fromUtf8(diff.left(diffLimit));
    if (diff.size() > diffLimit)
        text += u'\n' + tr("… the diff is %1 MB long; the rest is not shown.").arg(diff.size() >> 20);
    setPlainText(text);
}

void DiffView::setMessage(const QString &message)
{
    setPlainText(message);
}

void DiffView::showFile(const QString &path)
{
    const QTextCursor found = document()->find(u" b/"_s + path);
    if (found.isNull())
        return;
    setTextCursor(QTextCursor(document()->lastBlock()));
    setTextCursor(QTextCursor(found.block())); // from below, so that the file begins at the top of the view
}

void DiffView::paintEvent(QPaintEvent *event)
{
    const Theme &theme = Theme::current();
    QPainter painter(viewport());
    QTextBlock block = firstVisibleBlock();
    QRectF area = blockBoundingGeometry(block).translated(contentOffset());
    while (block.isValid() && area.top() < viewport()->height()) {
        const DiffLine kind = kindOf(block.text());
        if (kind == DiffLine::Added || kind == DiffLine::Removed)
            painter.fillRect(QRectF(0, area.top(), viewport()->width(), area.height()),
                             kind == DiffLine::Added ? theme.addedGround : theme.removedGround);
        block = block.next();
        area = blockBoundingGeometry(block).translated(contentOffset());
    }
    painter.end();
    QPlainTextEdit::paintEvent(event);
}

} // namespace AutoCommit
