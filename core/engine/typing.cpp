#include "core/engine/typing.h"

#include "core/engine/enginetables.h"
#include "core/engine/typerules.h"
#include "core/engine/typetraits.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace AutoCommit {

std::array<CommitType, commitTypeCount> TypeVerdict::ranked() const
{
    std::array<CommitType, commitTypeCount> order{};
    for (std::size_t t = 0; t < commitTypeCount; ++t)
        order[t] = static_cast<CommitType>(t);
    std::stable_sort(order.begin(), order.end(), [&](CommitType a, CommitType b) {
        return probability[static_cast<std::size_t>(a)] > probability[static_cast<std::size_t>(b)];
    });
    return order;
}

QList<QByteArray> typeValueNames()
{
    QList<QByteArray> names;
    for (std::size_t s = 0; s < typeSourceCount; ++s)
        for (const char *type : commitTypeNames)
            names.append(QByteArray(typeSourceName(static_cast<TypeSource>(s))) + '_' + type);
    for (const QByteArray &trait : typeTraitNames())
        names.append(trait);
    return names;
}

Typist::Typist(TreeTable table, const History &history)
    : m_table(std::move(table))
    , m_habits(history)
    , m_history(history)
{ }

Result<Typist> Typist::make(const History &history)
{
    AC_ASSIGN(TreeTable table, loadTypeTable());
    if (table.outputs().size() != commitTypeCount)
        return Error{ErrorKind::Internal, QStringLiteral("type.table does not name the ten types")};
    return Typist(std::move(table), history);
}

std::vector<float> Typist::values(const ChangeSet &change, const QList<qsizetype> &files) const
{
    std::vector<FileFacts> facts;
    facts.reserve(static_cast<std::size_t>(files.size()));
    for (const qsizetype i : files)
        facts.push_back(fileFacts(change.files[i]));
    std::vector<const FileFacts *> pointers;
    for (const FileFacts &f : facts)
        pointers.push_back(&f);
    std::vector<float> all;
    for (const TypeVector &source : m_habits.evidence(pointers))
        all.insert(all.end(), source.begin(), source.end());
    const std::vector<float> traits = typeTraits(pointers, m_history);
    all.insert(all.end(), traits.begin(), traits.end());
    return all;
}

TypeVerdict Typist::classify(const ChangeSet &change, const QList<qsizetype> &files) const
{
    const std::vector<float> row = values(change, files);
    const TypeSet possible = possibleTypes(change, files, m_history);
    TypeVerdict verdict;
    double sum = 0;
    for (std::size_t t = 0; t < commitTypeCount; ++t) {
        const qsizetype output = m_table.outputs().indexOf(QByteArray(commitTypeNames[t]));
        if (!possible.test(t))
            continue;
        verdict.probability[t] = output < 0 ? 0 : std::exp(m_table.score(row, static_cast<std::size_t>(output)));
        sum += verdict.probability[t];
    }
    for (double &p : verdict.probability)
        p /= std::max(sum, 1e-300);
    verdict.type = verdict.ranked().front();
    return verdict;
}

QList<TypeSign> Typist::signs(const ChangeSet &change, const QList<qsizetype> &files, CommitType type,
                              qsizetype most) const
{
    const QByteArray name(commitTypeNames[static_cast<std::size_t>(type)]);
    const qsizetype output = m_table.outputs().indexOf(name);
    if (output < 0)
        return {};
    const QList<QByteArray> names = typeValueNames();
    const auto shares = m_table.contributions(values(change, files), static_cast<std::size_t>(output));
    QList<TypeSign> list;
    for (qsizetype i = 0; i < names.size(); ++i)
        if (const double weight = shares[static_cast<std::size_t>(i)]; weight != 0)
            list.append({names[i], weight});
    std::stable_sort(list.begin(), list.end(),
                     [](const TypeSign &a, const TypeSign &b) { return std::abs(a.weight) > std::abs(b.weight); });
    return list.first(std::min(most, list.size()));
}

Result<TypeVerdict> classifyType(const ChangeSet &change, const QList<qsizetype> &files, const History &history)
{
    AC_ASSIGN(const Typist typist, Typist::make(history));
    return typist.classify(change, files);
}

} // namespace AutoCommit
