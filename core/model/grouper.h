#pragma once

#include "core/model/asker.h"

#include <optional>

namespace AutoCommit {

/// What a model answered about the numbers 1 to `count`.
struct GroupAnswer
{
    QList<QList<qsizetype>> commits; ///< numbers from 0
    QStringList why;
    QString fault; ///< what is wrong with it, as told to the model; empty = nothing
};

/// Takes an answer apart and checks that every number stands in exactly one commit. Pure and total.
GroupAnswer readGroupAnswer(const QString &answer, qsizetype count);

/// Is there anything for a model to decide?
bool isWorthAsking(const GroupQuestion &question);

Result<ModelGroups> askForGroups(Asker &asker, const QString &model, const GroupQuestion &question,
                                 const ModelTerms &terms);

} // namespace AutoCommit
