#include "core/doctor/checkup.h"

#include <array>

namespace AutoCommit {

using namespace Qt::StringLiterals;

QString checkStateName(CheckState state)
{
    static constexpr std::array names{"ok", "warn", "fail", "skipped"};
    return QString::fromLatin1(names[static_cast<std::size_t>(state)]);
}

QJsonObject Check::toJson() const
{
    return {{u"id"_s, id},           {u"title"_s, title},   {u"state"_s, checkStateName(state)},
            {u"message"_s, message}, {u"advice"_s, advice}, {u"repo"_s, repo}};
}

Check failed(Check check, const Error &error)
{
    check.state = CheckState::Fail;
    check.message = error.message;
    return check;
}

} // namespace AutoCommit
