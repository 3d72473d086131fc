#include "core/engine/pairfeatures.h"

namespace AutoCommit {

const char *pairFeatureName(PairFeature feature)
{
    constexpr std::array<const char *, pairFeatureCount> names{
        "WordCosine",        "NameCosine",      "NetCosine",       "AddedCosine",
        "RemovedCosine",     "WordShare",       "RarestName",      "SecondName",
        "ThirdName",         "RarestPart",      "NewShared",       "RareShared",
        "NetRarest",         "NetNew",          "SameLines",       "SameLineShare",
        "MovedLines",        "DefinedUsed",     "StemMentioned",   "StemMentionedBoth",
        "PathWordMentioned", "LocalCosine",     "FileTogether",    "FileTogetherCount",
        "FileLean",          "FolderLean",      "FolderClassLean", "TopLean",
        "ClassLean",         "ExtLean",         "ProfileCosine",   "ProfileCosineLesser",
        "PastCosine",        "SoloLess",        "SoloMore",        "SizeLess",
        "SizeMore",          "KnownFiles",      "RepoSize",        "RepoSolo",
        "PathRarity",        "PathTfidf",       "MixedCosine",     "SameStem",
        "TestPair",          "SameFolder",      "FolderDistance",  "CommonFolders",
        "MirrorFolder",      "SameBase",        "SameExt",         "PathCosine",
        "ClassPair",         "KindPair",        "LinesLess",       "LinesMore",
        "WordsLess",         "WordsMore",       "ShapeDistance",   "AdditiveDistance",
        "CosineRank",        "CosineRankWorse", "CosineMargin",    "CosineMarginBest",
        "LeanRank",          "FileCount",       "MeanCosine"};
    return names[static_cast<std::size_t>(feature)];
}

} // namespace AutoCommit
