#pragma once

#include "core/change/changeset.h"
#include "core/engine/treetable.h"
#include "core/engine/typehabits.h"

#include <QString>

namespace AutoCommit {

struct TypeVerdict
{
    CommitType type = CommitType::Chore;
    std::array<double, commitTypeCount> probability{}; ///< in the order of CommitType, sum 1

    QString name() const { return QString::fromLatin1(commitTypeNames[static_cast<std::size_t>(type)]); }
    /// The likeliest types, best first.
    std::array<CommitType, commitTypeCount> ranked() const;
};

/// One value that spoke for (or against) a type, for explanations.
struct TypeSign
{
    QByteArray value; ///< as in type.table: "Files_fix", "newSource"
    double weight = 0; ///< log-odds
};

/// Tells the conventional type of commits: plain facts rule types out (possibleTypes), a learned table chooses among
/// the rest, from what their diffs are like and from this repository's own habits. Needs no diffs of past commits.
/// Keeps a reference to `history`; one thread at a time.
class Typist
{
public:
    static Result<Typist> make(const History &history);

    TypeVerdict classify(const ChangeSet &change, const QList<qsizetype> &files) const;
    /// What the verdict for `type` rests on, strongest first; at most `most`.
    QList<TypeSign> signs(const ChangeSet &change, const QList<qsizetype> &files, CommitType type,
                          qsizetype most = 5) const;

private:
    Typist(TreeTable table, const History &history);
    std::vector<float> values(const ChangeSet &change, const QList<qsizetype> &files) const;

    TreeTable m_table;
    TypeHabits m_habits;
    const History &m_history;
};

/// Names of the values a type table may use: "<source>_<type>" for every habit and type, then the traits.
QList<QByteArray> typeValueNames();

/// Short form for one commit.
Result<TypeVerdict> classifyType(const ChangeSet &change, const QList<qsizetype> &files, const History &history);

} // namespace AutoCommit
