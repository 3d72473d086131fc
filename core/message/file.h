#pragma once

#include "core/change/changeset.h"
#include "core/message/text.h"

#include <QString>

namespace AutoCommit::Wording {

/// How a file is read, by its name. Languages that are read alike share one.
enum class Lang {
    None,
    C, ///< C, C++, Objective-C, CUDA
    CSharp,
    Java,
    Kotlin, ///< Kotlin, Scala, Groovy
    Swift,
    Dart,
    Go,
    Rust,
    Python,
    JavaScript, ///< and TypeScript, JSX, Vue, Svelte
    Php,
    Ruby,
    Elixir,
    Lua,
    Shell,
    Lisp, ///< and assemblers, tree-sitter queries: what has ';' comments
    Other, ///< code of which only the words are read
    Sql,
    Css,
    Html, ///< and XML
    CMake,
    Make,
    Docker,
    Yaml,
    Json,
    Toml,
    Ini, ///< and .properties, .env.example, .editorconfig, .gitattributes
    Proto, ///< Protocol Buffers, GraphQL, Thrift
    Hcl,
    Markdown,
    Rst, ///< and AsciiDoc, Org, plain text
};

/// What a file is for, by its path: decides how much a fact from it counts.
enum class Role {
    Source,
    Test,
    Fixture, ///< data of tests, snapshots
    Docs,
    Changelog,
    Example,
    Ci,
    Build,
    Manifest, ///< names the dependencies
    Lock, ///< follows a manifest
    Config, ///< settings of tools, formatters, editors
    Ignore,
    License,
    Translation,
    Asset,
    Generated,
};

struct ChangedFile
{
    const FileChange *change = nullptr;
    qsizetype index = 0; ///< among the files of the message
    ByteView name{}; ///< behind the last '/'
    ByteView stem{}; ///< name without its extension (and without ".test", ".spec", "_test", "test_")
    ByteView directory{}; ///< without the last '/', empty at the top
    Lang lang = Lang::None;
    Role role = Role::Source;
    bool header = false; ///< of C or C++: declarations count
};

/// Behind the last '.' of a file name, empty for ".profile" and "Makefile"; behind the last '/' of a path.
ByteView extensionOf(ByteView name);
ByteView nameOf(ByteView path);

Lang langOf(ByteView path);
Role roleOf(ByteView path);
ChangedFile changedFile(const FileChange &change, qsizetype index);

/// Is it code (definitions, calls), as opposed to data, prose and markup?
bool isCode(Lang lang);

/// Does a line comment of this language start at `text`?
bool startsComment(Lang lang, ByteView text);

/// "src/a/parser.cpp" -> "parser.cpp"; for names that say nothing alone ("index.ts", "mod.rs") with the folder before.
QString shownFile(const ChangedFile &file);

/// The module a file stands for, as people say it: "parser" for parser.cpp, the folder for index.ts, mod.rs,
/// __init__.py.
QString moduleName(const ChangedFile &file);

} // namespace AutoCommit::Wording
