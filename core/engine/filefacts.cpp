#include "core/engine/filefacts.h"

#include "core/engine/lineshape.h"

#include <algorithm>

namespace AutoCommit {

namespace {

enum class Side : quint8 { Added, Removed, Context };

struct Seen
{
    quint32 hash;
    Side side;
    WordForm form;
};

quint8 raised(quint8 count)
{
    return count == 255 ? count : static_cast<quint8>(count + 1);
}

void raise(quint16 &count)
{
    if (count != 0xffff)
        ++count;
}

/// Gathers one file's diff line by line.
class Collector
{
public:
    Collector(FileFacts &facts, FactLimits limits, WordNames *names)
        : m_facts(facts)
        , m_limits(limits)
        , m_names(names)
    { }

    void read(const Hunk &hunk)
    {
        readContext(hunk.context);
        const std::size_t before = m_seen.size();
        for (const QByteArray &line : hunk.removed)
            readLine(line, Side::Removed);
        for (const QByteArray &line : hunk.added)
            readLine(line, Side::Added);
        readHunkShape(hunk, before);
    }

    void finish()
    {
        countWords();
        keepNew(m_addedNames, m_removedNames);
        for (auto *list : {&m_facts.addedLineHashes, &m_facts.removedLineHashes})
            std::sort(list->begin(), list->end());
    }

private:
    void readContext(QByteArrayView text)
    {
        if (text.isEmpty() || text == m_lastContext)
            return;
        m_lastContext = text;
        collect(text, Side::Context);
    }

    void collect(QByteArrayView text, Side side)
    {
        m_hits.clear();
        readWords(text, m_hits);
        for (const WordHit &hit : m_hits) {
            m_seen.push_back({hit.hash, side, hit.form});
            if (m_names && !m_names->contains(hit.hash))
                m_names->insert(hit.hash, text.sliced(hit.at, hit.length).toByteArray());
        }
    }

    void readLine(QByteArrayView line, Side side)
    {
        if (m_lines >= m_limits.lines)
            return;
        ++m_lines;
        const QByteArrayView text = line.trimmed();
        collect(text, side);
        quint32 defined = 0;
        const quint32 traits = lineTraits(text, m_hits, defined);
        auto &counts = side == Side::Added ? m_facts.shape.added : m_facts.shape.removed;
        for (int i = 0; i < lineTraitCount; ++i)
            if (traits & (1U << i))
                raise(counts[static_cast<std::size_t>(i)]);
        if (defined != 0)
            (side == Side::Added ? m_addedNames : m_removedNames).push_back(defined);
        if (m_hits.size() >= 2)
            (side == Side::Added ? m_facts.addedLineHashes : m_facts.removedLineHashes).push_back(stableHash(text));
    }

    void readHunkShape(const Hunk &hunk, std::size_t from)
    {
        DiffShape &shape = m_facts.shape;
        if (hunk.removed.isEmpty() || hunk.added.isEmpty()) {
            raise(hunk.removed.isEmpty() ? shape.hunksAdding : shape.hunksRemoving);
            return;
        }
        raise(shape.hunksChanging);
        quint32 blank[2] = {0, 0};
        quint32 digit[2] = {0, 0};
        for (int side = 0; side < 2; ++side)
            for (const QByteArray &line : side == 0 ? hunk.removed : hunk.added) {
                blank[side] = hashWithoutBlanks(line, blank[side]);
                digit[side] = hashWithoutDigits(line, digit[side]);
            }
        if (blank[0] == blank[1])
            raise(shape.blankHunks);
        else if (digit[0] == digit[1])
            raise(shape.digitHunks);
        else if (changedWords(from) <= 2)
            raise(shape.wordHunks);
    }

    /// Different words that the hunk adds or removes more often than the other way round.
    int changedWords(std::size_t from) const
    {
        std::vector<std::pair<quint32, int>> counts;
        for (std::size_t i = from; i < m_seen.size(); ++i)
            if (m_seen[i].form != WordForm::Part)
                counts.emplace_back(m_seen[i].hash, m_seen[i].side == Side::Added ? 1 : -1);
        std::sort(counts.begin(), counts.end());
        int changed = 0;
        for (std::size_t i = 0; i < counts.size();) {
            int sum = 0;
            const quint32 hash = counts[i].first;
            for (; i < counts.size() && counts[i].first == hash; ++i)
                sum += counts[i].second;
            changed += sum != 0;
        }
        return changed;
    }

    void countWords()
    {
        std::sort(m_seen.begin(), m_seen.end(), [](const Seen &a, const Seen &b) { return a.hash < b.hash; });
        auto &words = m_facts.words;
        for (const Seen &seen : m_seen) {
            if (words.empty() || words.back().hash != seen.hash)
                words.push_back({.hash = seen.hash, .form = seen.form});
            WordCount &word = words.back();
            word.form = std::min(word.form, seen.form);
            quint8 &count = seen.side == Side::Added ? word.added
                : seen.side == Side::Removed         ? word.removed
                                                     : word.context;
            count = raised(count);
        }
        if (words.size() <= m_limits.words)
            return;
        std::stable_sort(words.begin(), words.end(), [](const WordCount &a, const WordCount &b) {
            return a.added + a.removed > b.added + b.removed;
        });
        words.resize(m_limits.words);
        std::sort(words.begin(), words.end(), [](const WordCount &a, const WordCount &b) { return a.hash < b.hash; });
    }

    void keepNew(std::vector<quint32> &added, std::vector<quint32> &removed)
    {
        std::sort(added.begin(), added.end());
        added.erase(std::unique(added.begin(), added.end()), added.end());
        std::sort(removed.begin(), removed.end());
        std::set_difference(added.begin(), added.end(), removed.begin(), removed.end(),
                            std::back_inserter(m_facts.defined));
    }

    FileFacts &m_facts;
    FactLimits m_limits;
    WordNames *m_names;
    QByteArrayView m_lastContext;
    qsizetype m_lines = 0;
    std::vector<WordHit> m_hits;
    std::vector<Seen> m_seen;
    std::vector<quint32> m_addedNames;
    std::vector<quint32> m_removedNames;
};

} // namespace

FileFacts fileFacts(const FileChange &file, FactLimits limits, WordNames *names)
{
    FileFacts facts;
    facts.path = pathFacts(file.path);
    facts.kind = file.kind;
    facts.addedLines = file.addedLines;
    facts.removedLines = file.removedLines;
    facts.binary = file.binary;
    Collector collector(facts, limits, names);
    for (const Hunk &hunk : file.hunks)
        collector.read(hunk);
    collector.finish();
    return facts;
}

} // namespace AutoCommit
