#include "core/privacy/conflictmarkers.h"

namespace AutoCommit {

namespace {

constexpr qsizetype markerSize = 7;

enum class Marker {
    None,
    Ours,
    Middle,
    Theirs,
};

Marker markerOf(QByteArrayView line)
{
    if (line.endsWith('\r'))
        line.chop(1);
    if (line.size() < markerSize)
        return Marker::None;
    for (qsizetype i = 1; i < markerSize; ++i) {
        if (line[i] != line[0])
            return Marker::None;
    }
    const bool alone = line.size() == markerSize;
    const bool named = !alone && line[markerSize] == ' ';
    if (line[0] == '<' && (named || alone))
        return Marker::Ours;
    if (line[0] == '=' && alone)
        return Marker::Middle;
    return line[0] == '>' && (named || alone) ? Marker::Theirs : Marker::None;
}

} // namespace

int firstConflictLine(QByteArrayView content)
{
    int line = 1;
    int ours = 0;
    bool middle = false;
    for (qsizetype begin = 0; begin < content.size(); ++line) {
        qsizetype end = content.indexOf('\n', begin);
        if (end < 0)
            end = content.size();
        const char first = content[begin];
        if (first == '<' || first == '=' || first == '>') {
            const Marker marker = markerOf(content.sliced(begin, end - begin));
            if (marker == Marker::Ours) {
                ours = line;
                middle = false;
            } else if (marker == Marker::Middle && ours > 0) {
                middle = true;
            } else if (marker == Marker::Theirs && middle) {
                return ours;
            }
        }
        begin = end + 1;
    }
    return 0;
}

} // namespace AutoCommit
