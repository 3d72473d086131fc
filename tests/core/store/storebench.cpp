// What a program pays for its history. One run is one process, so run it many times:
//   for i in $(seq 50); do storebench HISTORY LOG; done | sort -n -k7
// Prints milliseconds: open, one commit (durable), close, all three; then peak memory in kB.
//   storebench HISTORY LOG long       the same, closing as a daemon does
//   storebench HISTORY LOG fill N     stores N commits of the last year
//   storebench HISTORY LOG ask        what the questions of an API cost on what is there
// HISTORY is a file or postgresql://...

#include "core/store/store.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <cstdio>

#include <sys/resource.h>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

namespace {

using namespace std::chrono_literals;

double lap(Clock::Monotonic &since)
{
    const auto now = std::chrono::steady_clock::now();
    const std::chrono::duration<double, std::milli> time = now - since;
    since = now;
    return time.count();
}

CommitRecord someCommit(const Clock &clock)
{
    CommitRecord commit{.host = u"apricot"_s,
                        .repo = u"aaaaaaaaaaaaaaaaaaaa"_s,
                        .origin = u"forge.example/me/tool"_s,
                        .path = "/home/me/code/tool",
                        .branch = u"main"_s,
                        .subject = u"fix: read the last line of a log without a line end"_s,
                        .body = u"The reader waited for a line end that never came."_s,
                        .authoredAt = wallTime(clock),
                        .committedAt = wallTime(clock),
                        .paths = {"src/log/reader.cpp", "src/log/reader.h", "tests/log/tst_reader.cpp"}};
    for (int i = 0; i < 5; ++i)
        commit.sha += QString::number(QRandomGenerator::global()->generate() | 0x10000000U, 16);
    return commit;
}

int fill(Store &store, const Clock &clock, int count)
{
    auto since = clock.monotonic();
    for (int i = 0; i < count; i += 500) {
        QList<CommitRecord> commits;
        for (int n = i; n < std::min(count, i + 500); ++n) {
            commits.append(someCommit(clock));
            commits.last().committedAt -= 365 * 24h * n / count;
            commits.last().repo = u"repo%1aaaaaaaaaaaaa"_s.arg(n % 68, 3, 10, QLatin1Char('0'));
        }
        if (!store.recordCommits(commits))
            return 1;
    }
    std::printf("%d commits stored in %.0f ms\n", count, lap(since));
    return 0;
}

int askAll(Store &store, const Clock &clock)
{
    auto since = clock.monotonic();
    const auto page = store.commits({.limit = 50});
    std::printf("newest 50 commits       %8.2f ms\n", lap(since));
    const auto second = store.commits({.limit = 50, .cursor = page ? page->next : QString()});
    std::printf("next 50                 %8.2f ms\n", lap(since));
    const auto ofRepo = store.commits({.repo = u"repo007aaaaaaaaaaaaa"_s, .limit = 50});
    std::printf("newest 50 of one repo   %8.2f ms\n", lap(since));
    const auto found = store.commitsBySha(page ? page->items.value(7).sha.left(9) : QString());
    std::printf("one by its name         %8.2f ms\n", lap(since));
    const auto year = store.statistics({.now = wallTime(clock)});
    std::printf("statistics of a year    %8.2f ms (%lld commits)\n", lap(since),
                static_cast<long long>(year ? year->commits : -1));
    const auto sound = store.check();
    std::printf("check                   %8.2f ms\n", lap(since));
    return page && second && ofRepo && found && year && sound ? 0 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 3)
        return 2;
    const SystemClock clock;
    auto since = clock.monotonic();
    const auto start = since;
    Store store({.location = arguments[1],
                 .activityLog = arguments[2],
                 .host = u"apricot"_s,
                 .shortLived = arguments.value(3) != u"long"_s},
                clock);
    const auto opened = store.open();
    const double open = lap(since);
    if (arguments.value(3) == u"fill"_s)
        return opened ? fill(store, clock, arguments.value(4).toInt()) : 1;
    if (arguments.value(3) == u"ask"_s) {
        std::printf("open                    %8.2f ms (%d events of the log)\n", open, opened ? opened->replayed : -1);
        return askAll(store, clock);
    }
    const auto recorded = store.recordCommits({someCommit(clock)}, PushNeed::NeedsPush);
    const double commit = lap(since);
    store.close();
    const double close = lap(since);
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    std::printf("%.2f open  %.2f commit  %.2f close  %.2f all  %ld kB\n", open, commit, close,
                std::chrono::duration<double, std::milli>(since - start).count(), usage.ru_maxrss);
    return opened && recorded ? 0 : 1;
}
