#include "core/base/messagesource.h"

namespace AutoCommit {

using namespace Qt::StringLiterals;

QString messageSourceName(MessageSource source)
{
    switch (source) {
    case MessageSource::Llm:
        return u"llm"_s;
    case MessageSource::LlmRepaired:
        return u"llm-repaired"_s;
    case MessageSource::Builtin:
        return u"builtin"_s;
    case MessageSource::Unknown:
        break;
    }
    return u"unknown"_s;
}

MessageSource messageSourceFromName(const QString &name)
{
    for (const auto source : {MessageSource::Llm, MessageSource::LlmRepaired, MessageSource::Builtin}) {
        if (name == messageSourceName(source))
            return source;
    }
    return MessageSource::Unknown;
}

} // namespace AutoCommit
