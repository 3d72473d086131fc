#pragma once

#include <QSet>
#include <QString>

#include <algorithm>
#include <deque>
#include <optional>

namespace AutoCommit {

/// Repositories that wait for a thread, first come, first served. What a person or a file event asked for goes ahead
/// of the cycle's own, but three times out of four only, so that no cycle starves.
class RunQueue
{
public:
    void push(const QString &repo, bool urgent)
    {
        if (m_members.contains(repo))
            return;
        m_members.insert(repo);
        (urgent ? m_urgent : m_patient).push_back(repo);
    }

    /// The first one that `may` be taken now; the others keep their places.
    template <typename May> std::optional<QString> pop(const May &may)
    {
        const bool patientsTurn = m_urgent.empty() || (m_inARow >= 3 && !m_patient.empty());
        if (auto repo = take(patientsTurn ? m_patient : m_urgent, may)) {
            m_inARow = patientsTurn ? 0 : m_inARow + 1;
            return repo;
        }
        return take(patientsTurn ? m_urgent : m_patient, may);
    }

    bool contains(const QString &repo) const { return m_members.contains(repo); }

    void remove(const QString &repo)
    {
        if (m_members.remove(repo)) {
            std::erase(m_urgent, repo);
            std::erase(m_patient, repo);
        }
    }

    bool isEmpty() const { return m_members.isEmpty(); }

private:
    template <typename May> std::optional<QString> take(std::deque<QString> &from, const May &may)
    {
        const auto at = std::ranges::find_if(from, may);
        if (at == from.end())
            return std::nullopt;
        QString repo = std::move(*at);
        from.erase(at);
        m_members.remove(repo);
        return repo;
    }

    std::deque<QString> m_urgent;
    std::deque<QString> m_patient;
    QSet<QString> m_members;
    int m_inARow = 0;
};

} // namespace AutoCommit
