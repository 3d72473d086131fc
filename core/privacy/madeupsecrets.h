#pragma once

#include <QByteArrayList>

namespace AutoCommit {

/// Values like secrets and one token of every format the scanner knows: an allowance that fits one of them would let
/// real secrets through. The same list each time, so that the verdict on an allowance does not change from one run to
/// the next. Reads the scanner's knowledge: some milliseconds.
QByteArrayList madeUpSecrets();

} // namespace AutoCommit
