#pragma once

#include "core/base/result.h"

#include <QFunctionPointer>

namespace AutoCommit {

struct PluginFunction
{
    QFunctionPointer pointer = nullptr;
};

/// A function of the library that holds what needs Qt's network module (see modelplugin.h). Any thread.
Result<PluginFunction> modelPluginFunction(const char *name);

} // namespace AutoCommit
