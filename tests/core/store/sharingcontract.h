#pragma once

#include "tests/core/store/storefixture.h"

/// Threads, several writers, the activity log, migrations.
class SharingContract final : public StoreFixture
{
    Q_OBJECT

public:
    using StoreFixture::StoreFixture;

private Q_SLOTS:
    void init() { start(); }
    void cleanup() { stop(); }

    void aReaderOnAnotherThreadSeesWhatWasWritten();
    void anotherThreadMayNotWrite();
    void twoWritersShareOneHistory();
    void anEmptyDatabaseIsFilledFromTheLog();
    void whatOnlyTheLogHasIsTakenOver();
    void aCheckFindsRowsThatWentMissing();
    void everyMigrationBringsTheOneBeforeUpToDate_data();
    void everyMigrationBringsTheOneBeforeUpToDate();
    void aNewerDatabaseIsRefusedAndLeftAlone();
};
