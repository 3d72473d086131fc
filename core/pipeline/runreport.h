#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/messagesource.h"
#include "core/git/indexfile.h"

#include <QHash>
#include <QJsonObject>
#include <QList>

#include <optional>

namespace AutoCommit {

/// A path that was left out, and why. Nothing is ever left out silently.
struct Exclusion
{
    QByteArray path; ///< of a directory with '/' at its end when it stands for many files
    QString rule; ///< stable name: "staged", "secret:aws-access-key", "too-large", ...
    QString reason; ///< a sentence for people
};

struct ReportedCommit
{
    QByteArray sha; ///< empty while it is only planned
    QByteArray parent;
    QString subject;
    QString body;
    QList<QByteArray> paths;
    MessageSource source = MessageSource::Builtin;
    QString model; ///< that wrote the message; empty for the built-in engine
    QStringList why; ///< why these files are together, in words
    std::optional<Clock::Wall> madeAt = {}; ///< where that was before this run
};

/// What people are told of one commit: sha, subject, body, paths, source.
QJsonObject commitJson(const ReportedCommit &commit);

enum class RunState { Clean, Committed, Planned, Skipped, Failed };

QString runStateName(RunState state);

/// One line of the trace behind `commits explain`.
struct Decision
{
    QString stage;
    QString text;
};

struct VersionChange
{
    QByteArray manifest;
    QString package; ///< empty when the manifest names none
    QString from;
    QString to;
    QString registry; ///< "npm", "crates.io", "pypi", ... or empty
    QByteArray commit;
};

/// What one run over one repository did. Handed from the worker to whoever prints and records it.
struct RunReport
{
    QString path;
    QString commonDir; ///< names the repository on this machine; empty where there is none
    QString branch;
    QString origin; ///< normalised URL of the remote, empty without one
    QString upstream; ///< short name such as "origin/main", empty without one
    int ahead = 0; ///< commits the upstream does not have, as far as the last fetch knows
    int behind = 0; ///< commits of the upstream that are not here yet
    RunState state = RunState::Clean;
    QString reason; ///< one sentence where the state needs one
    QList<ReportedCommit> commits;
    QList<Exclusion> excluded;
    QStringList warnings; ///< for its user: a setting nobody knows, a secret that the repository itself lets pass
    QList<VersionChange> versions;
    QList<Decision> trace;
    QByteArray head; ///< after the run
    bool pulled = false;
    bool pushed = false;
    bool needsPush = false; ///< commits are here that the hub does not have
    std::optional<Error> error;

    QList<ReportedCommit> untold; ///< made by an earlier run that was killed before it could tell
    QHash<QByteArray, QByteArray> renamed; ///< earlier commits that a rebase made anew, old to new
    QStringList notes; ///< files to be removed when all of this is in the history (LandingNotes)

    bool needsUser() const { return state == RunState::Skipped || state == RunState::Failed; }

    /// The object of PRODUCT section 10.
    QJsonObject toJson() const;
};

} // namespace AutoCommit
