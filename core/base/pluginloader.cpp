#include "core/base/pluginloader.h"

#include <QCoreApplication>
#include <QLibrary>

namespace AutoCommit {

using namespace Qt::StringLiterals;

/// Next to the program in a build tree, below lib when installed, in a bundle on macOS.
Result<PluginFunction> pluginFunction(const QString &plugin, const char *name)
{
    const QString here = QCoreApplication::applicationDirPath();
    QString problems;
    for (const QString &directory : {here, here + u"/" AC_PLUGINS_FROM_PROGRAM ""_s, here + u"/../PlugIns"_s}) {
        QLibrary library(directory + u"/libauto-commit-"_s + plugin);
        if (const QFunctionPointer function = library.resolve(name))
            return PluginFunction{function};
        problems += library.errorString() + u'\n';
    }
    return Error{ErrorKind::Internal,
                 u"a part of auto-commit is missing (libauto-commit-%1); install it again"_s.arg(plugin), problems};
}

} // namespace AutoCommit
