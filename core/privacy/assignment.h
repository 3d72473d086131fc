#pragma once

#include "core/privacy/assignmentlink.h"

namespace AutoCommit {

struct AssignedValue
{
    qsizetype begin = 0;
    qsizetype end = 0;
    qsizetype lineEnd = 0; ///< of an unquoted value: the end of its line without trailing blanks; else `end`
    ValueLink link = ValueLink::Assigned;
    bool quoted = false;
    bool stated = false; ///< by words: `the password is value`
    bool wrapped = false; ///< an argument of a call on the right-hand side: `name = f("value")`
};

/// The value that the syntax around text[nameBegin, nameEnd) gives to that name, in any of the usual languages: shell,
/// env, INI, properties, YAML, JSON (also escaped), TOML, XML, HTTP headers, flags, URLs, tables, logs and code.
/// Looks at most about 1 KB ahead, so its cost does not depend on the text. Pure.
std::optional<AssignedValue> findAssignedValue(QByteArrayView text, qsizetype nameBegin, qsizetype nameEnd);

} // namespace AutoCommit
