#pragma once

#include "core/privacy/shape.h"

namespace AutoCommit {

/// The most telling run of spelled-out bytes at the top level of a shape: what the keyword search looks for.
QList<Shape::Anchor> findShapeAnchors(const Shape::Sequence &nodes);

} // namespace AutoCommit
