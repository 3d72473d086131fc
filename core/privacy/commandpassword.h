#pragma once

#include "core/privacy/filehints.h"
#include "core/privacy/hit.h"
#include "core/privacy/scanknowledge.h"

#include <vector>

namespace AutoCommit {

/// Reports passwords that a command, directive or call names by its place: `curl -u user:password`,
/// `sshpass -p password`, `mysql -ppassword`, `IDENTIFIED BY 'password'`, `BasicAuth('user', 'password')`,
/// `user:password@tcp(`. One object per window.
class CommandScan
{
public:
    CommandScan(const ScanKnowledge &knowledge, QByteArrayView text, const FileHints &hints, Hits &hits);

    /// The keyword of passwordForms[form] ends at `end`.
    void atKeyword(qsizetype end, int form);

private:
    bool isTooOften(qsizetype end, std::size_t form);

    struct Seen
    {
        qsizetype until = 0; ///< of the text that was searched behind the last keyword
        int inside = 0; ///< keywords in it
    };
    const ScanKnowledge &m_knowledge;
    QByteArrayView m_text;
    const FileHints &m_hints;
    Hits &m_hits;
    std::vector<Seen> m_seen; ///< by form
};

/// What sets CommandScan off, lower case, in the order of passwordForms.
const QList<QByteArray> &commandKeywords();

} // namespace AutoCommit
