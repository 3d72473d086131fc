#pragma once

#include <QList>
#include <QString>

namespace AutoCommit {

enum class NoteLevel { Good, Warning };

/// Something a note offers to do; `name` is for programs.
struct NoteAction
{
    QString name{};
    QString text{};

    static QString open() { return QStringLiteral("open"); }
    static QString retry() { return QStringLiteral("retry"); }
    static QString mute() { return QStringLiteral("mute"); }
};

/// A few words for somebody who does something else at the moment.
struct TrayNote
{
    NoteLevel level = NoteLevel::Good;
    QString cause{}; ///< one note for each: kind of an error, "link", "well"
    QString title{};
    QString text{};
    QList<NoteAction> actions{}; ///< beside opening the window
};

} // namespace AutoCommit
