#pragma once

#include "core/privacy/assignment.h"
#include "core/privacy/filehints.h"

namespace AutoCommit {

/// The place in a text where a value was given to a name: what the syntax around it says about whether it is a value
/// at all, or code that only speaks of one. Pure; the text must outlive it.
class ValuePlace
{
public:
    ValuePlace(QByteArrayView text, FileHints hints, qsizetype nameBegin, qsizetype nameEnd,
               const AssignedValue &assigned)
        : m_text(text)
        , m_hints(hints)
        , m_nameBegin(nameBegin)
        , m_nameEnd(nameEnd)
        , m_assigned(assigned)
    { }

    const AssignedValue &assigned() const { return m_assigned; }
    QByteArrayView value() const { return m_text.sliced(m_assigned.begin, m_assigned.end - m_assigned.begin); }

    /// An unquoted value with all that follows it on its line.
    QByteArrayView restOfLine() const { return m_text.sliced(m_assigned.begin, m_assigned.lineEnd - m_assigned.begin); }

    /// `arn:aws:secretsmanager:…:secret:name`
    bool isInResourceName() const;

    /// `cd "$PWD" "$OTHER"`, `"$PASSWORD" | base64`: the name stands for its value, what follows is something else.
    bool isNameOfVariable() const;

    /// As a value, not as code: quoted, in a configuration file, in an element of its own, or behind the name of an
    /// environment variable.
    bool isWrittenDown() const;

    /// `;Password=…;` of a connection string, `&password=…` of a query, ` password=… dbname=…` of libpq.
    bool isParameter() const;

    /// `--name value`
    bool isFlag() const;

    /// `set -gx NAME value`, `setx NAME value`, `ENV NAME value`, and the definitions of Lisp and C
    bool isSetByShell() const;

    /// In source code, behind a mark of comment with an indentation: an example of how to call something.
    bool isInCodeComment() const;

    /// `"keys": { "value": …`: what seems to be given is the next name.
    bool isNameItself() const;

    /// `['password', 'value']`: names, one like the other.
    bool isInList() const;

    /// `Example password: value`, `"examples": ["Bearer value"]`
    bool isIllustrated() const;

    /// The line up to the value, not more than about 300 bytes of it.
    QByteArrayView lineBefore() const;

private:
    QByteArrayView name() const { return m_text.sliced(m_nameBegin, m_nameEnd - m_nameBegin); }
    bool followsParameter() const;
    bool beginsLine() const;
    bool isKeyword() const;
    bool isDirect() const;
    bool standsInLogin() const;

    QByteArrayView m_text;
    FileHints m_hints;
    qsizetype m_nameBegin;
    qsizetype m_nameEnd;
    AssignedValue m_assigned;
};

} // namespace AutoCommit
