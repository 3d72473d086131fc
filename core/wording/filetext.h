#pragma once

#include "core/change/changeset.h"

#include <QString>

namespace AutoCommit {

/// A file's changed lines for a model: a heading, then runs of changed lines with as much around them as fits.
class FileText
{
public:
    explicit FileText(const FileChange &file);

    /// Characters of the whole thing with three lines of context.
    qsizetype wanted() const { return m_wanted; }

    struct Rendered
    {
        QString text;
        bool cut = false; ///< not every changed line is shown whole
        bool showsChange = false; ///< at least one changed line is there
    };
    /// At most `limit` characters; in very few the file's base name and the beginning of one changed line.
    Rendered render(qsizetype limit) const;

private:
    struct Run
    {
        QString place; ///< "@@ function"
        QStringList before;
        QStringList changed; ///< with their '-' or '+'
        QStringList after;
    };

    QString whole(qsizetype context) const;
    Rendered shortened(qsizetype limit) const;
    Rendered oneLine(qsizetype limit) const;

    QString m_heading;
    QList<Run> m_runs;
    bool m_hunksCut;
    qsizetype m_wanted = 0;
};

/// A line as the model sees it: what a person would see, without control tokens, at most 300 characters.
QString promptLine(const QByteArray &line);

} // namespace AutoCommit
