#include "core/engine/groupwork.h"

#include <algorithm>
#include <cmath>

namespace AutoCommit {

namespace {

enum class Family : std::size_t { Words, Lines, Uses, Mentions, Past, Places, Paths, Sizes, Other, Count };

constexpr double bondWeight = 9;
constexpr double worthTelling = 0.1; ///< log-odds

Family familyOf(PairFeature f)
{
    switch (f) {
    case PairFeature::SameLines:
    case PairFeature::SameLineShare:
    case PairFeature::MovedLines:
        return Family::Lines;
    case PairFeature::DefinedUsed:
        return Family::Uses;
    case PairFeature::StemMentioned:
    case PairFeature::StemMentionedBoth:
    case PairFeature::PathWordMentioned:
        return Family::Mentions;
    case PairFeature::FileTogether:
    case PairFeature::FileTogetherCount:
    case PairFeature::FileLean:
    case PairFeature::LeanRank:
        return Family::Past;
    case PairFeature::FolderLean:
    case PairFeature::FolderClassLean:
    case PairFeature::TopLean:
    case PairFeature::ClassLean:
    case PairFeature::ExtLean:
        return Family::Places;
    case PairFeature::SoloLess:
    case PairFeature::SoloMore:
    case PairFeature::SizeLess:
    case PairFeature::SizeMore:
    case PairFeature::RepoSize:
    case PairFeature::RepoSolo:
    case PairFeature::FileCount:
        return Family::Sizes;
    default:
        break;
    }
    const bool inPaths
        = (f >= PairFeature::PathRarity && f <= PairFeature::PathCosine) && f != PairFeature::MixedCosine;
    const bool inWords = f <= PairFeature::LocalCosine || f == PairFeature::MixedCosine
        || (f >= PairFeature::ProfileCosine && f <= PairFeature::PastCosine)
        || (f >= PairFeature::CosineRank && f <= PairFeature::CosineMarginBest);
    return inPaths ? Family::Paths : inWords ? Family::Words : Family::Other;
}

const WordCount *findWord(const FileFacts &file, quint32 hash)
{
    const auto it = std::lower_bound(file.words.begin(), file.words.end(), hash,
                                     [](const WordCount &w, quint32 h) { return w.hash < h; });
    return it != file.words.end() && it->hash == hash ? &*it : nullptr;
}

} // namespace

struct GroupWork::Tally
{
    std::array<double, static_cast<std::size_t>(Family::Count)> shares{};
    double of(Family f) const { return shares[static_cast<std::size_t>(f)]; }
};

double GroupWork::oddsOf(std::size_t i, std::size_t j) const
{
    return odds[PairComparer::indexOf(std::min(i, j), std::max(i, j), facts.size())];
}

double GroupWork::strength(std::size_t i, std::size_t j) const
{
    const bool bound = std::any_of(bonds.begin(), bonds.end(),
                                   [&](const Nucleus &n) { return n.a == std::min(i, j) && n.b == std::max(i, j); });
    return oddsOf(i, j) + (bound ? bondWeight : 0);
}

GroupWork::Tally GroupWork::tally(const PairValues &values) const
{
    Tally sum;
    const std::vector<double> shares = pairTable.contributions(values);
    for (std::size_t f = 0; f < pairFeatureCount; ++f)
        sum.shares[static_cast<std::size_t>(familyOf(static_cast<PairFeature>(f)))] += shares[f];
    return sum;
}

/// The rarest word of both diffs; of equally rare ones a whole name, then the longest.
Reason GroupWork::sharedName(std::size_t i, std::size_t j) const
{
    Reason reason{.kind = ReasonKind::SharedWords};
    double best = 0;
    bool bestIsName = false;
    for (const WordCount &w : facts[i].words) {
        const WordCount *other = findWord(facts[j], w.hash);
        const QByteArray spelled = names.value(w.hash);
        if (!other || spelled.size() < 3)
            continue;
        const double rarity = past->rarity(w.hash);
        const bool name = w.form == WordForm::Name || other->form == WordForm::Name;
        const auto rank = std::tuple(rarity, name, spelled.size(), spelled);
        if (reason.subject.isEmpty() || rank > std::tuple(best, bestIsName, reason.subject.size(), reason.subject)) {
            best = rarity;
            bestIsName = name;
            reason.subject = spelled;
            reason.kind = name || w.form == WordForm::Single ? ReasonKind::SharedName : ReasonKind::SharedWords;
        }
    }
    return reason;
}

QByteArray GroupWork::usedName(std::size_t i, std::size_t j) const
{
    QByteArray found;
    for (int way = 0; way < 2; ++way) {
        const FileFacts &defines = facts[way == 0 ? i : j];
        const FileFacts &uses = facts[way == 0 ? j : i];
        for (const quint32 name : defines.defined) {
            const WordCount *w = findWord(uses, name);
            const QByteArray spelled = names.value(name);
            if (w && w->added > 0 && std::tuple(spelled.size(), spelled) > std::tuple(found.size(), found))
                found = spelled;
        }
    }
    return found;
}

QByteArray GroupWork::mentionedFile(std::size_t i, std::size_t j) const
{
    for (int way = 0; way < 2; ++way) {
        const PathFacts &path = paths[way == 0 ? i : j];
        const QByteArray &written = files[static_cast<qsizetype>(way == 0 ? i : j)].path;
        if (path.stemLength >= 3 && findWord(facts[way == 0 ? j : i], path.stem))
            return written.mid(written.lastIndexOf('/') + 1);
    }
    return {};
}

/// In how many of the rarer file's commits both stood.
Reason GroupWork::commits(std::size_t i, std::size_t j) const
{
    const PastPath *a = past->find(paths[i].path);
    const PastPath *b = past->find(paths[j].path);
    if (!a || !b)
        return {};
    return {.count = static_cast<int>(countCommon(a->commits, b->commits)),
            .of = static_cast<int>(std::min(a->commits.size(), b->commits.size()))};
}

void GroupWork::addFor(std::size_t i, std::size_t j, const Tally &tally, QList<Reason> &list) const
{
    const auto add = [&](Reason reason, double weight) {
        if (weight < worthTelling)
            return;
        reason.weight = weight;
        list.append(reason);
    };
    const PairValues &values = pairs[PairComparer::indexOf(i, j, facts.size())];
    Reason shared = sharedName(i, j);
    if (!shared.subject.isEmpty())
        add(shared, tally.of(Family::Words));
    if (const QByteArray used = usedName(i, j); !used.isEmpty())
        add({.kind = ReasonKind::DefinedAndUsed, .subject = used}, tally.of(Family::Uses));
    if (const QByteArray file = mentionedFile(i, j); !file.isEmpty())
        add({.kind = ReasonKind::Mentioned, .subject = file}, tally.of(Family::Mentions));
    const int same = static_cast<int>(std::lround(std::exp2(at(values, PairFeature::SameLines)) - 1));
    if (at(values, PairFeature::MovedLines) > 0)
        add({.kind = ReasonKind::MovedLines}, tally.of(Family::Lines));
    else if (same > 0)
        add({.kind = ReasonKind::SameLines, .count = same}, tally.of(Family::Lines));
    Reason often = commits(i, j);
    often.kind = ReasonKind::ChangedTogether;
    if (often.count > 0)
        add(often, std::max(worthTelling, tally.of(Family::Past)));
    add({.kind = ReasonKind::FoldersTogether}, tally.of(Family::Places));
    add({.kind = ReasonKind::AlikePaths}, tally.of(Family::Paths));
}

void GroupWork::addAgainst(std::size_t i, std::size_t j, const Tally &tally, QList<Reason> &list) const
{
    const auto add = [&](Reason reason, double weight) {
        if (weight > -worthTelling)
            return;
        reason.weight = weight;
        list.append(reason);
    };
    add({.kind = ReasonKind::NothingShared}, tally.of(Family::Words));
    Reason never = commits(i, j);
    never.kind = ReasonKind::NeverTogether;
    if (never.count == 0 && never.of > 0)
        add(never, std::min(-worthTelling, tally.of(Family::Past)));
    add({.kind = ReasonKind::FoldersApart}, tally.of(Family::Places));
    add({.kind = ReasonKind::UnlikePaths}, tally.of(Family::Paths) + tally.of(Family::Mentions));
    add({.kind = ReasonKind::FewCommitsSoLarge}, tally.of(Family::Sizes));
}

QList<Reason> GroupWork::reasons(std::size_t i, std::size_t j, bool together) const
{
    QList<Reason> list;
    for (const Nucleus &bond : bonds)
        if (bond.a == i && bond.b == j)
            list.append({.kind = reasonOf(bond.bond), .weight = bondWeight});
    const Tally sums = tally(pairs[PairComparer::indexOf(i, j, facts.size())]);
    if (together)
        addFor(i, j, sums, list);
    else
        addAgainst(i, j, sums, list);
    if (list.isEmpty())
        list.append({.kind = ReasonKind::ModelSays, .weight = together ? 0.0 : -worthTelling});
    std::stable_sort(list.begin(), list.end(),
                     [](const Reason &a, const Reason &b) { return std::abs(a.weight) > std::abs(b.weight); });
    for (Reason &reason : list) {
        reason.a = static_cast<qsizetype>(i);
        reason.b = static_cast<qsizetype>(j);
    }
    return list;
}

} // namespace AutoCommit
