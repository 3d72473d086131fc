#pragma once

#include <QByteArrayView>

namespace AutoCommit {

/// Bytes of the head by which a blob is known for the memory of a process, whatever its name is: an ELF file of type
/// ET_CORE (System V ABI, "ELF Header"), a Mach-O file of type MH_CORE (mach-o/loader.h). 0 for anything else.
qsizetype memoryDumpHead(QByteArrayView content);

} // namespace AutoCommit
