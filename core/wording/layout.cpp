#include "core/wording/layout.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

QStringList cellsOf(const QString &row)
{
    QString inside = row.trimmed();
    inside.remove(0, 1);
    if (inside.endsWith(u'|'))
        inside.chop(1);
    QStringList cells;
    for (const QString &cell : inside.split(u'|'))
        if (!cell.trimmed().isEmpty())
            cells.append(cell.trimmed());
    static const QRegularExpression number(uR"(^(?:\d{1,2}|[A-Ha-h])[.)]?$)"_s);
    if (cells.size() > 1 && cells.first().contains(number))
        cells.removeFirst();
    return cells;
}

bool isInDiff(const QString &line)
{
    static const QRegularExpression inside(
        uR"(^(?:[+\-@\\ ]|index [0-9a-f]{6,}|new file mode|deleted file mode|old mode|new mode|similarity index|rename (?:from|to)|Binary files))"_s);
    return line.isEmpty() || line.contains(inside);
}

} // namespace

QString withoutQuoteMarks(const QString &answer)
{
    static const QRegularExpression mark(uR"(^[ \t]*>[ \t]?)"_s);
    QStringList lines = answer.split(u'\n');
    const bool isQuoted = std::ranges::all_of(
        lines, [](const QString &line) { return line.trimmed().isEmpty() || line.contains(mark); });
    if (!isQuoted || lines.size() < 2)
        return answer;
    for (QString &line : lines)
        line.remove(mark);
    return lines.join(u'\n').trimmed();
}

QString withLineBreaks(const QString &answer)
{
    static const QRegularExpression spelled(uR"((?<=[^\s"'`\\])(?:\\n){2,}(?=[\p{Lu}\d*-]))"_s);
    if (answer.contains(u'\n') || answer.startsWith(u'{') || answer.startsWith(u'[') || !answer.contains(spelled))
        return answer;
    QString text = answer;
    return text.replace(spelled, u"\n\n"_s).replace("\\n"_L1, "\n"_L1);
}

QString withoutTable(const QString &answer)
{
    static const QRegularExpression rule(uR"(^\s*\|[\s|:-]+\|?\s*$)"_s);
    if (!answer.contains(u'|'))
        return answer;
    const QStringList lines = answer.split(u'\n');
    const auto isRule = [](const QString &line) { return line.contains(u'-') && line.contains(rule); };
    if (std::ranges::none_of(lines, isRule))
        return answer;
    QStringList out;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const bool isHead = i + 1 < lines.size() && isRule(lines[i + 1]);
        if (isRule(lines[i]) || isHead)
            continue;
        out.append(lines[i].trimmed().startsWith(u'|') ? cellsOf(lines[i]).join(": "_L1) : lines[i]);
    }
    return out.join(u'\n');
}

QString withoutHtml(const QString &answer)
{
    static const QRegularExpression tag(
        uR"(</?(?:pre|code|p|div|span|b|strong|em|i|br|details|summary|h[1-6]|ul|ol|li)\s*/?>)"_s);
    static const QRegularExpression wrapped(uR"(^\s*<[^<>]+>.*<[^<>]+>\s*$|^\s*<[^<>]+>\s*$)"_s);
    if (!answer.contains(u'<'))
        return answer;
    QStringList lines = answer.split(u'\n');
    for (QString &line : lines)
        if (line.contains(wrapped) && tag.match(line.trimmed()).capturedStart() == 0)
            line.remove(tag);
    return lines.join(u'\n');
}

QString withoutDiff(const QString &answer)
{
    static const QRegularExpression begin(uR"(^(?:diff --git |@@ -\d|--- (?:a/|/dev/null)|\+\+\+ (?:b/|/dev/null)))"_s);
    QStringList kept;
    bool inside = false;
    const QStringList lines = answer.split(u'\n');
    for (const QString &line : lines) {
        inside = line.contains(begin) || (inside && isInDiff(line));
        if (!inside)
            kept.append(line);
    }
    return kept.size() == lines.size() ? answer : kept.join(u'\n');
}

} // namespace AutoCommit
