#include "core/wording/diffbudget.h"

#include "core/wording/changewords.h"
#include "core/wording/fileclass.h"
#include "core/wording/filetext.h"
#include "core/wording/manifest.h"
#include "core/wording/tokenestimate.h"
#include "core/wording/waterfill.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

double weightOf(FileClass fileClass)
{
    switch (fileClass) {
    case FileClass::Manifest:
        return 1.2;
    case FileClass::Docs:
        return 0.6;
    case FileClass::Test:
        return 0.5;
    default:
        return 1.0;
    }
}

struct Shown
{
    const FileChange *file;
    FileClass fileClass;
    FileText text;
};

QList<Shown> readableFiles(const ChangeSet &change)
{
    QList<Shown> files;
    for (const FileChange &file : change.files) {
        const FileClass fileClass = classOf(file);
        if (isReadable(fileClass) && !file.hunks.isEmpty())
            files.append({&file, fileClass, FileText(file)});
    }
    return files;
}

bool isSource(FileClass fileClass)
{
    return fileClass == FileClass::Source || fileClass == FileClass::Manifest;
}

/// What each source file gets before anything is shared by weight: one line that says something. Where there are too
/// many even for that, some of them from everywhere; the rest are in the manifest.
QList<qsizetype> leastShares(const QList<Shown> &files, const QList<Need> &needs, qsizetype characters)
{
    constexpr qsizetype usual = 56;
    constexpr qsizetype shortest = 36; // see FileText::oneLine()
    QList<qsizetype> shares(files.size(), 0);
    const qsizetype sources
        = std::ranges::count_if(files, [](const Shown &shown) { return isSource(shown.fileClass); });
    if (sources == 0)
        return shares;
    const qsizetype each = std::clamp(characters / sources, shortest, usual);
    const qsizetype served = std::min(sources, characters / each);
    qsizetype seen = 0;
    for (qsizetype i = 0; i < files.size(); ++i) {
        if (!isSource(files[i].fileClass))
            continue;
        if ((seen + 1) * served / sources > seen * served / sources)
            shares[i] = std::min(each, needs[i].wanted);
        ++seen;
    }
    return shares;
}

QList<qsizetype> sharesOf(const QList<Shown> &files, QList<Need> needs, qsizetype characters)
{
    QList<qsizetype> shares = leastShares(files, needs, characters);
    qsizetype left = characters;
    for (qsizetype i = 0; i < files.size(); ++i) {
        needs[i].wanted -= shares[i];
        left -= shares[i];
    }
    const QList<qsizetype> more = waterFill(needs, left);
    for (qsizetype i = 0; i < files.size(); ++i)
        shares[i] += more[i];
    return shares;
}

/// The diff within `characters`; fills in the counts.
QString sharedOut(const QList<Shown> &files, qsizetype characters, DiffText &result)
{
    constexpr qsizetype deletedLimit = 200;
    QList<Need> needs;
    for (const Shown &shown : files) {
        const bool deleted = shown.file->kind == ChangeKind::Deleted;
        const qsizetype wanted = deleted ? std::min(deletedLimit, shown.text.wanted()) : shown.text.wanted();
        needs.append({.wanted = wanted, .weight = weightOf(shown.fileClass)});
    }
    const QList<qsizetype> shares = sharesOf(files, needs, characters);
    QString diff;
    result.sourceFiles = result.sourceFilesShown = 0;
    result.cut = false;
    for (qsizetype i = 0; i < files.size(); ++i) {
        const FileText::Rendered rendered = files[i].text.render(shares[i]);
        diff += rendered.text;
        result.cut = result.cut || rendered.cut;
        result.sourceFiles += isSource(files[i].fileClass) ? 1 : 0;
        result.sourceFilesShown += isSource(files[i].fileClass) && rendered.showsChange ? 1 : 0;
    }
    return diff;
}

} // namespace

QString DiffText::text() const
{
    QString all = u"Files:\n"_s + manifest;
    if (!diff.isEmpty())
        all += u"\nChanged lines:\n"_s + diff;
    if (!identifiers.isEmpty())
        all += u"\nNames in changed lines not shown above: "_s + identifiers + u'\n';
    return all;
}

DiffText budgetedDiff(const ChangeSet &change, qsizetype characters)
{
    constexpr qsizetype headings = 80;
    DiffText result;
    result.manifest = fileManifest(change, characters / 4);
    const QList<Shown> files = readableFiles(change);
    const qsizetype room = std::max<qsizetype>(0, characters - headings - result.manifest.size());
    result.diff = sharedOut(files, room, result);
    if (!result.cut)
        return result;
    const qsizetype forNames = room * 15 / 100;
    result.diff = sharedOut(files, room - forNames, result);
    QList<const FileChange *> readable;
    for (const Shown &shown : files)
        readable.append(shown.file);
    result.identifiers = unshownIdentifiers(readable, result.manifest + result.diff, forNames);
    return result;
}

DiffText budgetedDiffForTokens(const ChangeSet &change, int tokens, double ratio)
{
    const double allowed = tokens / ratio;
    qsizetype characters = static_cast<qsizetype>(allowed * 3.5);
    DiffText result = budgetedDiff(change, characters);
    for (int i = 0; i < 6; ++i) {
        const double estimate = estimateTokens(result.text());
        if (estimate <= allowed)
            return result;
        characters = static_cast<qsizetype>(static_cast<double>(characters) * allowed / estimate * 0.97);
        result = budgetedDiff(change, characters);
    }
    return budgetedDiff(change, static_cast<qsizetype>(allowed / 2));
}

MapPlan planMap(const ChangeSet &change, int tokens, double ratio)
{
    constexpr qsizetype mostParts = 12;
    double total = 0;
    int sources = 0;
    QList<double> sizes;
    for (const FileChange &file : change.files) {
        const FileClass fileClass = classOf(file);
        sources += isSource(fileClass) && !file.hunks.isEmpty() ? 1 : 0;
        double size = 20;
        for (const Hunk &hunk : file.hunks)
            for (const QList<QByteArray> &lines : {hunk.removed, hunk.added})
                for (const QByteArray &line : lines)
                    size += estimateTokens(QByteArrayView(line)) + 1;
        sizes.append(isReadable(fileClass) ? size * ratio : 20);
        total += sizes.last();
    }
    if (sources <= 60 && total <= 6.0 * tokens)
        return {{change}};
    const double target = std::max(total / mostParts, static_cast<double>(tokens));
    MapPlan plan;
    double filled = target;
    for (qsizetype i = 0; i < change.files.size(); ++i) {
        if (filled >= target && plan.parts.size() < mostParts) {
            plan.parts.append(ChangeSet{});
            filled = 0;
        }
        plan.parts.last().files.append(change.files[i]);
        filled += sizes[i];
    }
    return plan;
}

ChangeSet maskedChange(const ChangeSet &change,
                       const std::function<QByteArray(const QByteArray &, const QByteArray &)> &mask)
{
    ChangeSet masked = change;
    const auto maskLines = [&](const QByteArray &path, QList<QByteArray> &lines) {
        if (lines.isEmpty())
            return;
        const QList<QByteArray> out = mask(path, lines.join('\n')).split('\n');
        lines = out.size() == lines.size() ? out : QList<QByteArray>(lines.size(), "***");
    };
    for (FileChange &file : masked.files) {
        for (Hunk &hunk : file.hunks) {
            hunk.context = mask(file.path, hunk.context);
            for (QList<QByteArray> *lines : {&hunk.before, &hunk.removed, &hunk.added, &hunk.after})
                maskLines(file.path, *lines);
        }
    }
    return masked;
}

} // namespace AutoCommit
