#pragma once

#include "core/base/result.h"

#include <memory>

namespace AutoCommit {

struct RepoContext;

/// The steps one repository goes through, in the order of the story (core/service/story.cpp). Survey and Pull are the
/// entrance; the eleven stages of the product follow.
enum class StageId {
    Survey,
    Pull,
    PreFilter,
    Discover,
    Retrieve,
    Group,
    Analyze,
    Format,
    AskHost, ///< of an agent, in the place of Group, Analyze and Format
    Commit,
    Push,
    VersionDetect,
    PublishVerify,
    Recover,
};

const char *stageName(StageId id); ///< as shown to people and in JSON: "PreFilter"

enum class Next {
    Continue,
    Finish, ///< nothing is left to do for this part of the story, and that is fine
};

/// One step. Stateless: a run's facts live in its RepoContext, so that one object serves every worker thread.
class Stage
{
public:
    virtual ~Stage() = default;
    virtual StageId id() const = 0;
    virtual Result<Next> run(RepoContext &repo) const = 0;
};

using StagePtr = std::unique_ptr<Stage>;

} // namespace AutoCommit
