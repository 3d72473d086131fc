#pragma once

#include "core/base/cancel.h"
#include "core/git/gitenvironment.h"
#include "core/git/locate.h"
#include "core/git/processrunner.h"

namespace AutoCommit {

/// The git program, the environment it runs in and what starts it: one for the whole process.
struct GitTools
{
    QString program;
    GitEnvironment environment;
    const ProcessRunner *runner = nullptr;

    /// Looks git up (or takes `program`) without starting it; Config when there is none.
    static Result<GitTools> find(const QProcessEnvironment &from, const QStringList &extraPath, const QString &program,
                                 const ProcessRunner &runner);
};

enum class GitAccess {
    Read, ///< 30 s, no hooks
    Write, ///< 120 s, no hooks: objects, the private index, refs
    Hooks, ///< runs the user's hooks
    Network, ///< runs pre-push; the deadline moves on with progress
};

struct GitCall
{
    QStringList arguments; ///< begin with the git command
    GitAccess access = GitAccess::Read;
    QByteArray input;
    QList<QByteArray> environment; ///< on top of the fixed one, for instance GIT_INDEX_FILE
    std::chrono::milliseconds timeout{0}; ///< 0: by access
    std::function<void(const QByteArray &)> onOutput;
    qsizetype outputLimit = 64 << 20;
    bool holdsLock = false; ///< the child keeps the repository lock until it has ended, even when we are killed
    bool durableIndex = true; ///< false: an index of our own, which is made anew after a power cut, waits for no disk
};

/// One checkout's git. The only door to the git program: every call passes checkArguments, gets the closed environment
/// and options of SAFETY section 2, a deadline and bounded output. Cheap to copy; used by one thread at a time.
class Git
{
public:
    Git(const GitTools &tools, RepoLocation location, CancelToken cancel);

    const RepoLocation &location() const { return m_location; }
    const CancelToken &cancel() const { return m_cancel; }

    /// Runs git and answers whatever it said; a non-zero exit is not an error here.
    Result<ProcessOutput> call(const GitCall &call) const;

    /// Runs git and answers its stdout; a non-zero exit becomes a classified error that begins with `what`.
    Result<QByteArray> output(const QString &what, const GitCall &call) const;

    /// Short form of output() for reading commands.
    Result<QByteArray> read(const QStringList &arguments, const QByteArray &input = {}) const;

    /// Runs one of the programs git itself would run (gpg, ssh-keygen) in the same closed environment, 15 s at most.
    Result<ProcessOutput> helper(const QString &program, const QStringList &arguments, const QByteArray &input) const;

    /// A dialogue, for `update-ref --stdin`. Keeps the repository lock.
    Result<std::unique_ptr<ProcessSession>> session(const QStringList &arguments) const;

    /// More -c options for this repository ("name=value"), found by reading its configuration.
    void setOverrides(const QStringList &overrides) { m_overrides = overrides; }
    /// Added to the environment of every call, for instance another object directory ("changes no byte").
    void setEnvironment(const QList<QByteArray> &environment) { m_environment = environment; }
    void addEnvironment(const QList<QByteArray> &environment) { m_environment += environment; }
    void setLockFd(int fd) { m_lockFd = fd; }
    void setTimeouts(std::chrono::milliseconds hooks, std::chrono::milliseconds network);

    /// Another checkout's git, with the same tools and token and nothing of this one's configuration.
    Git at(const RepoLocation &location) const { return Git(*m_tools, location, m_cancel); }

    /// Work that must not be cut in half goes on although the run was cancelled; it has its deadline.
    Git uncancellable() const;

private:
    Result<ProcessRequest> request(const GitCall &call) const;

    const GitTools *m_tools;
    RepoLocation m_location;
    CancelToken m_cancel;
    QStringList m_overrides;
    QList<QByteArray> m_environment;
    int m_lockFd = -1;
    std::chrono::milliseconds m_hookTimeout{180000};
    std::chrono::milliseconds m_networkTimeout{300000};
};

} // namespace AutoCommit
