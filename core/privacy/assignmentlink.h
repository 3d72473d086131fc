#pragma once

#include <QByteArrayView>

#include <optional>

namespace AutoCommit {

/// How a value is tied to its name.
enum class ValueLink {
    Assigned, ///< `name = value`, `name: value`, `"name" => "value"` and their kin
    Argument, ///< `name("value")`, `set("name", "value")`
    Element, ///< `<name>value</name>`, `| name | value |`
    Blank, ///< `--name value`, `ENV NAME value`, `name value`
};

struct AssignmentLink
{
    ValueLink link = ValueLink::Assigned;
    qsizetype end = 0; ///< where what is given begins, perhaps with blanks
};

/// What ties something to the name at [nameBegin, nameEnd): operators, brackets and tags, types between them, and the
/// places that some formats keep for a value beside the one for its name. Looks at most some 200 bytes ahead. Pure.
std::optional<AssignmentLink> findAssignmentLink(QByteArrayView text, qsizetype nameBegin, qsizetype nameEnd);

} // namespace AutoCommit
