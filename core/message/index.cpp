#include "core/message/index.h"

namespace AutoCommit::Wording {

namespace {

template <typename Each> void eachWord(ByteView text, Each each)
{
    for (qsizetype i = 0; i < text.size();) {
        if (text[i] == '"' || text[i] == '\'' || text[i] == '`') { // words of a sentence are no names
            const qsizetype end = text.indexOf(text[i], i + 1);
            if (end > 0 && text.sliced(i, end - i).contains(' ')) {
                i = end + 1;
                continue;
            }
        }
        const ByteView word = identifierAt(text, i);
        if (word.isEmpty()) {
            // a digit before letters is part of a number, not the start of a word
            if (isDigit(text[i])) {
                while (i < text.size() && isWordChar(text[i]))
                    ++i;
            } else {
                ++i;
            }
            continue;
        }
        i += word.size();
        each(word, i < text.size() && text[i] == '(');
    }
}

} // namespace

WordIndex::WordIndex(const ChangeView &view)
{
    for (qsizetype i = 0; i < view.blocks().size(); ++i) {
        count(view, i, view.blocks()[i].removed, false);
        count(view, i, view.blocks()[i].added, true);
    }
    for (const Block &block : view.blocks()) {
        for (const QList<QByteArray> *lines : {&block.hunk->before, &block.hunk->after}) {
            for (const QByteArray &line : *lines) {
                const ByteView text = ByteView(line).trimmed();
                if (startsComment(block.file->lang, text) || text.startsWith('*'))
                    continue;
                eachWord(line, [&](ByteView word, bool) {
                    if (const auto found = m_uses.find(word); found != m_uses.end())
                        found->unchanged = true;
                });
            }
        }
    }
}

bool WordIndex::isNew(ByteView word) const
{
    const auto found = m_uses.constFind(word);
    return found != m_uses.constEnd() && found->added > 0 && found->removed == 0 && !found->unchanged;
}

bool WordIndex::isGone(ByteView word) const
{
    const auto found = m_uses.constFind(word);
    return found != m_uses.constEnd() && found->removed > 0 && found->added == 0 && !found->unchanged;
}

void WordIndex::count(const ChangeView &view, qsizetype block, const QList<Line> &lines, bool added)
{
    const qsizetype file = view.blocks()[block].file->index;
    for (const Line &line : lines) {
        const bool annotation = line.text.startsWith("#[") || (line.text.startsWith('@') && !line.text.contains(' '));
        if (line.text.isEmpty() || line.moved || line.comment || annotation)
            continue;
        eachWord(line.text, [&](ByteView word, bool called) {
            WordUse &use = m_uses[word];
            if (use.added + use.removed == 0)
                use.first = static_cast<int>(m_uses.size());
            ++(added ? use.added : use.removed);
            use.called |= called;
            const qsizetype side = block * 2 + (added ? 1 : 0);
            if (use.lastBlock != side)
                ++(added ? use.addedBlocks : use.removedBlocks);
            use.lastBlock = side;
            if (use.lastFile != file)
                ++use.files;
            use.lastFile = file;
        });
    }
}

} // namespace AutoCommit::Wording
