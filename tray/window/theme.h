#pragma once

#include <QColor>
#include <QIcon>
#include <QLocale>
#include <QPalette>

#include <array>

class QApplication;

namespace AutoCommit {

enum class ThemeChoice { System, Light, Dark };

/// Every colour of the window. One value for light, one for dark; contrast of text to its ground is at least 4.5.
struct Theme
{
    bool dark = false;
    QColor window{};
    QColor surface{};
    QColor sidebar{};
    QColor border{};
    QColor text{};
    QColor muted{};
    QColor accent{};
    QColor selection{}; ///< ground of selected rows
    QColor good{};
    QColor info{};
    QColor warn{};
    QColor bad{};
    QColor warnGround{};
    QColor addedGround{};
    QColor removedGround{};
    std::array<QColor, 5> heat{};

    static const Theme &light();
    static const Theme &night();
    /// The one in force, told from the application's palette (Qt 6.4 has no colour scheme to ask for).
    static const Theme &current();

    QPalette palette() const;
    QString styleSheet() const;
};

void applyTheme(QApplication &app, ThemeChoice choice);

/// The words of the window in the language of `locale`, where there is a translation; else English.
void installTranslation(QApplication &app, const QLocale &locale);

/// A line icon of resources/icons/ui in the theme's text colour, or in `colour`.
QIcon uiIcon(const QString &name, const QColor &colour = {});

} // namespace AutoCommit
