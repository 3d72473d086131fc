#include "core/message/facts.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

/// The tokens of a side, without the marks a formatter adds or takes away at line ends.
QByteArray bareCode(const QList<Line> &side)
{
    QByteArray out;
    for (const Line &line : side) {
        if (line.comment) {
            out += line.text.toByteArray() + '\n';
            continue;
        }
        for (const Token &token : line.tokens) {
            if (isOneOf(token.text, ", ;"))
                continue;
            const bool quoted
                = token.kind == TokenKind::String && token.text.size() >= 2 && token.text.back() == token.text.front();
            out += quoted ? '\'' + unquoted(token.text).toByteArray() + '\'' : token.text.toByteArray();
            out += token.kind == TokenKind::Word ? ' ' : '\0';
        }
    }
    return out;
}

/// In these languages the indentation is part of the program.
bool indentationCounts(Lang lang)
{
    return lang == Lang::Python || lang == Lang::Yaml || lang == Lang::Make || lang == Lang::None;
}

bool isReformat(const Block &block)
{
    if (block.hunk->removed == block.hunk->added)
        return false;
    const Lang lang = block.file->lang;
    const auto firstIndent = [](const QList<Line> &side) {
        const auto filled = std::find_if(side.begin(), side.end(), [](const Line &l) { return !l.text.isEmpty(); });
        return filled == side.end() ? -1 : filled->indent;
    };
    if (indentationCounts(lang)) {
        if (firstIndent(block.removed) != firstIndent(block.added))
            return false;
        for (qsizetype i = 0; block.removed.size() == block.added.size() && i < block.added.size(); ++i) {
            if (block.added[i].indent != block.removed[i].indent && !block.added[i].text.isEmpty())
                return false;
        }
    }
    return bareCode(block.removed) == bareCode(block.added);
}

} // namespace

void addFormatFacts(const Evidence &evidence, Facts &facts)
{
    const ChangeView &view = evidence.view;
    for (const ChangedFile &file : view.files()) {
        int blocks = 0;
        int formatted = 0;
        int lines = 0;
        for (const Block &block : view.blocks()) {
            if (block.file != &file)
                continue;
            ++blocks;
            lines += static_cast<int>(block.added.size() + block.removed.size());
            if (!isReformat(block))
                break;
            ++formatted;
        }
        if (blocks == 0 || formatted != blocks || file.change->kind == ChangeKind::Added
            || file.change->kind == ChangeKind::Deleted)
            continue;
        Fact fact{.topic = Topic::Format, .verb = u"reformat"_s, .names = {{shownFile(file), WordKind::File}}};
        fact.file = file.index;
        fact.lines = lines;
        fact.salience = 46;
        facts.append(fact);
    }
}

} // namespace AutoCommit::Wording
