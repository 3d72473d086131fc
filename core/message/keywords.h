#pragma once

#include "core/message/definition.h"

#include <QList>

namespace AutoCommit::Wording {

struct Keyword
{
    const char *word;
    DefKind kind;
};

using Keywords = QList<Keyword>;

/// The words that open a definition, longest forms first where one begins another.
const Keywords &keywordsOf(Lang lang);

} // namespace AutoCommit::Wording
