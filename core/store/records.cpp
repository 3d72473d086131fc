#include "core/store/records.h"

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

QString releaseStateName(ReleaseState state)
{
    switch (state) {
    case ReleaseState::Pending:
        return u"pending"_s;
    case ReleaseState::Published:
        return u"published"_s;
    case ReleaseState::Failed:
        break;
    }
    return u"failed"_s;
}

ReleaseState releaseStateFromName(const QString &name)
{
    for (const auto state : {ReleaseState::Pending, ReleaseState::Published}) {
        if (name == releaseStateName(state))
            return state;
    }
    return ReleaseState::Failed;
}

} // namespace AutoCommit
