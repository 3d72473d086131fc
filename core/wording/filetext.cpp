#include "core/wording/filetext.h"

#include "core/base/cleantext.h"
#include "core/wording/controltokens.h"
#include "core/wording/waterfill.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype lineLimit = 300;
constexpr qsizetype least = 24; ///< of a changed line, to be worth its place

QStringList promptLines(const QList<QByteArray> &lines, const QString &tag)
{
    QStringList out;
    out.reserve(lines.size());
    for (const QByteArray &line : lines)
        out.append(tag + promptLine(line));
    return out;
}

qsizetype sizeOf(const QStringList &lines)
{
    qsizetype size = 0;
    for (const QString &line : lines)
        size += line.size() + 1;
    return size;
}

QString cutLine(const QString &line, qsizetype limit)
{
    return line.size() <= limit ? line : line.left(std::max<qsizetype>(1, limit - 1)) + u'…';
}

/// Two thirds from the beginning, one from the end, and how much is missing in between.
QStringList headAndTail(const QStringList &lines, qsizetype limit)
{
    constexpr qsizetype gap = 20;
    QStringList head;
    QStringList tail;
    qsizetype left = limit - gap;
    const qsizetype tailRoom = left / 3;
    qsizetype from = 0;
    for (; from < lines.size() && lines[from].size() + 1 <= left - tailRoom; ++from) {
        head.append(lines[from]);
        left -= lines[from].size() + 1;
    }
    if (head.isEmpty() && left >= least) {
        head.append(cutLine(lines[from], left - 1));
        left -= head.first().size() + 1;
        ++from;
    }
    qsizetype to = lines.size();
    for (; to > from && lines[to - 1].size() + 1 <= left; --to) {
        tail.prepend(lines[to - 1]);
        left -= lines[to - 1].size() + 1;
    }
    if (to > from)
        head.append(u"[... %1 lines ...]"_s.arg(to - from));
    return head + tail;
}

} // namespace

QString promptLine(const QByteArray &line)
{
    QString text = neutralized(cleanText(line.left(4 * lineLimit)));
    while (!text.isEmpty() && text.back().isSpace())
        text.chop(1);
    return cutLine(text, lineLimit);
}

FileText::FileText(const FileChange &file)
    : m_heading(u"=== "_s + neutralized(displayPath(file.path)))
    , m_hunksCut(file.hunksCut)
{
    QByteArray lastContext;
    for (const Hunk &hunk : file.hunks) {
        Run run;
        if (!hunk.context.isEmpty() && hunk.context != lastContext)
            run.place = u"@@ "_s + cutLine(promptLine(hunk.context), 100);
        lastContext = hunk.context;
        run.before = promptLines(hunk.before, u" "_s);
        run.changed = promptLines(hunk.removed, u"-"_s) + promptLines(hunk.added, u"+"_s);
        run.after = promptLines(hunk.after, u" "_s);
        m_runs.append(run);
    }
    m_wanted = whole(3).size();
}

QString FileText::whole(qsizetype context) const
{
    QStringList lines{m_heading};
    QStringList shownAfter;
    for (const Run &run : m_runs) {
        if (!run.place.isEmpty())
            lines.append(run.place);
        // Two runs close together have the lines between them in common.
        for (const QString &line : run.before.mid(std::max<qsizetype>(0, run.before.size() - context)))
            if (!shownAfter.contains(line))
                lines.append(line);
        lines += run.changed;
        shownAfter = run.after.mid(0, context);
        lines += shownAfter;
    }
    return lines.join(u'\n') + u'\n';
}

FileText::Rendered FileText::render(qsizetype limit) const
{
    for (const qsizetype context : {3, 1, 0}) {
        const QString text = context == 3 && m_wanted > limit ? QString() : whole(context);
        if (!text.isEmpty() && text.size() <= limit)
            return {.text = text, .cut = m_hunksCut, .showsChange = !m_runs.isEmpty()};
    }
    return shortened(limit);
}

/// "= name.cpp: +the first line that says something"
FileText::Rendered FileText::oneLine(qsizetype limit) const
{
    QString line;
    for (const Run &run : m_runs) {
        for (const QString &changed : run.changed) {
            const auto letters = std::ranges::count_if(changed, [](QChar c) { return c.isLetter(); });
            if (letters >= 6 || line.isEmpty())
                line = changed;
            if (letters >= 6)
                break;
        }
        if (line.size() > 8)
            break;
    }
    const QString name = m_heading.sliced(m_heading.lastIndexOf(u'/') + 1).remove("=== "_L1);
    const QString start
        = u"= "_s + cutLine(name, std::clamp<qsizetype>(limit - 26, 8, std::max<qsizetype>(8, limit / 2))) + u": "_s;
    const qsizetype room = limit - start.size() - 1;
    if (room < 8 || line.isEmpty())
        return {.cut = true};
    const QString words = line.left(1) + line.sliced(1).trimmed();
    return {.text = start + cutLine(words, room) + u'\n',
            .cut = true,
            .showsChange = room >= std::min<qsizetype>(20, words.size())};
}

FileText::Rendered FileText::shortened(qsizetype limit) const
{
    const qsizetype room = limit - m_heading.size() - 1;
    if (room < 3 * least || m_runs.isEmpty())
        return oneLine(limit);
    // Too many runs for the room: some of them, from everywhere.
    const qsizetype shown = std::clamp<qsizetype>(room / 90, 1, m_runs.size());
    QList<Need> needs;
    QList<const Run *> runs;
    for (qsizetype i = 0; i < shown; ++i) {
        runs.append(&m_runs[i * m_runs.size() / shown]);
        needs.append(Need{.wanted = sizeOf(runs.last()->changed) + runs.last()->place.size() + 1});
    }
    const qsizetype forNote = shown < m_runs.size() ? 24 : 0;
    const QList<qsizetype> shares = waterFill(needs, room - forNote);
    QStringList lines{m_heading};
    for (qsizetype i = 0; i < shown; ++i) {
        qsizetype left = shares[i];
        if (!runs[i]->place.isEmpty() && left > runs[i]->place.size() + 1 + 2 * least) {
            lines.append(runs[i]->place);
            left -= runs[i]->place.size() + 1;
        }
        lines += sizeOf(runs[i]->changed) <= left ? runs[i]->changed : headAndTail(runs[i]->changed, left + 20);
    }
    if (forNote > 0)
        lines.append(u"[... %1 more places]"_s.arg(m_runs.size() - shown));
    QString text = lines.join(u'\n') + u'\n';
    if (text.size() > limit) {
        text.truncate(limit - 1);
        text += u'\n';
    }
    return {.text = text, .cut = true, .showsChange = text.size() >= m_heading.size() + 20};
}

} // namespace AutoCommit
