// Measures the scanner on vectors and trees that are not part of the repository:
//   bench_gate vectors FILE...   JSON lines {"kind":"pos"|"neg","text":…,"path":…,"source":…,"class":…,"rule":…}
//   bench_gate tree DIR...       flagged files a megabyte and speed (CPU time of one core)
// -v prints what was missed and what was found.

#include "core/privacy/secretscanner.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <ctime>
#include <map>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

namespace {

struct Tally
{
    int cases = 0;
    int found = 0;
};

void printFinding(const char *lead, const Finding &finding, const QByteArray &text)
{
    const qsizetype from = std::max<qsizetype>(0, finding.offset - 60);
    QByteArray shown = text.mid(from, finding.offset - from + finding.length).left(240);
    std::printf("%s[%s] line %d: %s\n", lead, finding.rule.constData(), finding.line,
                shown.replace('\n', "\\n").constData());
}

void vectors(const SecretScanner &scanner, const QString &file, bool verbose)
{
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly))
        return;
    std::map<QString, Tally> tallies;
    while (!in.atEnd()) {
        const QJsonObject c = QJsonDocument::fromJson(in.readLine()).object();
        const QByteArray text = c[u"text"_s].toString().toUtf8();
        const Findings findings = scanner.scan(text, {.path = c[u"path"_s].toString().toUtf8()});
        const bool positive = c[u"kind"_s].toString() == u"pos"_s;
        const QString source = c[u"source"_s].toString();
        const QString name = positive ? u"recall "_s : u"false  "_s;
        for (const QString &key : {name + u"all"_s, name + source, name + source + u' ' + c[u"class"_s].toString()}) {
            ++tallies[key].cases;
            tallies[key].found += findings.isEmpty() ? 0 : 1;
        }
        if (!verbose || findings.isEmpty() != positive)
            continue;
        std::printf("%s %s/%s\n", positive ? "MISSED" : "WRONG ", qPrintable(source),
                    qPrintable(c[u"rule"_s].toString()));
        for (const Finding &finding : findings)
            printFinding("   ", finding, text);
        std::printf("   %s\n", text.left(1500).replace("\n", "\n   ").constData());
    }
    for (const auto &[name, tally] : tallies)
        std::printf("%-40s %5d of %5d = %5.1f %%\n", qPrintable(name), tally.found, tally.cases,
                    100.0 * tally.found / tally.cases);
}

void tree(const SecretScanner &scanner, const QString &top, bool verbose)
{
    qint64 bytes = 0;
    int files = 0;
    int flagged = 0;
    std::map<QByteArray, int> rules;
    std::clock_t ticks = 0;
    QDirIterator it(top, QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = it.next();
        QFile in(path);
        if (!in.open(QIODevice::ReadOnly))
            continue;
        const QByteArray text = in.readAll();
        const std::clock_t before = std::clock();
        const Findings findings = scanner.scan(text, {.path = path.mid(top.size() + 1).toUtf8()});
        ticks += std::clock() - before;
        bytes += text.size();
        ++files;
        flagged += findings.isEmpty() ? 0 : 1;
        for (const Finding &finding : findings) {
            ++rules[finding.rule];
            if (verbose)
                printFinding((path.toUtf8() + ": ").constData(), finding, text);
        }
    }
    for (const auto &[rule, count] : rules)
        std::printf("  %6d %s\n", count, rule.constData());
    const double megabytes = static_cast<double>(bytes) / 1e6;
    const double seconds = static_cast<double>(ticks) / CLOCKS_PER_SEC;
    std::printf("%s: %d files, %.1f MB, %d flagged = %.3f a MB, %.0f MB/s\n", qPrintable(top), files, megabytes,
                flagged, flagged / megabytes, megabytes / seconds);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QStringList arguments = QCoreApplication::arguments().mid(1);
    const bool verbose = arguments.removeAll(u"-v"_s) > 0;
    if (arguments.size() < 2) {
        std::fputs("bench_gate [-v] vectors FILE... | tree DIR...\n", stderr);
        return 2;
    }
    QElapsedTimer timer;
    timer.start();
    const SecretScanner scanner;
    const double made = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    (void)scanner.scan("x");
    std::printf("scanner made in %.3f ms, ready after %.2f ms\n", made,
                static_cast<double>(timer.nsecsElapsed()) / 1e6);
    for (const QString &argument : arguments.mid(1)) {
        if (arguments[0] == u"vectors"_s)
            vectors(scanner, argument, verbose);
        else
            tree(scanner, argument, verbose);
    }
    return 0;
}
