#pragma once

#include "core/message/fact.h"

namespace AutoCommit::Wording {

/// Every finder of facts, in the order they are asked; one file a family. A finder adds what it can prove from the
/// changed lines and the paths and leaves `facts` alone otherwise.

/// Files moved, renamed, removed; the executable bit, symlinks, binaries, submodules.
/// "add a, b, c and 97 more" as "add 100 files to docs", where all are below one folder.
Fact withFilesCounted(const Fact &fact, const ChangeView &view);

void addPathFacts(const Evidence &evidence, Facts &facts);

/// New files, by what they hold: their main definition, heading, package name.
void addNewFileFacts(const Evidence &evidence, Facts &facts);

/// The version of the project itself.
constexpr double certainRelease = 120; ///< salience of a commit that holds nothing but a release
void addReleaseFacts(const Evidence &evidence, Facts &facts);

/// Versions in manifests, Dockerfiles, workflows; packages added and dropped; lock files.
void addDependencyFacts(const Evidence &evidence, Facts &facts);

/// Functions, classes, types and constants added, removed, moved, renamed, with a new signature.
void addSymbolFacts(const Evidence &evidence, Facts &facts);

/// Fields of classes and structs, members of enums.
void addMemberFacts(const Evidence &evidence, Facts &facts);

/// Command line options, environment variables, routes.
void addOptionFacts(const Evidence &evidence, Facts &facts);

/// Flags that commands in scripts and workflows are newly given, or no longer.
void addFlagFacts(const Evidence &evidence, Facts &facts);

/// One identifier put for another all over; paths of imports and includes.
void addRenameFacts(const Evidence &evidence, Facts &facts);

/// Lines in which one literal changed: constants, defaults, settings.
void addValueFacts(const Evidence &evidence, Facts &facts);

/// Conditions, guards, cases, errors raised and caught.
void addLogicFacts(const Evidence &evidence, Facts &facts);

/// Properties and entries that are newly set, or set to something else.
void addAssignmentFacts(const Evidence &evidence, Facts &facts);

/// Values returned, errors raised, casts, the words of messages.
void addStatementFacts(const Evidence &evidence, Facts &facts);

/// Attributes and components in templates: Vue, Svelte, JSX, HTML.
void addMarkupFacts(const Evidence &evidence, Facts &facts);

/// Annotations and attributes of definitions: deprecations, derives, features.
void addAnnotationFacts(const Evidence &evidence, Facts &facts);

/// Files in which only the order of the lines changed.
void addReorderFacts(const Evidence &evidence, Facts &facts);

/// Edits of which only the place can be told: a condition, a return value, the arguments of a call.
void addVagueFacts(const Evidence &evidence, Facts &facts);

/// What functions newly call, pass, use, or no longer.
void addCallFacts(const Evidence &evidence, Facts &facts);

/// Test cases.
void addTestFacts(const Evidence &evidence, Facts &facts);

/// What the change says of itself: an entry of the change log, the title of the one test that came with a fix.
void addBehaviourFacts(const Evidence &evidence, Facts &facts);

/// What an added comment says the code beside it is for: "avoid flushing twice".
void addIntentFacts(const Evidence &evidence, Facts &facts);

/// The one identifier that came to, or left, many places.
void addThemeFacts(const Evidence &evidence, Facts &facts);

/// Sections, pages, typos, links, code spans.
void addDocsFacts(const Evidence &evidence, Facts &facts);

/// Keys of YAML, JSON, TOML and INI files; entries of ignore files; jobs and steps of workflows; translations.
void addConfigFacts(const Evidence &evidence, Facts &facts);

/// Comments and doc comments, licence headers.
void addCommentFacts(const Evidence &evidence, Facts &facts);

/// Files that were only formatted.
void addFormatFacts(const Evidence &evidence, Facts &facts);

/// Imports, where nothing else changed beside them.
void addImportFacts(const Evidence &evidence, Facts &facts);

/// What is left when nothing else is known; always adds at least one fact.
void addFallbackFacts(const Evidence &evidence, Facts &facts);

/// All of them.
Facts factsOf(const Evidence &evidence);

} // namespace AutoCommit::Wording
