#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <array>
#include <optional>

namespace AutoCommit {

/// The ten types the engine tells apart, in the order of its tables.
enum class CommitType : quint8 { Feat, Fix, Docs, Test, Chore, Ci, Build, Refactor, Style, Perf };
constexpr int commitTypeCount = 10;

constexpr std::array<const char *, commitTypeCount> commitTypeNames{"feat", "fix",   "docs",     "test",  "chore",
                                                                    "ci",   "build", "refactor", "style", "perf"};

/// The head of a Conventional Commit: `type(scope)!: text`.
struct Conventional
{
    CommitType type = CommitType::Chore;
    QByteArray scope; ///< as written; empty = none
};

/// Nothing when the subject is not of that form or its type is not one of the ten (usual aliases are understood:
/// feature, bugfix, doc, tests, refac, performance and the like).
std::optional<Conventional> readConventional(QByteArrayView subject);

} // namespace AutoCommit
