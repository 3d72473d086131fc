#pragma once

#include <QString>

#include <optional>

namespace AutoCommit {

/// How the first word of a subject is put.
enum class VerbForm {
    Imperative, ///< "Add"
    Past, ///< "Added"
    ThirdPerson, ///< "Adds"
    Gerund, ///< "Adding"
};

struct VerbReading
{
    QString base{}; ///< "add"
    VerbForm form = VerbForm::Imperative;
};

/// Reads a word as a form of one of the verbs that commit messages use; nothing if it is none of them.
std::optional<VerbReading> readVerb(const QString &word);

/// "add", Past -> "added". For verbs of more than one word ("stop passing") the first is inflected.
QString inflected(const QString &base, VerbForm form);

} // namespace AutoCommit
