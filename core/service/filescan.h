#pragma once

#include "core/base/cancel.h"
#include "core/git/git.h"
#include "core/privacy/gate.h"
#include "core/privacy/scanreport.h"

#include <functional>

namespace AutoCommit {

/// Runs the gate over anything: files, trees, what is staged, what a range of commits brings. For one thread; blocks.
class FileScan
{
public:
    using Progress = std::function<void(const ScanSummary &soFar)>;

    FileScan(Gate gate, CancelToken cancel, Progress progress = {});

    /// A file of any kind but a directory; links and other special files are passed over. `shown` is its name in the
    /// summary, `path` the one its rules see. One that cannot be read is noted in the summary and the scan goes on.
    Status addFile(const QString &file, const QByteArray &path, const QByteArray &shown);
    /// Every file below a directory. In a checkout that is what git tracks or would add; elsewhere everything but
    /// `.git`.
    Status addDirectory(const QString &directory, const GitTools &tools, const QByteArray &shown);
    Status addStaged(const Git &git);
    /// The content that the commits of `range` bring ("origin/main..HEAD", or one commit for all up to it).
    Status addRange(const Git &git, const QString &range);
    void addContent(const QByteArray &path, QByteArrayView content);

    const ScanSummary &summary() const { return m_summary; }

private:
    struct Blob
    {
        QByteArray path;
        QByteArray name;
    };
    Status addBlobs(const Git &git, const QList<Blob> &blobs);
    Status pass(const QByteArray &path, const QByteArray &shown, const QString &why);
    void take(const QByteArray &path, const QByteArray &shown, Findings findings);

    Gate m_gate;
    PathRules m_names;
    CancelToken m_cancel;
    Progress m_progress;
    ScanSummary m_summary;
};

} // namespace AutoCommit
