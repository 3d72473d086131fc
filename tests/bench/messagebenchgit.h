#pragma once

#include "core/change/changeset.h"

#include <QString>

namespace AutoCommit::Bench {

/// One commit of a real history with what its author wrote.
struct RealCommit
{
    PastCommit past;
    QByteArray body;
    ChangeSet changes;
    QByteArray patch; ///< as git prints it, for the grounding check
};

struct Sampling
{
    int newest = 3000; ///< look no further back
    int count = 50;
    quint32 seed = 1;
    int context = 3; ///< lines of unchanged text around each change
    int history = 300; ///< commits before each one that the style is learned from
    QByteArray only; ///< the one commit to choose, by the beginning of its name
    bool headers = false; ///< with our attributes and settings for hunk headers
    QByteArray attributes; ///< a file for core.attributesFile, empty for none
};

/// The subjects of the history, newest first, and the places of `count` commits in it, chosen by the seed. Merges and
/// commits of bots are never chosen.
QList<PastCommit> readHistory(const QString &gitDir, const Sampling &sampling, QList<qsizetype> &chosen);

RealCommit readCommit(const QString &gitDir, const PastCommit &past, const Sampling &sampling);

} // namespace AutoCommit::Bench
