#pragma once

#include "tests/core/store/storefixture.h"

/// Commits, pushes and the lists over them.
class CommitContract final : public StoreFixture
{
    Q_OBJECT

public:
    using StoreFixture::StoreFixture;

private Q_SLOTS:
    void init() { start(); }
    void cleanup() { stop(); }

    void aNewHistoryIsEmpty();
    void aCommitComesBackAsItWent();
    void aCommitIsStoredOnceHoweverOftenItIsReported();
    void aRebasedCommitKeepsItsRowUnderItsNewName();
    void aPushKnownLaterIsFilledIn();
    void commitsAreFoundByTheBeginningOfTheirName();
    void pagesNeitherRepeatNorSkipWhileRowsAreAdded();
    void filtersNarrowAList();
    void aCursorOfNobodyIsRefused();
    void aBranchNeedsAPushUntilItsTipIsVerified();
    void aCommitMadeDuringThePushKeepsTheFlag();
    void aFailedPushIsCounted();
    void statisticsCountTheDaysOfTheZone();
};
