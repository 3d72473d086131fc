#pragma once

#include "core/base/messagesource.h"
#include "core/base/result.h"
#include "core/change/changeset.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace AutoCommit {

/// A subject of the agent's own history, from which the style is learned.
struct RecentSubject
{
    QString subject = {};
    std::optional<bool> authorIsMe = {};
};

/// One path of the agent's change. Paths are bytes, relative to the top of the work tree, never absolute, no "..".
struct GenerateFile
{
    QByteArray path = {};
    QByteArray oldPath = {}; ///< of a rename, else empty
    ChangeKind kind = ChangeKind::Modified;
    qint64 added = 0; ///< lines
    qint64 deleted = 0;
};

/// A change that was made on another machine. Sizes and shapes were checked; the content is a stranger's and was not.
struct GenerateRequest
{
    QString requestId = {};
    QString host = {};
    QString origin = {}; ///< normalised
    QString branch = {};
    QList<RecentSubject> recentSubjects = {}; ///< newest first, at most maxSubjects
    QList<GenerateFile> files = {}; ///< 1 to maxFiles, each path once
    QByteArray patch = {}; ///< unified diff in git's format, UTF-8 or with replacement characters; may be empty
    bool oneCommit = false; ///< one group for everything

    static constexpr qsizetype maxFiles = 2000;
    static constexpr qsizetype maxSubjects = 200;
};

struct GenerateGroup
{
    QList<QByteArray> paths = {};
    QString subject = {};
    QString body = {};
    QString type = {};
    QString scope = {};
    MessageSource source = MessageSource::Builtin;
    QString model = {};
    QStringList why = {};
};

/// Every path of the request is in exactly one group; an answer that breaks this is not passed on.
struct GenerateAnswer
{
    QList<GenerateGroup> groups = {};
};

/// Writes messages for changes that agents send in. Knows nothing of HTTP.
class MessageService
{
public:
    using Done = std::function<void(Result<GenerateAnswer>)>;

    virtual ~MessageService() = default;

    /// Called on the main thread and returns at once; `done` is called on the main thread exactly once, now or later,
    /// also when the client has gone meanwhile. A repeated request_id is not seen twice.
    /// Errors: RejectedSecret: the scan of what came in found a secret; the message must not repeat any of it (422
    /// "secret-found"). Usage: the change makes no sense (400). OutOfResources: too much waits already (503).
    /// ModelUnavailable: no message can be written now (503). Anything else: 500.
    virtual void generate(const GenerateRequest &request, Done done) = 0;
};

} // namespace AutoCommit
