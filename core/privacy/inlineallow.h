#pragma once

#include <QByteArrayView>

namespace AutoCommit {

/// The comment that lets the findings of its line pass: `auto-commit:allow-secret`, or for one rule only
/// `auto-commit:allow-secret=rule-id`. The markers of other tools count for nothing.
bool hasInlineAllow(QByteArrayView line, QByteArrayView rule);

} // namespace AutoCommit
