#include "core/engine/reasons.h"

#include <array>

namespace AutoCommit {

using namespace Qt::StringLiterals;

const char *reasonName(ReasonKind kind)
{
    constexpr std::array<const char *, 23> names{"manifest-and-lock", "header-and-source",   "test-and-source",
                                                 "snapshot-and-test", "same-name",           "moved",
                                                 "shared-name",       "shared-words",        "defined-and-used",
                                                 "mentioned",         "same-lines",          "moved-lines",
                                                 "changed-together",  "folders-together",    "alike-paths",
                                                 "nothing-shared",    "never-together",      "folders-apart",
                                                 "unlike-paths",      "commits-are-smaller", "one-file",
                                                 "too-many",          "many-small-signs"};
    return names[static_cast<std::size_t>(kind)];
}

ReasonKind reasonOf(Bond bond)
{
    switch (bond) {
    case Bond::ManifestAndLock:
        return ReasonKind::ManifestAndLock;
    case Bond::HeaderAndSource:
        return ReasonKind::HeaderAndSource;
    case Bond::TestAndSource:
        return ReasonKind::TestAndSource;
    case Bond::SnapshotAndTest:
        return ReasonKind::SnapshotAndTest;
    case Bond::SameName:
        return ReasonKind::SameName;
    case Bond::Moved:
        return ReasonKind::Moved;
    }
    return ReasonKind::ModelSays;
}

namespace {

QString quoted(const QByteArray &name)
{
    QString text = QString::fromUtf8(name);
    text.removeIf([](QChar c) { return c.category() == QChar::Other_Control; });
    return u'`' + text + u'`';
}

QString together(const Reason &r)
{
    switch (r.kind) {
    case ReasonKind::ManifestAndLock:
        return u"manifest and its lock file"_s;
    case ReasonKind::HeaderAndSource:
        return u"header and source of the same name"_s;
    case ReasonKind::TestAndSource:
        return u"test of the same name"_s;
    case ReasonKind::SnapshotAndTest:
        return u"snapshot of the test"_s;
    case ReasonKind::SameName:
        return u"parts of one component, by their name"_s;
    case ReasonKind::Moved:
        return u"the same content under a new path"_s;
    case ReasonKind::SharedName:
    case ReasonKind::SharedWords:
        return u"both change %1"_s.arg(quoted(r.subject));
    case ReasonKind::DefinedAndUsed:
        return u"one defines %1, the other uses it"_s.arg(quoted(r.subject));
    case ReasonKind::Mentioned:
        return u"%1 is named in the other's change"_s.arg(quoted(r.subject));
    case ReasonKind::SameLines:
        return r.count == 1 ? u"the same line changes in both"_s : u"the same %1 lines change in both"_s.arg(r.count);
    case ReasonKind::MovedLines:
        return u"lines move from one to the other"_s;
    case ReasonKind::ChangedTogether:
        return u"changed together in %1 of %2 commits"_s.arg(r.count).arg(r.of);
    case ReasonKind::FoldersTogether:
        return u"commits here often touch both places"_s;
    default:
        return u"their paths are alike"_s;
    }
}

} // namespace

QString toSentence(const Reason &r)
{
    switch (r.kind) {
    case ReasonKind::NothingShared:
        return u"their changed lines share no rare word"_s;
    case ReasonKind::NeverTogether:
        return r.of == 1 ? u"not changed together in the one commit that is known"_s
                         : u"never changed together in %1 commits"_s.arg(r.of);
    case ReasonKind::FoldersApart:
        return u"commits here seldom touch both places"_s;
    case ReasonKind::UnlikePaths:
        return u"their paths have little in common"_s;
    case ReasonKind::FewCommitsSoLarge:
        return u"commits in this repository are smaller"_s;
    case ReasonKind::OneFile:
        return u"the only file of the change"_s;
    case ReasonKind::TooMany:
        return u"%1 files at once are taken for one sweeping change"_s.arg(r.count);
    case ReasonKind::ModelSays:
        return r.weight >= 0 ? u"many small signs together"_s : u"too few signs of a common purpose"_s;
    default:
        return together(r);
    }
}

} // namespace AutoCommit
