#include "core/message/fact.h"

#include "core/message/safety.h"

namespace AutoCommit::Wording {

Name codeName(ByteView name)
{
    return {safeName(name), WordKind::Code};
}

Name callName(ByteView name)
{
    return {safeName(name), WordKind::Call};
}

Name nameOf(const Definition &definition)
{
    if (definition.kind == DefKind::Test)
        return isIdentifier(definition.name) ? codeName(definition.name)
                                             : Name{safeProse(definition.name, 50), WordKind::Title};
    return isCallable(definition.kind) ? callName(definition.name) : codeName(definition.name);
}

void placeIn(Fact &fact, const Block &block, const char *link)
{
    fact.file = block.file->index;
    if (!block.scope)
        return;
    const Name place = nameOf(*block.scope);
    if (place.text.isEmpty() || place.kind == WordKind::Title)
        return;
    fact.link = QString::fromLatin1(link);
    fact.place = place;
}

} // namespace AutoCommit::Wording
