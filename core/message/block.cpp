#include "core/message/block.h"

#include <algorithm>
#include <limits>

namespace AutoCommit::Wording {

namespace {

constexpr qsizetype mostPairedLines = 40;

/// Share of the longer line that both begin and end with, 0..1.
double likeness(ByteView a, ByteView b)
{
    const qsizetype shorter = std::min(a.size(), b.size());
    const qsizetype longer = std::max(a.size(), b.size());
    qsizetype front = 0;
    while (front < shorter && a[front] == b[front])
        ++front;
    qsizetype back = 0;
    while (back < shorter - front && a[a.size() - 1 - back] == b[b.size() - 1 - back])
        ++back;
    return longer == 0 ? 0 : static_cast<double>(front + back) / static_cast<double>(longer);
}

bool mayPair(const Line &line)
{
    return !line.text.isEmpty() && !line.moved;
}

void addPair(Block &block, qsizetype removed, qsizetype added)
{
    Pair pair;
    pair.removed = removed;
    pair.added = added;
    pair.before = block.removed[removed].tokens;
    pair.after = block.added[added].tokens;
    pair.difference = differenceOf(pair.before, pair.after);
    block.pairs.append(std::move(pair));
}

bool isEdited(const Line &line)
{
    return line.isCodeLine() && !line.moved;
}

/// `if (a)` that became `if (` `a &&` `b` `)`: no line matches another, but the whole does.
void joinLines(Block &block)
{
    constexpr qsizetype mostLines = 14;
    constexpr qsizetype mostTokens = 160;
    const auto edited = [](const QList<Line> &side) { return std::count_if(side.begin(), side.end(), isEdited); };
    const qsizetype was = edited(block.removed);
    const qsizetype is = edited(block.added);
    const bool paired = block.pairs.size() == was && block.pairs.size() == is;
    if (was == 0 || is == 0 || paired || was > mostLines || is > mostLines)
        return;
    Pair pair;
    const auto join = [](const QList<Line> &side, Tokens &tokens, qsizetype &first) {
        first = -1;
        for (qsizetype i = 0; i < side.size(); ++i) {
            if (!isEdited(side[i]))
                continue;
            first = first < 0 ? i : first;
            tokens.append(side[i].tokens);
        }
    };
    join(block.removed, pair.before, pair.removed);
    join(block.added, pair.after, pair.added);
    if (pair.before.size() > mostTokens || pair.after.size() > mostTokens)
        return;
    pair.difference = differenceOf(pair.before, pair.after);
    block.joined.append(pair);
}

bool isScope(const Definition &definition)
{
    return isCallable(definition.kind) || isContainer(definition.kind) || definition.kind == DefKind::Constant
        || definition.kind == DefKind::Target || definition.kind == DefKind::Table || definition.kind == DefKind::Module
        || definition.kind == DefKind::Selector || definition.kind == DefKind::Resource;
}

/// Walks upwards and remembers how far left a line must stand to enclose the block.
class ScopeSearch
{
public:
    ScopeSearch(Block &block, int indent)
        : m_block(block)
        , m_start(indent)
        , m_limit(indent)
    { }

    bool done() const { return m_done; }

    void look(ByteView line)
    {
        const ByteView text = line.trimmed();
        if (m_done || text.isEmpty())
            return;
        const int indent = indentOf(line);
        if (indent < m_limit)
            accept(definitionOf(m_block.file->lang, line, m_block.file->header), indent);
        const char first = text[0];
        const bool label = text.endsWith(':') && m_block.file->lang != Lang::Python;
        const bool hangs = first == '#' || first == '{' || first == ')' || first == ']' || first == '>' || label
            || startsComment(m_block.file->lang, text) || first == '*';
        if (!hangs)
            m_limit = std::min(m_limit, indent);
    }

    void lookAtHeader(ByteView context)
    {
        if (m_done || m_limit == 0)
            return;
        accept(definitionOf(m_block.file->lang, context, m_block.file->header), -1);
        if (!m_done && !m_block.scope) {
            const qsizetype brace = context.lastIndexOf('{'); // static const struct option longopts[] = {
            if (brace > 0 && m_block.file->lang == Lang::C && context.contains("[] ="))
                tableScope(context);
        }
    }

private:
    void accept(const std::optional<Definition> &found, int indent)
    {
        if (!found || !isScope(*found) || (found->kind == DefKind::Module && m_block.scope))
            return;
        if (m_block.scope) { // a function is known already: this is the class around it
            if (isContainer(found->kind)) {
                m_block.owner = found->name;
                m_done = true;
            }
            return;
        }
        if (found->kind == DefKind::Module)
            return;
        m_block.scope = found;
        m_block.scopeIndent = indent;
        m_block.direct = m_limit == m_start;
        m_block.owner = found->owner;
        m_done = isContainer(found->kind) || !found->owner.isEmpty();
    }

    void tableScope(ByteView context)
    {
        qsizetype end = context.indexOf("[] =");
        qsizetype start = end;
        while (start > 0 && isWordChar(context[start - 1]))
            --start;
        const ByteView name = context.sliced(start, end - start);
        if (!name.isEmpty())
            m_block.scope = Definition{.kind = DefKind::Constant, .name = name};
    }

    Block &m_block;
    int m_start;
    int m_limit;
    bool m_done = false;
};

int leftmost(const QList<Line> &lines, Lang lang, int least)
{
    for (const Line &line : lines) {
        const bool directive = lang == Lang::C && line.text.startsWith('#');
        if (!line.text.isEmpty() && !directive)
            least = std::min(least, line.indent);
    }
    return least;
}

void lookUp(ScopeSearch &search, const QList<QByteArray> &lines)
{
    for (qsizetype i = lines.size() - 1; i >= 0 && !search.done(); --i)
        search.look(lines[i]);
}

bool follows(const Block &later, const Block &earlier)
{
    constexpr int mostUnchanged = 8;
    if (later.file != earlier.file || later.hunk->context != earlier.hunk->context)
        return false;
    const qsizetype end = earlier.hunk->newStart + earlier.hunk->added.size();
    return later.hunk->newStart >= end && later.hunk->newStart - end <= mostUnchanged && !later.hunk->before.isEmpty();
}

void matchLines(Block &block)
{
    if (block.removed.isEmpty() || block.added.isEmpty() || block.removed.size() > mostPairedLines
        || block.added.size() > mostPairedLines)
        return;
    const bool evenly = block.removed.size() == block.added.size();
    constexpr double alike = 0.4;
    qsizetype from = 0;
    for (qsizetype i = 0; i < block.removed.size(); ++i) {
        if (!mayPair(block.removed[i]))
            continue;
        qsizetype best = -1;
        double bestLikeness = alike;
        const qsizetype first = evenly ? i : from;
        const qsizetype last = evenly ? i : block.added.size() - 1;
        for (qsizetype j = first; j <= last; ++j) {
            if (!mayPair(block.added[j]) || block.added[j].comment != block.removed[i].comment)
                continue;
            const double score
                = likeness(block.removed[i].text, block.added[j].text) + (evenly && block.added.size() == 1 ? 0.2 : 0);
            if (score > bestLikeness) {
                best = j;
                bestLikeness = score;
            }
        }
        if (best >= 0) {
            addPair(block, i, best);
            from = best + 1;
        }
    }
}

} // namespace

void pairLines(Block &block)
{
    matchLines(block);
    joinLines(block);
}

void findScope(QList<Block> &blocks, qsizetype index)
{
    Block &block = blocks[index];
    const Lang lang = block.file->lang;
    if (!isCode(lang) && lang != Lang::Css)
        return;
    constexpr int far = std::numeric_limits<int>::max();
    const int indent = leftmost(block.removed, lang, leftmost(block.added, lang, far));
    ScopeSearch search(block, indent == far ? 0 : indent);
    lookUp(search, block.hunk->before);
    qsizetype later = index;
    for (qsizetype i = index - 1; i >= 0 && !search.done() && follows(blocks[later], blocks[i]); --i) {
        lookUp(search, blocks[i].hunk->after);
        lookUp(search, blocks[i].hunk->added);
        lookUp(search, blocks[i].hunk->before);
        later = i;
    }
    search.lookAtHeader(block.hunk->context);
}

} // namespace AutoCommit::Wording
