#pragma once

#include "core/base/redactedtext.h"
#include "core/privacy/finding.h"
#include "core/privacy/gatepolicy.h"

#include <QStringList>

#include <memory>

namespace AutoCommit {

class ScanStream;

/// What is known about a text beside its bytes.
struct ScanContext
{
    QByteArray path = {}; ///< relative to the work tree; says how to read configuration files, tests, locks
};

/// Finds secrets in blobs and texts of any kind and masks them. Copies share everything; all functions are const and
/// may be called from any number of threads. Making one costs nothing: rules are read when the first text comes.
/// Time and memory are linear in the text, whatever it holds.
class SecretScanner
{
public:
    explicit SecretScanner(const GatePolicy &policy = {});

    /// In the order of their offsets, none overlapping another; allowed ones are in the list, too.
    Findings scan(QByteArrayView content, const ScanContext &context = {}) const;

    /// For blobs that come in pieces; finds the same, whatever the pieces.
    ScanStream stream(const ScanContext &context = {}) const;

    /// The text with every secret masked, each byte by one `*`, blanks and line ends kept. Allowances count for nothing
    /// here. What comes out has no findings, and no masked value occurs in it elsewhere.
    RedactedText redact(QByteArrayView text, const ScanContext &context = {}) const;

    /// What of the policy was not accepted, for people. Empty for a good one.
    QStringList complaints() const;

private:
    friend class ScanStream;
    struct Engine;

    std::shared_ptr<const Engine> m_engine;
};

} // namespace AutoCommit
