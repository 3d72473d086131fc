// What a program pays for its history: storebench FILE LOG [long]. One run is one process, so run it many times:
//   for i in $(seq 50); do storebench /tmp/h.db /tmp/h.jsonl; done | sort -n
// Prints milliseconds: open, one commit (durable), close, all three; then peak memory in kB.

#include "core/store/store.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <cstdio>

#include <sys/resource.h>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

namespace {

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
