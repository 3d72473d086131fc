#pragma once

#include <QString>
#include <QStringList>

namespace AutoCommit {

/// A line without what models put around a subject: bullets, numbers, quotes, bold, a heading's marks, "Commit
/// message:" and its kin. What is one of the `areas` of the program stays: "commit: sign it" says where.
QString undecorated(const QString &line, const QStringList &areas = {});

/// Without emoji and ":shortcodes:" at either end, without "[WIP]" in front and orders to programs.
QString withoutMarkers(QString text);
QString withoutEmoji(QString text);

/// A line that announces the message or talks about it: "Sure, here is the commit message:".
bool isPreamble(const QString &line);

/// A line that ends the message: what follows speaks to the reader of the chat.
bool isChatter(const QString &line);

/// The answer without what is around the message as a whole: answer tags, code fences (the one that holds a header of
/// one of these types), a `git commit -m` command with its here-document, a diff, a table.
QString unwrapped(const QString &answer, const QStringList &types);

} // namespace AutoCommit
