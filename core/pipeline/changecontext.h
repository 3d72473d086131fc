#pragma once

#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/messagesource.h"
#include "core/change/changeset.h"
#include "core/config/settings.h"
#include "core/engine/history.h"
#include "core/message/style.h"
#include "core/model/modelrun.h"
#include "core/pipeline/modelsource.h"
#include "core/pipeline/modelwait.h"
#include "core/pipeline/runreport.h"
#include "core/pipeline/stage.h"
#include "core/privacy/gate.h"

#include <functional>
#include <vector>

namespace AutoCommit {

/// One commit that is going to be made.
struct PlannedCommit
{
    QList<qsizetype> files; ///< indexes into ChangeContext::changes
    QStringList why; ///< why these files are together
    QString type; ///< "feat", "fix", ...; empty where the repository's style has none
    QString scope;
    QString subject;
    QString body;
    MessageSource source = MessageSource::Builtin;
    QString model; ///< that wrote it
};

/// A change and what is known about it: all that grouping and wording need. It may come from this machine's checkout
/// (then it is part of a RepoContext) or from another machine's.
struct ChangeContext
{
    // given
    const Clock &clock;
    CancelToken cancel;
    ModelSource *models = nullptr; ///< none: the built-in engine does everything
    bool keepAnswers = true; ///< what models answer is kept for a later run over the same change
    QString waitFile{}; ///< where it is kept since when this checkout waits for models; empty: it never does
    QString repository{}; ///< its name, for who looks something up about it; empty: not known

    // Survey, PreFilter, Discover, Retrieve
    Settings settings; ///< of this checkout
    Gate gate; ///< of this checkout
    QString branch;
    ChangeSet changes;
    History history;
    StyleProfile style;
    std::function<QByteArray()> readme{}; ///< the repository's README as it is committed, read when it is asked for

    // Group, Analyze, Format
    QList<PlannedCommit> plan;
    std::unique_ptr<ModelRun> modelRun; ///< see askModels()
    std::optional<QString> background; ///< see backgroundOf(); looked for once, however often a run starts over
    std::optional<ModelWait> modelWait; ///< where the commit may be put off while no model answers

    // all
    QList<Decision> trace;

    void decided(StageId stage, const QString &text) { trace.append({QString::fromLatin1(stageName(stage)), text}); }

    /// The models, as far as this run may ask them; null: do without. Not before PreFilter: what leaves the process
    /// goes through the checkout's own scanner.
    ModelRun *askModels();
};

/// A step that reads the change alone, never git: it describes a change from another machine just as well.
class ChangeStage : public Stage
{
public:
    virtual Result<Next> apply(ChangeContext &change) const = 0;
    Result<Next> run(RepoContext &repo) const final;
};

using ChangeStagePtr = std::unique_ptr<ChangeStage>;

/// Runs them in order until one has nothing left to do, fails, or the run is cancelled.
Status describeChange(const std::vector<ChangeStagePtr> &stages, ChangeContext &change);

} // namespace AutoCommit
