#pragma once

#include "tests/core/store/storefixture.h"

/// Errors, cycles, the decision trace, audit, and what becomes of them with time.
class TraceContract final : public StoreFixture
{
    Q_OBJECT

public:
    using StoreFixture::StoreFixture;

private Q_SLOTS:
    void init() { start(); }
    void cleanup() { stop(); }

    void theSameErrorIsOneRowWithACount();
    void aPersonIsToldFirstTenthAndHourly();
    void aResolvedErrorThatComesBackIsANewRow();
    void cyclesAndAuditAreListedNewestFirst();
    void onlyTheNewestDecisionsStay();
    void pruningTakesWhatIsOldAndSettled();
};
