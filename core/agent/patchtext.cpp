#include "core/agent/patchtext.h"

#include "core/wording/diffbudget.h"

#include <algorithm>

namespace AutoCommit {

namespace {

bool needsQuotes(unsigned char c)
{
    return c < 0x20 || c >= 0x7f || c == '"' || c == '\\';
}

QByteArray octal(quint32 number, int digits)
{
    return QByteArray::number(number, 8).rightJustified(digits, '0');
}

QByteArray range(int start, qsizetype count)
{
    return QByteArray::number(start) + ',' + QByteArray::number(count);
}

void addLines(QByteArray &text, char mark, const QList<QByteArray> &lines)
{
    for (const QByteArray &line : lines)
        text += mark + line + '\n';
}

/// One run of changed lines with the unchanged ones around it.
QByteArray hunkText(const Hunk &hunk)
{
    const qsizetype around = hunk.before.size() + hunk.after.size();
    const qsizetype oldLines = around + hunk.removed.size();
    const qsizetype newLines = around + hunk.added.size();
    const auto above = static_cast<int>(hunk.before.size());
    QByteArray text = "@@ -" + range(std::max(0, hunk.oldStart - above), oldLines) + " +"
        + range(std::max(0, hunk.newStart - above), newLines) + " @@";
    text += (hunk.context.isEmpty() ? QByteArray() : ' ' + hunk.context) + '\n';
    addLines(text, ' ', hunk.before);
    addLines(text, '-', hunk.removed);
    addLines(text, '+', hunk.added);
    addLines(text, ' ', hunk.after);
    return text;
}

QByteArray modeLines(const FileChange &file)
{
    if (file.kind == ChangeKind::Added)
        return "new file mode " + octal(file.newMode, 6) + '\n';
    if (file.kind == ChangeKind::Deleted)
        return "deleted file mode " + octal(file.oldMode, 6) + '\n';
    if (file.oldMode != file.newMode)
        return "old mode " + octal(file.oldMode, 6) + "\nnew mode " + octal(file.newMode, 6) + '\n';
    return {};
}

QByteArray fileText(const FileChange &file, const QByteArray &name)
{
    const bool renamed = file.kind == ChangeKind::Renamed;
    const QByteArray from = renamed ? file.oldPath : name;
    QByteArray text = "diff --git " + quotedPath("a/" + from) + ' ' + quotedPath("b/" + name) + '\n' + modeLines(file);
    if (renamed)
        text += "rename from " + quotedPath(from) + "\nrename to " + quotedPath(name) + '\n';
    if (file.binary)
        return text + "Binary files differ\n";
    if (file.hunks.isEmpty())
        return text;
    text += file.kind == ChangeKind::Added ? QByteArray("--- /dev/null\n") : "--- " + quotedPath("a/" + from) + '\n';
    text += file.kind == ChangeKind::Deleted ? QByteArray("+++ /dev/null\n") : "+++ " + quotedPath("b/" + name) + '\n';
    for (const Hunk &hunk : file.hunks)
        text += hunkText(hunk);
    return text;
}

} // namespace

QByteArray quotedPath(const QByteArray &path)
{
    if (std::ranges::none_of(path, [](char c) { return needsQuotes(static_cast<unsigned char>(c)); }))
        return path;
    QByteArray quoted = "\"";
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            quoted += QByteArray("\\") + c;
        else
            quoted += needsQuotes(byte) ? '\\' + octal(byte, 3) : QByteArray(1, c);
    }
    return quoted + '"';
}

RedactedText patchText(const ChangeSet &change, const QList<QByteArray> &names, const SecretScanner &scanner,
                       qsizetype perFile, qsizetype total)
{
    // As in the files, where the scanner knows its way best; then once more as it is sent.
    const ChangeSet masked = maskedChange(change, [&](const QByteArray &path, const QByteArray &text) {
        return text.isEmpty() ? text : scanner.redact(text, {.path = path}).bytes();
    });
    QByteArray text;
    for (qsizetype i = 0; i < masked.files.size(); ++i) {
        const QByteArray part = fileText(masked.files[i], names[i]);
        if (part.size() <= perFile && text.size() + part.size() <= total)
            text += part;
    }
    return scanner.redact(QString::fromUtf8(text).toUtf8());
}

} // namespace AutoCommit
