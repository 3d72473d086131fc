#pragma once

#include <QSet>
#include <QString>

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

    std::optional<QString> pop()
    {
        const bool patientsTurn = m_urgent.empty() || (m_inARow >= 3 && !m_patient.empty());
        std::deque<QString> &from = patientsTurn ? m_patient : m_urgent;
        if (from.empty())
            return std::nullopt;
        m_inARow = patientsTurn ? 0 : m_inARow + 1;
        QString repo = std::move(from.front());
        from.pop_front();
        m_members.remove(repo);
        return repo;
    }

    void remove(const QString &repo)
    {
        if (m_members.remove(repo)) {
            std::erase(m_urgent, repo);
            std::erase(m_patient, repo);
        }
    }

    bool isEmpty() const { return m_members.isEmpty(); }

private:
    std::deque<QString> m_urgent;
    std::deque<QString> m_patient;
    QSet<QString> m_members;
    int m_inARow = 0;
};

} // namespace AutoCommit
