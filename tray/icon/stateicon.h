#pragma once

#include "tray/model/statewords.h"

#include <QIcon>

namespace AutoCommit {

/// The tray's picture of a state, drawn from SVG in every size a panel asks for: readable at 16 pixels on light and
/// dark grounds, told apart by shape and not by colour alone. On macOS a template image, which the menu bar colours.
QIcon stateIcon(TrayState state);

/// The same in colour on every system, for the window.
QIcon colouredStateIcon(TrayState state);

QIcon applicationIcon();

} // namespace AutoCommit
