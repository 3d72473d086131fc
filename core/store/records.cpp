#include "core/store/records.h"

namespace AutoCommit {

using namespace Qt::StringLiterals;

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
