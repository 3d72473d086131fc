#include "core/message/changeview.h"

#include "core/message/block.h"

#include <QHash>

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

/// Follows comments and doc strings over the lines of one side of a block.
class CommentTracker
{
public:
    explicit CommentTracker(Lang lang)
        : m_lang(lang)
    { }

    bool isComment(ByteView text)
    {
        if (m_lang == Lang::Python)
            return pythonComment(text);
        if (m_inside) {
            if (text.contains("*/") || text.contains("-->"))
                m_inside = false;
            return true;
        }
        if (!startsComment(m_lang, text)) {
            const bool cLike = isCode(m_lang) || m_lang == Lang::Css;
            return cLike
                && (text == ByteView("*") || text.startsWith("* ") || text.startsWith("*/")
                    || (m_lang == Lang::Php && text.startsWith("| ")));
        }
        if (text.startsWith("/*") && !text.contains("*/"))
            m_inside = true;
        if (text.startsWith("<!--") && !text.contains("-->"))
            m_inside = true;
        return true;
    }

private:
    bool pythonComment(ByteView text)
    {
        const bool triple = text.contains("\"\"\"") || text.contains("'''");
        if (m_inside) {
            m_inside = !triple;
            return true;
        }
        if (text.startsWith("\"\"\"") || text.startsWith("'''")) {
            const ByteView behind = text.sliced(3);
            m_inside = !behind.contains("\"\"\"") && !behind.contains("'''");
            return true;
        }
        return text.startsWith('#');
    }

    Lang m_lang;
    bool m_inside = false;
};

/// A sentence: in a language whose documentation stands in strings, most hunks do not show where the string opens.
bool isSentence(ByteView text)
{
    static const WordSet telling("the a an of to this that are be by will can it its on at which");
    constexpr int fewest = 4;
    int words = 0;
    bool tells = false;
    for (qsizetype start = 0; start < text.size();) {
        qsizetype end = text.indexOf(' ', start);
        end = end < 0 ? text.size() : end;
        const ByteView word = text.sliced(start, end - start);
        if (words == 0 && isKeyword(word))
            return false;
        words += word.isEmpty() ? 0 : 1;
        tells |= telling.contains(word);
        start = end + 1;
    }
    return tells && words >= fewest && std::all_of(text.begin(), text.end(), [](char c) {
               return isLetter(c) || isDigit(c) || ByteView(" .,;:'`()/-_!?").contains(c);
           });
}

QList<Line> linesOf(const QList<QByteArray> &before, const QList<QByteArray> &raw, const ChangedFile &file,
                    int firstLine)
{
    const Lang lang = file.lang;
    QList<Line> lines;
    lines.reserve(raw.size());
    CommentTracker comments(lang);
    if (lang != Lang::Python) { // where a lone """ may open or close
        for (const QByteArray &text : before)
            comments.isComment(ByteView(text).trimmed());
    }
    for (const QByteArray &text : raw) {
        Line line;
        line.raw = text;
        line.text = line.raw.trimmed();
        line.indent = indentOf(text);
        line.comment = !line.text.isEmpty() && comments.isComment(line.text);
        if (lang == Lang::Python || lang == Lang::Elixir)
            line.comment = line.comment || isSentence(line.text);
        constexpr int importsEnd = 150; // below that, a lone string of Go is data
        line.import = !line.comment && isImport(lang, line.text)
            && (lang != Lang::Go || firstLine <= importsEnd || line.text.startsWith("import "));
        if (!line.text.isEmpty() && !line.comment) {
            line.tokens = tokensOf(line.text, file.lang);
            if (!line.import)
                line.definition = definitionOf(file.lang, line.raw, file.header);
        }
        lines.append(line);
    }
    return lines;
}

bool holdsWord(const QList<Line> &lines, ByteView word)
{
    return std::any_of(lines.begin(), lines.end(), [&](const Line &line) { return hasWord(line.text, word); });
}

} // namespace

bool isImport(Lang lang, ByteView text)
{
    switch (lang) {
    case Lang::C:
        return text.startsWith("#include") || text.startsWith("#import") || text.startsWith("import ")
            || text.startsWith("using namespace");
    case Lang::CSharp:
        return text.startsWith("using ") && !text.contains('(') && !text.contains(" = new")
            && !text.startsWith("using var");
    case Lang::Rust:
    case Lang::Php:
        return (text.startsWith("use ") || text.startsWith("pub use ") || text.startsWith("extern crate ")
                || text.startsWith("pub(crate) use "))
            && !text.contains('$');
    case Lang::Python:
        return text.startsWith("import ") || (text.startsWith("from ") && text.contains(" import"));
    case Lang::JavaScript:
        return text.startsWith("import ") || text.startsWith("} from ") || text.startsWith("export * from")
            || ((text.startsWith("const ") || text.startsWith("var ") || text.startsWith("let "))
                && text.contains("= require("))
            || (text.startsWith("export {") && text.contains(" from "));
    case Lang::Go: {
        if (text.startsWith("import "))
            return true;
        const qsizetype quote = text.indexOf('"'); // inside import ( … ): "path" or alias "path"
        if (quote < 0 || text.size() < 3 || text.indexOf('"', quote + 1) != text.size() - 1)
            return false;
        const ByteView alias = text.first(quote).trimmed();
        return alias.isEmpty() || alias == ByteView(".") || isIdentifier(alias);
    }
    case Lang::Ruby:
        return text.startsWith("require ") || text.startsWith("require_relative ");
    case Lang::Elixir:
        return text.startsWith("alias ") || text.startsWith("import ") || text.startsWith("require ");
    case Lang::Lua:
        return text.startsWith("local ") && text.contains("require");
    case Lang::Css:
        return text.startsWith("@import") || text.startsWith("@use");
    case Lang::Java:
    case Lang::Kotlin:
    case Lang::Swift:
    case Lang::Dart:
    case Lang::Proto:
        return text.startsWith("import ") || text.startsWith("@testable import ") || text.startsWith("package ");
    default:
        return false;
    }
}

ChangeView::ChangeView(const ChangeSet &changes, const QList<qsizetype> &files)
{
    m_files.reserve(files.size());
    for (const qsizetype index : files) {
        if (index >= 0 && index < changes.files.size())
            m_files.append(changedFile(changes.files.at(index), m_files.size()));
    }
    for (const ChangedFile &file : m_files) {
        m_changedLines += file.change->addedLines + file.change->removedLines;
        readFile(file);
    }
    markMoved();
    for (qsizetype i = 0; i < m_blocks.size(); ++i) {
        pairLines(m_blocks[i]);
        findScope(m_blocks, i);
    }
}

void ChangeView::readFile(const ChangedFile &file)
{
    if (file.change->binary || file.role == Role::Lock || file.role == Role::Generated)
        return;
    constexpr qsizetype noHandWrote = 1000; // minified, or data on one line
    for (const Hunk &hunk : file.change->hunks) {
        const auto isLong = [](const QByteArray &line) { return line.size() > noHandWrote; };
        const bool prose = file.lang == Lang::Markdown || file.lang == Lang::Rst;
        if (!prose
            && (std::any_of(hunk.added.begin(), hunk.added.end(), isLong)
                || std::any_of(hunk.removed.begin(), hunk.removed.end(), isLong)))
            return;
    }
    m_cut |= file.change->hunksCut;
    for (const Hunk &hunk : file.change->hunks) {
        const qsizetype lines = hunk.added.size() + hunk.removed.size();
        if (m_linesRead + lines > mostLines) {
            m_cut = true;
            return;
        }
        m_linesRead += static_cast<int>(lines);
        Block block;
        block.file = &file;
        block.hunk = &hunk;
        block.removed = linesOf(hunk.before, hunk.removed, file, hunk.oldStart);
        block.added = linesOf(hunk.before, hunk.added, file, hunk.newStart);
        m_blocks.append(block);
    }
}

/// Lines that only changed their place explain nothing: the shorter side of each text is taken out on both.
void ChangeView::markMoved()
{
    constexpr qsizetype tellsNothing = 4; // "}", "end", "</a>"
    QHash<ByteView, int> removed;
    for (const Block &block : m_blocks) {
        for (const Line &line : block.removed) {
            if (line.text.size() > tellsNothing)
                ++removed[line.text];
        }
    }
    QHash<ByteView, int> taken;
    for (Block &block : m_blocks) {
        for (Line &line : block.added) {
            const auto found = removed.find(line.text);
            if (found == removed.end() || found.value() == 0)
                continue;
            --found.value();
            ++taken[line.text];
            line.moved = true;
        }
    }
    for (Block &block : m_blocks) {
        for (Line &line : block.removed) {
            const auto found = taken.find(line.text);
            if (found == taken.end() || found.value() == 0)
                continue;
            --found.value();
            line.moved = true;
        }
    }
}

int ChangeView::changedLines(Role role) const
{
    int lines = 0;
    for (const ChangedFile &file : m_files)
        lines += file.role == role ? file.change->addedLines + file.change->removedLines : 0;
    return lines;
}

bool ChangeView::hasRole(Role role) const
{
    return std::any_of(m_files.begin(), m_files.end(), [&](const ChangedFile &file) { return file.role == role; });
}

bool ChangeView::onlyRoles(std::initializer_list<Role> roles) const
{
    return std::all_of(m_files.begin(), m_files.end(), [&](const ChangedFile &file) {
        return std::find(roles.begin(), roles.end(), file.role) != roles.end();
    });
}

bool ChangeView::addedWord(ByteView word) const
{
    return std::any_of(m_blocks.begin(), m_blocks.end(),
                       [&](const Block &block) { return holdsWord(block.added, word); });
}

bool ChangeView::removedWord(ByteView word) const
{
    return std::any_of(m_blocks.begin(), m_blocks.end(),
                       [&](const Block &block) { return holdsWord(block.removed, word); });
}

} // namespace AutoCommit::Wording
