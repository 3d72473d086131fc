#pragma once

#include "core/privacy/finding.h"
#include "core/privacy/pathrules.h"

#include <QJsonObject>

namespace AutoCommit {

/// One file that was looked at and is worth telling about.
struct ScannedFile
{
    QByteArray path = {};
    Findings findings = {};
    PathJudgement name = {};
};

/// One that could not be looked at, or not to its end.
struct UnreadFile
{
    QByteArray path = {};
    QString why = {};
};

/// What a scan of a tree, a list of files or a range came to.
struct ScanSummary
{
    qint64 files = 0;
    qint64 bytes = 0;
    QList<ScannedFile> told = {}; ///< files with findings or a name that blocks
    QList<UnreadFile> unread = {};

    /// 0 everything was read and nothing is to be held back, 1 something is, or was not read; 2 is kept for wrong
    /// usage.
    int exitCode() const;
};

/// `{"files","bytes","findings":[{"path","line","column","rule","preview","fingerprint","allowed"}],"blocked_names":[…],
/// "names":[{"path","verdict","reason","ignore"}],"unread":[{"path","reason"}],
/// "allowed":N}`: the contract of `commits
/// scan --json` and more.
QJsonObject scanToJson(const ScanSummary &summary);

/// SARIF 2.1.0 with one run. Allowed findings are suppressed results; previews stand for the secrets.
QJsonObject scanToSarif(const ScanSummary &summary, const QString &version);

/// The stable lower-case name: "no", "inline", "false-alarm", "user-policy", "repository-policy".
QString allowanceName(Allowance allowance);

} // namespace AutoCommit
