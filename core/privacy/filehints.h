#pragma once

#include <QByteArrayView>

namespace AutoCommit {

/// What the path of a file says about how its text has to be read.
struct FileHints
{
    bool configuration = false; ///< unquoted values go to the end of the line: .env, .ini, .properties, …
    bool text = false; ///< notes, logs and scripts: an unquoted value is a value there, not code
    bool test = false; ///< tests, fixtures, examples, documentation: chosen passwords are made up there
    bool notes = false; ///< Markdown that is no manual: somebody may keep real passwords in it
    bool fixture = false; ///< tests and their data alone: hashes and identifiers are no secrets there
    bool inlineTests = false; ///< Rust: unit tests stand at the end of the code they test
    bool lock = false; ///< package locks and checksum lists: full of hashes
};

FileHints fileHintsOf(QByteArrayView path);

} // namespace AutoCommit
