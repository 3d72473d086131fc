#include "core/engine/paircomparer.h"

#include <algorithm>
#include <cmath>

namespace AutoCommit {

namespace {

const WordCount *countOf(const FileFacts &file, quint32 hash)
{
    const auto it = std::lower_bound(file.words.begin(), file.words.end(), hash,
                                     [](const WordCount &w, quint32 h) { return w.hash < h; });
    return it != file.words.end() && it->hash == hash ? &*it : nullptr;
}

double howOften(const WordCount &w)
{
    return std::log1p(w.added + w.removed + 0.5 * w.context);
}

/// What the words that stand in both diffs amount to.
struct SharedWords
{
    double weight = 0;
    std::array<double, 3> rarestNames{};
    double rarestPart = 0;
    double netRarest = 0;
    int fresh = 0;
    int rare = 0;
    int netFresh = 0;

    void add(const WordCount &p, const WordCount &q, double rarity, quint32 seen)
    {
        weight += rarity * std::min(howOften(p), howOften(q));
        rarestPart = std::max(rarestPart, rarity);
        if (p.form != WordForm::Part) {
            double r = rarity;
            for (double &slot : rarestNames)
                if (r > slot)
                    std::swap(r, slot);
        }
        fresh += seen == 0;
        rare += seen <= 3;
        if ((p.added - p.removed) * (q.added - q.removed) > 0) {
            netRarest = std::max(netRarest, rarity);
            netFresh += seen == 0;
        }
    }
};

} // namespace

void PairComparer::content(std::size_t i, std::size_t j, PairValues &out) const
{
    const PerFile &a = m_per[i];
    const PerFile &b = m_per[j];
    put(out, PairFeature::WordCosine, cosine(a.all, b.all));
    put(out, PairFeature::NameCosine, cosine(a.names, b.names));
    put(out, PairFeature::NetCosine, cosine(a.net, b.net));
    put(out, PairFeature::AddedCosine, cosine(a.added, b.added));
    put(out, PairFeature::RemovedCosine, cosine(a.removed, b.removed));
    put(out, PairFeature::LocalCosine, cosine(a.local, b.local));
    const double forth = cosine(a.all, b.past);
    const double back = cosine(b.all, a.past);
    put(out, PairFeature::ProfileCosine, std::max(forth, back));
    put(out, PairFeature::ProfileCosineLesser, std::min(forth, back));
    put(out, PairFeature::PastCosine, cosine(a.past, b.past));
}

void PairComparer::sharedWords(std::size_t i, std::size_t j, PairValues &out) const
{
    const auto &wa = m_files[i].words;
    const auto &wb = m_files[j].words;
    SharedWords shared;
    for (std::size_t x = 0, y = 0; x < wa.size() && y < wb.size();) {
        if (wa[x].hash < wb[y].hash)
            ++x;
        else if (wb[y].hash < wa[x].hash)
            ++y;
        else {
            const quint32 hash = wa[x].hash;
            const WordForm form = std::min(wa[x].form, wb[y].form);
            shared.add(wa[x++], wb[y++], m_history.rarity(hash, form), m_history.seen(hash, form));
        }
    }
    put(out, PairFeature::WordShare,
        shared.weight / std::max(1e-9, std::min(m_per[i].totalWeight, m_per[j].totalWeight)));
    put(out, PairFeature::RarestName, shared.rarestNames[0]);
    put(out, PairFeature::SecondName, shared.rarestNames[1]);
    put(out, PairFeature::ThirdName, shared.rarestNames[2]);
    put(out, PairFeature::RarestPart, shared.rarestPart);
    put(out, PairFeature::NewShared, std::log2(1 + shared.fresh));
    put(out, PairFeature::RareShared, std::log2(1 + shared.rare));
    put(out, PairFeature::NetRarest, shared.netRarest);
    put(out, PairFeature::NetNew, std::log2(1 + shared.netFresh));
}

void PairComparer::lines(std::size_t i, std::size_t j, PairValues &out) const
{
    const FileFacts &a = m_files[i];
    const FileFacts &b = m_files[j];
    const auto same = static_cast<double>(countCommon(a.addedLineHashes, b.addedLineHashes)
                                          + countCommon(a.removedLineHashes, b.removedLineHashes));
    const auto moved = static_cast<double>(countCommon(a.addedLineHashes, b.removedLineHashes)
                                           + countCommon(a.removedLineHashes, b.addedLineHashes));
    const auto smaller = static_cast<double>(std::min(a.addedLineHashes.size() + a.removedLineHashes.size(),
                                                      b.addedLineHashes.size() + b.removedLineHashes.size()));
    put(out, PairFeature::SameLines, std::log2(1 + same));
    put(out, PairFeature::SameLineShare, same / std::max(1.0, smaller));
    put(out, PairFeature::MovedLines, moved / std::max(1.0, smaller));
}

void PairComparer::mentions(std::size_t i, std::size_t j, PairValues &out) const
{
    std::array<double, 2> stem{};
    std::array<double, 2> word{};
    double used = 0;
    for (std::size_t way = 0; way < 2; ++way) {
        const FileFacts &named = m_files[way == 0 ? i : j];
        const FileFacts &text = m_files[way == 0 ? j : i];
        if (named.path.stemLength >= 3 && countOf(text, named.path.stem))
            stem[way] = m_history.rarity(named.path.stem);
        for (const quint32 w : named.path.words)
            if (countOf(text, w))
                word[way] = std::max(word[way], m_history.rarity(w));
        for (const quint32 name : named.defined) {
            const WordCount *w = countOf(text, name);
            if (w && w->added > 0 && !std::binary_search(text.defined.begin(), text.defined.end(), name))
                used = std::max(used, m_history.rarity(name));
        }
    }
    put(out, PairFeature::StemMentioned, std::max(stem[0], stem[1]));
    put(out, PairFeature::StemMentionedBoth, std::min(stem[0], stem[1]));
    put(out, PairFeature::PathWordMentioned, std::max(word[0], word[1]));
    put(out, PairFeature::DefinedUsed, used);
}

} // namespace AutoCommit
