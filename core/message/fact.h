#pragma once

#include "core/message/wordindex.h"

#include <QString>
#include <QStringList>

namespace AutoCommit::Wording {

enum class WordKind {
    Code, ///< shown as it is, or between backticks where the repository does so
    Call, ///< a function: with "()"
    File,
    Plain, ///< ordinary words
    Title, ///< of a test, a section, a step: between double quotes
};

struct Name
{
    QString text{};
    WordKind kind = WordKind::Code;

    bool operator==(const Name &other) const = default;
};

/// What sort of thing a fact is about; also what is asked for by the type of the commit.
enum class Topic {
    Release,
    Dependency,
    Path, ///< files moved, added, removed, made executable
    Symbol, ///< definitions
    Interface_, ///< options, routes, environment variables: what users of the program see
    Rename,
    Value,
    Logic,
    Behaviour, ///< told in words by the change itself: a change log entry, the title of a test
    Test,
    Docs,
    Config,
    Ci,
    Comment,
    Import,
    Format,
    Fallback,
};

/// One true statement about the change: "<verb> <before> <names> <after> <where>". Every name stands in the diff or in
/// a path.
struct Fact
{
    Topic topic = Topic::Fallback;
    QString verb{}; ///< imperative and lower case; empty when the only name is a whole sentence
    QString before{}; ///< words in front of the names: "test for"
    QList<Name> names{};
    QString after{}; ///< words behind the names: "option", "from 1.2 to 1.3"
    QString link{}; ///< "in", "to", "from", … between all that and `place`
    Name place{};
    qsizetype file = 0; ///< the file it was found in
    QList<qsizetype> alsoFiles{}; ///< the others it tells of
    int lines = 0; ///< changed lines it explains
    double salience = 0; ///< 0 to 100, before the type and the role of the file are weighed in
    bool exported = true;
    bool mergeable = true; ///< with facts of the same verb and words
};

using Facts = QList<Fact>;

/// What all finders of facts are given.
struct Evidence
{
    const ChangeView &view;
    const WordIndex &words;
    QByteArray type{}; ///< of the commit, as far as it is known: "fix"
};

Name codeName(ByteView name);
Name callName(ByteView name);

/// A function with "()", everything else as it is; with the class before it where that helps.
Name nameOf(const Definition &definition);

/// "in parse()", "in Parser": where block stands; empty when nothing is known.
void placeIn(Fact &fact, const Block &block, const char *link = "in");

} // namespace AutoCommit::Wording
