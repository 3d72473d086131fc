#pragma once

#include "core/base/messagesource.h"
#include "core/base/result.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace AutoCommit {

struct ChangeContext;
struct RepoContext;

/// A commit that another machine proposes for a change of ours. Its words are a stranger's.
struct ProposedCommit
{
    QList<qsizetype> files = {}; ///< indexes into the change
    QString subject = {};
    QString body = {};
    QStringList why = {};
    MessageSource source = MessageSource::Builtin;
    QString model = {};
};

/// Which checkout a question is about.
struct AskedRepository
{
    QString key = {}; ///< the same for every run over it
    QString origin = {}; ///< normalised URL of the hub
};

/// The machine that writes the messages of this one. Any thread may call it.
class MessageHost
{
public:
    virtual ~MessageHost() = default;

    /// Blocks. Every file of the change is in exactly one of the commits. ModelUnavailable, AuthFailed, TlsFailed and
    /// Config: it cannot be asked now. Any other error: it will never answer this question.
    virtual Result<QList<ProposedCommit>> propose(const ChangeContext &change, const AskedRepository &repo) = 0;

    /// Whether a change that could not be told about is to wait for the host; else the built-in engine describes it.
    virtual bool waits(const AskedRepository &repo) = 0;
};

/// Keeps what was committed until somebody else has been told. Any thread may call it.
class CommitLedger
{
public:
    virtual ~CommitLedger() = default;

    /// Right before the commits of a run are made: should the program be killed, they are found by this.
    virtual Status intend(const RepoContext &repo) = 0;
};

} // namespace AutoCommit
