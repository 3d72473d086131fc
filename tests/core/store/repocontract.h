#pragma once

#include "tests/core/store/storefixture.h"

/// What is known about repositories, hosts and releases.
class RepoContract final : public StoreFixture
{
    Q_OBJECT

public:
    using StoreFixture::StoreFixture;

private Q_SLOTS:
    void init() { start(); }
    void cleanup() { stop(); }

    void savingARepositoryKeepsWhatIsNotKnownNow();
    void aRepositoryShowsPauseTrustAndNeedsPush();
    void aPauseHoldsAcrossRestarts();
    void aForgottenRepositoryKeepsItsCommits();
    void anExclusionKeepsTheMomentItWasFirstSeen();
    void deferralsAreCountedPerPath();
    void aPathMayHaveAnyBytesAndAnyLength();
    void anOldReportOfAHostChangesNothing();
    void releasesAreDueUntilTheyAreSettled();
    void aMessageIsFoundByItsSnapshot();
};
