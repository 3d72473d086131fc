#include "core/privacy/memorydump.h"

#include <QtEndian>

namespace AutoCommit {

namespace {

constexpr qsizetype elfHead = 18; // up to e_type
constexpr qsizetype machHead = 16; // up to filetype

bool isElfCore(QByteArrayView content)
{
    constexpr char bigEndian = 2;
    constexpr quint16 core = 4; // ET_CORE
    if (content.size() < elfHead
        || !content.startsWith("\x7f"
                               "ELF"))
        return false;
    const char *type = content.data() + 16;
    return core == (content[5] == bigEndian ? qFromBigEndian<quint16>(type) : qFromLittleEndian<quint16>(type));
}

bool isMachCore(QByteArrayView content)
{
    constexpr quint32 magic32 = 0xfeedface;
    constexpr quint32 magic64 = 0xfeedfacf;
    constexpr quint32 core = 4; // MH_CORE
    if (content.size() < machHead)
        return false;
    const auto magic = qFromLittleEndian<quint32>(content.data());
    return (magic == magic32 || magic == magic64) && qFromLittleEndian<quint32>(content.data() + 12) == core;
}

} // namespace

qsizetype memoryDumpHead(QByteArrayView content)
{
    if (isElfCore(content))
        return elfHead;
    return isMachCore(content) ? machHead : 0;
}

} // namespace AutoCommit
