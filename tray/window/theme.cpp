#include "tray/window/theme.h"

#include <QApplication>
#include <QFile>
#include <QPainter>
#include <QStyleFactory>
#include <QSvgRenderer>
#include <QTranslator>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QColor mix(const QColor &a, const QColor &b, double share)
{
    const auto part = [&](int x, int y) { return qRound(x + (y - x) * share); };
    return {part(a.red(), b.red()), part(a.green(), b.green()), part(a.blue(), b.blue())};
}

} // namespace

const Theme &Theme::light()
{
    static const Theme theme{
        .dark = false,
        .window = QColor(0xf6f7f9),
        .surface = QColor(0xffffff),
        .sidebar = QColor(0xeceff3),
        .border = QColor(0xdde1e7),
        .text = QColor(0x1c2330),
        .muted = QColor(0x5d6778),
        .accent = QColor(0x1d7a58),
        .selection = QColor(0xdcefe6),
        .good = QColor(0x1d8a55),
        .info = QColor(0x2368c4),
        .warn = QColor(0xa65c00),
        .bad = QColor(0xcc3340),
        .warnGround = QColor(0xfff4e0),
        .addedGround = QColor(0xe2f5e9),
        .removedGround = QColor(0xfde8e9),
        .heat = {QColor(0xe8ebef), QColor(0xb5e3c8), QColor(0x6cc795), QColor(0x2e9e5b), QColor(0x17693f)},
    };
    return theme;
}

const Theme &Theme::night()
{
    static const Theme theme{
        .dark = true,
        .window = QColor(0x1d2025),
        .surface = QColor(0x23272e),
        .sidebar = QColor(0x181b1f),
        .border = QColor(0x363c46),
        .text = QColor(0xe5e9ef),
        .muted = QColor(0x9ba5b5),
        .accent = QColor(0x4cc394),
        .selection = QColor(0x274538),
        .good = QColor(0x55c98a),
        .info = QColor(0x6ea8f7),
        .warn = QColor(0xf0a94a),
        .bad = QColor(0xf2727a),
        .warnGround = QColor(0x3a2f1c),
        .addedGround = QColor(0x1d3a2a),
        .removedGround = QColor(0x43252a),
        .heat = {QColor(0x2c323b), QColor(0x1f4a35), QColor(0x2a7350), QColor(0x39a56f), QColor(0x6fe0a5)},
    };
    return theme;
}

const Theme &Theme::current()
{
    return QApplication::palette().color(QPalette::Window).lightness() < 128 ? night() : light();
}

QPalette Theme::palette() const
{
    QPalette p;
    p.setColor(QPalette::Window, window);
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, surface);
    p.setColor(QPalette::AlternateBase, mix(surface, window, 0.6));
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::Button, dark ? mix(surface, text, 0.06) : surface);
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::BrightText, bad);
    p.setColor(QPalette::ToolTipBase, dark ? QColor(0x2f353e) : QColor(0xffffff));
    p.setColor(QPalette::ToolTipText, text);
    p.setColor(QPalette::PlaceholderText, muted);
    p.setColor(QPalette::Highlight, accent);
    p.setColor(QPalette::HighlightedText, dark ? QColor(0x10241b) : QColor(0xffffff));
    p.setColor(QPalette::Link, info);
    p.setColor(QPalette::Light, mix(window, surface, 0.5));
    p.setColor(QPalette::Mid, border);
    p.setColor(QPalette::Dark, mix(border, text, 0.2));
    p.setColor(QPalette::Shadow, QColor(Qt::black));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, mix(muted, window, 0.45));
    return p;
}

QString Theme::styleSheet() const
{
    QString sheet = uR"(
QToolTip { border: 1px solid @border; padding: 4px; }
QTreeView, QTableView, QListView { border: none; background: @surface; outline: 0; }
QTreeView::item { height: 32px; padding: 0 6px; border: none; }
QTreeView::item:selected { background: @selection; color: @text; }
QTreeView::item:selected:!active { background: @quiet; }
QListWidget#files { padding: 0 12px; }
QListWidget#files::item { padding: 3px 4px; }
QListWidget#files::item:selected { background: @selection; color: @text; }
QTreeView::item:hover:!selected { background: @window; }
QHeaderView { background: @surface; }
QHeaderView::section { background: @surface; color: @muted; border: none; border-bottom: 1px solid @border; padding: 7px 9px; }
QHeaderView::section:focus { color: @text; }
QLineEdit, QSpinBox, QComboBox { background: @surface; border: 1px solid @border; border-radius: 6px; padding: 5px 8px; min-height: 20px; selection-background-color: @accent; }
QLineEdit:focus, QSpinBox:focus, QComboBox:focus { border: 1px solid @accent; }
QComboBox::drop-down { subcontrol-origin: padding; subcontrol-position: center right; border: none; width: 24px; }
QComboBox::down-arrow { image: url(:/icons/ui/down-@shade.svg); width: 14px; height: 14px; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid @muted; border-radius: 4px; background: @surface; }
QCheckBox::indicator:disabled { border: 1px solid @faint; }
QCheckBox::indicator:focus { border: 1px solid @accent; }
QCheckBox::indicator:checked { border: 1px solid @accent; background: @accent; image: url(:/icons/ui/tick-@shade.svg); }
QCheckBox::indicator:checked:disabled { border: 1px solid @faint; background: @faint; }
QCheckBox::indicator:checked:focus { border: 1px solid @text; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @muted; border-radius: 8px; background: @surface; }
QRadioButton::indicator:checked { border: 1px solid @accent; background: qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5, fy:0.5, stop:0 @accent, stop:0.55 @accent, stop:0.65 @surface, stop:1 @surface); }
QRadioButton::indicator:focus { border: 1px solid @accent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @border; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QPushButton { background: @surface; border: 1px solid @border; border-radius: 6px; padding: 6px 12px; }
QPushButton:hover { border-color: @muted; }
QPushButton:pressed { background: @selection; }
QPushButton:focus { border: 1px solid @accent; }
QPushButton:disabled { color: @faint; }
QPushButton#primary { background: @accent; color: @onaccent; border-color: @accent; font-weight: 600; }
QPushButton#primary:disabled { background: @border; color: @muted; border-color: @border; }
QPushButton::menu-indicator { subcontrol-position: right center; subcontrol-origin: padding; left: -4px; }
QFrame#card, QFrame#banner { background: @surface; border: 1px solid @border; border-radius: 8px; }
QFrame#strip { background: @warnground; border: 1px solid @border; border-radius: 8px; }
QFrame#pane { background: @surface; }
QListWidget#sidebar { background: @sidebar; border: none; padding: 8px; font-size: 14px; }
QListWidget#sidebar::item { height: 36px; border-radius: 6px; padding-left: 10px; color: @text; margin: 1px 0; }
QListWidget#sidebar::item:selected { background: @selection; color: @text; }
QListWidget#sidebar::item:selected:focus { border: 1px solid @accent; }
QListWidget#sidebar::item:hover:!selected { background: @border; }
QWidget#sidebarBox { background: @sidebar; }
QLabel#muted { color: @muted; }
QLabel#toast { background: @surface; color: @text; border-top: 1px solid @border; padding: 8px 16px; }
QLabel#title { font-size: 19px; font-weight: 600; }
QLabel#heading { font-size: 15px; font-weight: 600; }
QSplitter::handle { background: @border; }
QScrollArea, QScrollArea > QWidget > QWidget#page { background: @window; border: none; }
QMenu { background: @surface; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 6px 26px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: @selection; color: @text; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: 1px; background: @border; margin: 4px 6px; }
)"_s;
    const QList<std::pair<QString, QColor>> colours{
        {u"@warnground"_s, warnGround},
        {u"@onaccent"_s, dark ? QColor(0x10241b) : QColor(0xffffff)},
        {u"@selection"_s, selection},
        {u"@quiet"_s, mix(surface, text, 0.09)}, // the keyboard is elsewhere
        {u"@surface"_s, surface},
        {u"@sidebar"_s, sidebar},
        {u"@border"_s, border},
        {u"@accent"_s, accent},
        {u"@window"_s, window},
        {u"@muted"_s, muted},
        {u"@faint"_s, mix(muted, window, 0.45)},
        {u"@text"_s, text}};
    sheet.replace(u"@shade"_s, dark ? u"dark"_s : u"light"_s);
    for (const auto &[name, colour] : colours)
        sheet.replace(name, colour.name());
    return sheet;
}

void applyTheme(QApplication &app, ThemeChoice choice)
{
    const bool dark = choice == ThemeChoice::Dark
        || (choice == ThemeChoice::System && QApplication::palette().color(QPalette::Window).lightness() < 128);
    const Theme &theme = dark ? Theme::night() : Theme::light();
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    QApplication::setPalette(theme.palette());
    app.setStyleSheet(theme.styleSheet());
}

void installTranslation(QApplication &app, const QLocale &locale)
{
    auto *translator = new QTranslator(&app);
    // English has a file as well: it holds the singular forms.
    if (translator->load(locale, u"commits-tray"_s, u"_"_s, u":/i18n"_s)
        || translator->load(u":/i18n/commits-tray_en.qm"_s))
        QCoreApplication::installTranslator(translator);
}

QIcon uiIcon(const QString &name, const QColor &colour)
{
    QFile file(u":/icons/ui/%1.svg"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QColor ink = colour.isValid() ? colour : Theme::current().text;
    QSvgRenderer renderer(file.readAll().replace("#000000", ink.name().toLatin1()));
    QIcon icon;
    for (const int size : {16, 20, 24, 32, 40, 48, 64}) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        renderer.render(&painter);
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace AutoCommit
