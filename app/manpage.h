#pragma once

#include <QString>

namespace AutoCommit {

/// A manual page in roff with the macros of man(7). Texts are plain; a part in backquotes gets bold.
class ManPage
{
public:
    ManPage(const QString &name, const QString &summary);

    void section(const QString &title); ///< a level below it: subsection
    void subsection(const QString &title);
    void paragraph(const QString &text);
    /// A term and what it means. `term` is roff already, see bold() and italic(); `deeper` puts it below an entry.
    void entry(const QString &term, const QString &text, bool deeper = false);
    void line(const QString &roff); ///< as it is

    static QString bold(const QString &text);
    static QString italic(const QString &text);
    static QString plain(const QString &text);

    QString roff() const { return m_text; }

private:
    QString m_text;
};

} // namespace AutoCommit
