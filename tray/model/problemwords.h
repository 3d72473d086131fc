#pragma once

#include <QCoreApplication>

namespace AutoCommit {

/// The cause behind an error's kind, in plain words; the particulars are in the error's own message. Pure.
class ProblemWords
{
    Q_DECLARE_TR_FUNCTIONS(AutoCommit::ProblemWords)

public:
    static QString title(const QString &kind); ///< "The hub does not let this machine in"
};

} // namespace AutoCommit
