#include "tests/core/store/storefixture.h"

#include "tests/core/store/commitcontract.h"
#include "tests/core/store/repocontract.h"
#include "tests/core/store/sharingcontract.h"
#include "tests/core/store/tracecontract.h"

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

void StoreFixture::start()
{
    ++m_number;
    m_clock = HandClock();
    m_place.makeEmpty();
    reopen();
}

void StoreFixture::reopen()
{
    m_store = std::make_unique<Store>(options(), m_clock);
    AC_VERIFY(m_store->open());
}

StoreOptions StoreFixture::options() const
{
    return {.location = m_place.location(),
            .activityLog = m_folder.filePath(u"activity-%1.jsonl"_s.arg(m_number)),
            .host = u"apricot"_s,
            .busyTimeout = 2000ms};
}

int runStoreContracts(StorePlace &place, int argc, char **argv)
{
    CommitContract commits(place);
    RepoContract repos(place);
    TraceContract trace(place);
    SharingContract sharing(place);
    int failed = 0;
    for (QObject *contract : std::initializer_list<QObject *>{&commits, &repos, &trace, &sharing})
        failed += QTest::qExec(contract, argc, argv);
    return failed;
}
