#pragma once

#include <QString>

namespace AutoCommit {

/// The names a README goes by at the top of a repository, the usual one first.
QStringList readmeNames();

/// What a README says the project is: its first paragraph of prose without markup, a sentence or two. Empty where it
/// has none. The text is a stranger's: whoever shows it to a model masks and frames it. Pure.
QString readmeExcerpt(const QByteArray &content);

} // namespace AutoCommit
