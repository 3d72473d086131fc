#include "core/change/patchparser.h"

#include <QHash>

#include <algorithm>
#include <utility>

namespace AutoCommit {

namespace {

/// A line number or a count; what no file has becomes a number that can be counted on from.
int parseNumber(const QByteArray &text)
{
    constexpr int most = 1 << 30;
    return std::clamp(text.toInt(), 0, most);
}

quint32 parseMode(const QByteArray &text)
{
    return text.toUInt(nullptr, 8) & 0177777;
}

/// "12,3" or "12": the start, and the count in `count` (1 when absent).
int parseRange(const QByteArray &text, int &count)
{
    const qsizetype comma = text.indexOf(',');
    count = comma < 0 ? 1 : parseNumber(text.mid(comma + 1));
    return parseNumber(comma < 0 ? text : text.left(comma));
}

QByteArray withoutPrefix(QByteArray name)
{
    name = unquotePath(name);
    return name.startsWith("a/") || name.startsWith("b/") ? name.mid(2) : name;
}

/// The path of `diff --git a/X b/X`, where both halves are alike (a rename says so in lines of its own).
QByteArray pathOfHeader(const QByteArray &rest)
{
    if (rest.startsWith('"')) {
        qsizetype end = 1;
        while (end < rest.size() && rest[end] != '"')
            end += rest[end] == '\\' ? 2 : 1;
        return withoutPrefix(rest.left(end + 1));
    }
    return withoutPrefix(rest.left((rest.size() - 1) / 2));
}

} // namespace

QByteArray unquotePath(const QByteArray &text)
{
    if (text.size() < 2 || !text.startsWith('"') || !text.endsWith('"'))
        return text;
    static const QHash<char, char> simple{{'a', '\a'}, {'b', '\b'}, {'f', '\f'}, {'n', '\n'}, {'r', '\r'},
                                          {'t', '\t'}, {'v', '\v'}, {'"', '"'},  {'\\', '\\'}};
    QByteArray out;
    for (qsizetype i = 1; i < text.size() - 1; ++i) {
        if (text[i] != '\\') {
            out += text[i];
            continue;
        }
        ++i;
        if (text[i] >= '0' && text[i] <= '7') {
            out += static_cast<char>(text.mid(i, 3).toInt(nullptr, 8));
            i += 2;
        } else {
            out += simple.value(text[i], text[i]);
        }
    }
    return out;
}

PatchParser::PatchParser(FileHandler onFile, PatchLimits limits)
    : m_onFile(std::move(onFile))
    , m_limits(limits)
{ }

void PatchParser::feed(const QByteArray &piece)
{
    const QByteArray data = m_rest.isEmpty() ? piece : m_rest + piece;
    qsizetype start = 0;
    for (qsizetype end = data.indexOf('\n'); end >= 0; end = data.indexOf('\n', start)) {
        line(data.mid(start, end - start));
        start = end + 1;
    }
    m_rest = data.mid(start);
}

void PatchParser::finish()
{
    if (!m_rest.isEmpty())
        line(std::exchange(m_rest, {}));
    flush();
}

void PatchParser::line(const QByteArray &text)
{
    if (m_oldLeft > 0 || m_newLeft > 0) {
        hunkLine(text);
        return;
    }
    if (text.startsWith("diff --git ")) {
        flush();
        m_inFile = true;
        m_file.path = pathOfHeader(text.mid(11));
    } else if (!m_inFile) {
        return;
    } else if (text.startsWith("@@ ")) {
        startHunk(text);
    } else if (text.startsWith("rename from ")) {
        m_file.kind = ChangeKind::Renamed;
        m_file.oldPath = unquotePath(text.mid(12));
    } else if (text.startsWith("rename to ")) {
        m_file.path = unquotePath(text.mid(10));
    } else if (text.startsWith("new file mode ")) {
        m_file.kind = ChangeKind::Added;
        m_file.newMode = parseMode(text.mid(14));
    } else if (text.startsWith("deleted file mode ")) {
        m_file.kind = ChangeKind::Deleted;
        m_file.oldMode = parseMode(text.mid(18));
    } else if (text.startsWith("old mode ")) {
        m_file.oldMode = parseMode(text.mid(9));
    } else if (text.startsWith("new mode ")) {
        m_file.newMode = parseMode(text.mid(9));
    } else if (text.startsWith("Binary files ") || text.startsWith("GIT binary patch")) {
        m_file.binary = true;
    } else if (text.startsWith("+++ ") && !text.startsWith("+++ /dev/null")) {
        // git ends a name that holds a blank with a tab
        QByteArray name = text.mid(4);
        if (name.endsWith('\t'))
            name.chop(1);
        m_file.path = withoutPrefix(name);
    }
}

void PatchParser::startHunk(const QByteArray &text)
{
    const qsizetype close = text.indexOf(" @@", 3);
    const QByteArray ranges = text.mid(3, close - 3); // "-1,2 +3,4"
    const qsizetype plus = ranges.indexOf(" +");
    if (close < 0 || !ranges.startsWith('-') || plus < 0)
        return;
    m_oldLine = parseRange(ranges.mid(1, plus - 1), m_oldLeft);
    m_newLine = parseRange(ranges.mid(plus + 2), m_newLeft);
    m_context = text.mid(close + 3).trimmed().left(m_limits.bytesPerLine);
    m_unchanged.clear();
    m_inRun = m_hadRun = false;
}

void PatchParser::startRun()
{
    Hunk hunk;
    hunk.context = m_context;
    hunk.oldStart = m_oldLine;
    hunk.newStart = m_newLine;
    hunk.before = std::exchange(m_unchanged, {});
    m_file.hunks.append(std::move(hunk));
    m_inRun = m_hadRun = true;
}

void PatchParser::hunkLine(const QByteArray &text)
{
    constexpr qsizetype keptAround = 3;
    const char tag = text.isEmpty() ? ' ' : text[0];
    if (tag == '\\') // "\ No newline at end of file"
        return;
    const bool changed = tag == '+' || tag == '-';
    if (changed && !m_inRun && m_kept < m_limits.linesPerFile)
        startRun();
    const int oldLines = tag == '+' ? 0 : 1;
    const int newLines = tag == '-' ? 0 : 1;
    m_oldLeft -= oldLines;
    m_oldLine += oldLines;
    m_newLeft -= newLines;
    m_newLine += newLines;
    if (!changed) {
        m_inRun = false;
        m_unchanged.append(text.mid(1, m_limits.bytesPerLine));
        if (m_hadRun && m_unchanged.size() <= keptAround)
            m_file.hunks.last().after = m_unchanged;
        if (m_unchanged.size() > keptAround)
            m_unchanged.removeFirst();
        return;
    }
    ++(tag == '+' ? m_file.addedLines : m_file.removedLines);
    if (++m_kept > m_limits.linesPerFile) {
        m_file.hunksCut = true;
        return;
    }
    Hunk &hunk = m_file.hunks.last();
    (tag == '+' ? hunk.added : hunk.removed).append(text.mid(1, m_limits.bytesPerLine));
}

void PatchParser::flush()
{
    if (m_inFile)
        m_onFile(std::exchange(m_file, {}));
    m_inFile = false;
    m_oldLeft = m_newLeft = 0;
    m_kept = 0;
}

QList<FileChange> parsePatch(const QByteArray &text, PatchLimits limits)
{
    QList<FileChange> files;
    PatchParser parser([&](FileChange &&file) { files.append(std::move(file)); }, limits);
    parser.feed(text);
    parser.finish();
    return files;
}

} // namespace AutoCommit
