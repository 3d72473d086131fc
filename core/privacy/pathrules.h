#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <functional>
#include <memory>

namespace AutoCommit {

enum class PathVerdict {
    Pass,
    Content, ///< harmless or not by what is in it
    Secret, ///< nobody commits a file of this name on purpose
    Temporary, ///< an editor or the system wrote it for itself
    Generated, ///< built, downloaded or cached
};

/// The stable lower-case name, for instance "secret".
QString pathVerdictName(PathVerdict verdict);

struct PathJudgement
{
    PathVerdict verdict = PathVerdict::Pass;
    QString reason = {}; ///< for people, without the path
    QByteArray ignoreLine = {}; ///< what to put into .gitignore; empty for Pass and Content

    /// The file is not to be committed as it is.
    bool blocks() const { return verdict != PathVerdict::Pass && verdict != PathVerdict::Content; }
};

/// What has to be known about a path beside its name.
struct PathSurroundings
{
    bool tracked = false; ///< in HEAD: then only its content decides
    /// The names in a directory of the work tree ("" = top), for patterns that need a marker beside them. May be null.
    std::function<QByteArrayList(const QByteArray &directory)> namesIn = {};
};

/// Judges names by resources/privacy/names.rules. Making one costs nothing: the rules are read with the first question.
/// Copies share them; thread-safe.
class PathRules
{
public:
    PathRules();

    /// `path` is relative to the top of the work tree, with '/' between its parts.
    PathJudgement judge(const QByteArray &path, const PathSurroundings &facts = {}) const;

private:
    struct Book;
    std::shared_ptr<Book> m_book;
};

/// A line for .gitignore at the top of the work tree that matches this very path (and, with a slash at its end, all
/// below it).
QByteArray ignoreLineFor(const QByteArray &path);

} // namespace AutoCommit
