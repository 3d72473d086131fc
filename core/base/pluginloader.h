#pragma once

#include "core/base/result.h"

#include <QFunctionPointer>

namespace AutoCommit {

struct PluginFunction
{
    QFunctionPointer pointer = nullptr;
};

/// A function of a library that is installed with this program and loaded when it is needed: "daemon" means
/// libauto-commit-daemon. Error: Internal, when the library or the function is not there. Any thread.
Result<PluginFunction> pluginFunction(const QString &plugin, const char *name);

} // namespace AutoCommit
