#pragma once

#include "core/privacy/policymatcher.h"
#include "core/privacy/scanknowledge.h"
#include "core/privacy/secretscanner.h"

#include <mutex>

namespace AutoCommit {

/// What the copies of one scanner share. Knowledge and policy are made ready when they are first needed.
struct SecretScanner::Engine
{
    explicit Engine(GatePolicy given)
        : policy(std::move(given))
    { }

    const ScanKnowledge &knowledge() const
    {
        std::call_once(m_knowledgeOnce, [this] { m_knowledge = ScanKnowledge::load(); });
        return *m_knowledge;
    }

    const PolicyMatcher &matcher() const
    {
        std::call_once(m_matcherOnce, [this] { m_matcher.emplace(policy); });
        return *m_matcher;
    }

    GatePolicy policy;

private:
    mutable std::once_flag m_knowledgeOnce;
    mutable std::once_flag m_matcherOnce;
    mutable std::shared_ptr<const ScanKnowledge> m_knowledge;
    mutable std::optional<PolicyMatcher> m_matcher;
};

} // namespace AutoCommit
