#include "core/wording/body.h"

#include "core/wording/decoration.h"
#include "core/wording/directives.h"

#include <QRegularExpression>
#include <QSet>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr auto anyCase = QRegularExpression::CaseInsensitiveOption;

/// Lines that git or a forge would take for a statement of somebody, or an order to close something.
bool isTrailer(const QString &line)
{
    static const QRegularExpression trailer(
        uR"(^[\s*>-]*(?:[\p{L}\d]+(?:-[\p{L}\d]+)*-(?:by|id|to|url|link)\s*[:：]|(?:cc|bug|fix|fixes|close|closes|closed|resolve|resolves|resolved|refs?|references|issue|issues|link|source|see-also|related|ticket|pr|merge-request|release-as|semver)\s*[:：]\s*\S|(?:fixes|closes|resolves|refs)\s+(?:#|[A-Z]{2,10}-)\d+|\(cherry picked from commit|.{0,6}generated (?:with|by) |co-?authored))"_s,
        anyCase);
    return line.contains(trailer);
}

/// Where the message has ended although the text goes on: code, a diff, a here-document's rest.
bool isEnd(const QString &line)
{
    static const QRegularExpression end(
        uR"(^\s*(?:```|~~~|diff --git |@@ -\d|index [0-9a-f]{7,}\.\.|--- a/|\+\+\+ b/|<<<DATA|DATA>>>|EOF\s*$|</?\w+>\s*$|\[(?:END|DONE|STOP|EOM|EOF)\]\s*$|#{3,}\s*$|\[\^\w{1,4}\]:|\d+ files? changed\b|\S+\s+\|\s+(?:\d+ [+-]*|Bin\b.*)$))"_s);
    return line.contains(end) || isChatter(line);
}

bool isEmptyWord(const QString &text)
{
    static const QSet<QString> words{u"none"_s,    u"n/a"_s,        u"null"_s,    u"(none)"_s,      u"(no body)"_s,
                                     u"no body"_s, u"(empty)"_s,    u"empty"_s,   u"-"_s,           u"[]"_s,
                                     u"body"_s,    u"(optional)"_s, u"details"_s, u"description"_s, u"summary"_s,
                                     u"changes"_s, u"key changes"_s};
    return words.contains(text.trimmed().toLower());
}

/// Labels of the form, markdown's list marks and emphasis.
QString plainLine(QString line)
{
    static const QRegularExpression label(
        uR"(^[\s*_]*(?:body|description|details|changes|summary of changes|key changes|changes made)[*_]*\s*[:：][*_]*\s*)"_s,
        anyCase);
    static const QRegularExpression bullet(uR"(^(\s*)[*•+–—]\s+)"_s);
    static const QRegularExpression bold(uR"(\*\*([^*\n]+)\*\*)"_s);
    line.replace(u'\t', u' ');
    line.remove(label);
    line.replace(bullet, u"\\1- "_s);
    line.replace(bold, u"\\1"_s);
    static const QRegularExpression numbered(uR"(^\s*\d{1,2}[.)]\s+)"_s);
    line.replace(numbered, u"- "_s);
    while (line.startsWith(u' ') || line.startsWith(u'\t')) // indented code is no part of a message
        line.remove(0, 1);
    return line.trimmed();
}

QString comparable(const QString &line)
{
    QString text = line.toLower();
    text.remove(QRegularExpression(uR"([^\p{L}\p{N}]+)"_s));
    return text;
}

/// "Key: value" lines that end a message are trailers to git, whatever the key.
void disarmLastParagraph(QStringList &lines)
{
    static const QRegularExpression keyed(uR"(^[A-Za-z0-9-]+\s*:\s)"_s);
    for (qsizetype i = lines.size() - 1; i >= 0 && !lines[i].isEmpty(); --i)
        if (lines[i].contains(keyed))
            lines[i].prepend("- "_L1);
}

/// Said of what the change does not hold: a break of what nobody could use, another file, somebody's issue; or noise.
bool isForeign(const QString &line, const MessageRules &rules)
{
    static const QRegularExpression breaks(uR"(^(?:- )?BREAKING[ -]CHANGES?\s*[:：])"_s);
    static const QRegularExpression ofFile(uR"(^(?:- )?`?(?<path>[\w./-]*\w\.[a-z]\w{0,4})`?\s*[:：]\s)"_s);
    static const QRegularExpression ofIssue(
        uR"(^(?:- )?(?:see(?: also)?|refs?|cf\.?|related to|part of)\s+(?<mark>#\d+)\W*$)"_s, anyCase);
    static const QRegularExpression endless(uR"(\S{160,})"_s);
    if (!rules.breakingAllowed && line.contains(breaks))
        return true;
    if (rules.evidence.isEmpty())
        return false;
    const auto isUnseen = [&](const QRegularExpressionMatch &match, const QString &name) {
        const QString seen = name.isEmpty() ? match.captured() : match.captured(name);
        return match.hasMatch() && !rules.evidence.contains(seen.toLower().toUtf8());
    };
    return isUnseen(ofFile.match(line), u"path"_s) || isUnseen(ofIssue.match(line), u"mark"_s)
        || isUnseen(endless.match(line), QString());
}

void trim(QStringList &lines)
{
    while (!lines.isEmpty() && lines.first().isEmpty())
        lines.removeFirst();
    while (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
}

QString wrapLine(const QString &line, int width)
{
    const QString indent = line.startsWith("- "_L1) ? u"  "_s : QString();
    QString out;
    qsizetype column = 0;
    const QStringList words = line.split(u' ', Qt::SkipEmptyParts);
    for (QString word : words) {
        const bool breaks = column > 0 && column + 1 + word.size() > width;
        while ((column == 0 || breaks) && word.startsWith(u'#')) // git takes the line for a comment in an editor
            word.remove(0, 1);
        if (breaks) {
            out += u'\n' + indent;
            column = indent.size();
        } else if (column > 0) {
            out += u' ';
            ++column;
        }
        out += word;
        column += word.size();
    }
    return out;
}

QString withinLines(const QString &body, int limit, bool &dropped)
{
    QStringList lines = body.split(u'\n');
    if (lines.size() <= limit)
        return body;
    dropped = true;
    lines.resize(limit);
    // Not in the middle of a paragraph: its rest may have held the verb.
    while (lines.size() > 1 && !lines.last().isEmpty() && !body.split(u'\n')[lines.size()].startsWith("- "_L1)
           && !body.split(u'\n')[lines.size()].isEmpty())
        lines.removeLast();
    trim(lines);
    return lines.join(u'\n');
}

} // namespace

QString wrapText(const QString &text, int width)
{
    QStringList out;
    const QStringList lines = text.split(u'\n');
    QString paragraph;
    const auto flush = [&] {
        if (!paragraph.isEmpty())
            out.append(wrapLine(paragraph, width));
        paragraph.clear();
    };
    static const QRegularExpression keyed(uR"(^\p{Lu}[\w-]{1,20}:\s)"_s);
    for (const QString &line : lines) {
        if (line.isEmpty() || line.startsWith("- "_L1) || line.contains(keyed))
            flush();
        if (line.isEmpty())
            out.append(QString());
        else
            paragraph += paragraph.isEmpty() ? line : u' ' + line;
    }
    flush();
    return out.join(u'\n');
}

QString cleanBody(const QString &raw, const QString &header, const MessageRules &rules, bool &dropped)
{
    QStringList kept;
    QSet<QString> seen{comparable(header)};
    const QStringList lines = raw.left(20000).split(u'\n');
    static const QRegularExpression underline(uR"(^={3,}\s*$)"_s);
    for (const QString &original : lines) {
        if (kept.isEmpty() && original.contains(underline))
            continue;
        if (isEnd(original))
            break;
        const QString line = withoutOrders(plainLine(original));
        const QString own = withoutForeignMentions(line, rules);
        const bool isStatement = isTrailer(line) || closesForeignIssue(line, rules) || revertsUnseen(line, rules)
            || isForeign(line, rules);
        if (original.trimmed().startsWith(u'#') || line.startsWith(u'#') || isStatement || isEmptyWord(line)) {
            dropped = dropped || isStatement;
            continue;
        }
        const QString form = comparable(own);
        if (!form.isEmpty() && seen.contains(form))
            continue;
        if (!form.isEmpty())
            seen.insert(form);
        if (own.isEmpty() ? !kept.isEmpty() && !kept.last().isEmpty() : !form.isEmpty())
            kept.append(own);
    }
    trim(kept);
    if (!rules.bodyAllowed || kept.isEmpty())
        return {};
    // First wrapped, then disarmed: wrapping may put a word with a colon at the beginning of a line.
    QStringList wrapped = wrapText(kept.join(u'\n'), rules.bodyWidth - 2).split(u'\n');
    disarmLastParagraph(wrapped);
    return withinLines(wrapped.join(u'\n'), rules.bodyLines, dropped);
}

} // namespace AutoCommit
