#include "tray/icon/stateicon.h"

#include <QPainter>
#include <QSvgRenderer>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QIcon rendered(const QString &resource)
{
    QSvgRenderer renderer(resource);
    QIcon icon;
    for (const int size : {16, 18, 20, 22, 24, 32, 36, 44, 48, 64, 96, 128, 256}) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        renderer.render(&painter);
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace

QIcon colouredStateIcon(TrayState state)
{
    return rendered(u":/icons/state/%1.svg"_s.arg(StateWords::iconName(state)));
}

QIcon stateIcon(TrayState state)
{
#ifdef Q_OS_MACOS
    QIcon icon = rendered(u":/icons/state/%1-mask.svg"_s.arg(StateWords::iconName(state)));
    icon.setIsMask(true);
    return icon;
#else
    return colouredStateIcon(state);
#endif
}

QIcon applicationIcon()
{
    return rendered(u":/icons/auto-commit.svg"_s);
}

} // namespace AutoCommit
