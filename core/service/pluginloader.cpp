#include "core/service/pluginloader.h"

#include <QCoreApplication>
#include <QLibrary>

namespace AutoCommit {

using namespace Qt::StringLiterals;

/// Next to the program in a build tree, below lib when installed.
Result<PluginFunction> modelPluginFunction(const char *name)
{
    const QString here = QCoreApplication::applicationDirPath();
    QString problems;
    for (const QString &directory : {here, here + u"/../" AC_LIBDIR "/auto-commit"_s, here + u"/../PlugIns"_s}) {
        QLibrary library(directory + u"/libauto-commit-models"_s);
        if (const QFunctionPointer function = library.resolve(name))
            return PluginFunction{function};
        problems += library.errorString() + u'\n';
    }
    return Error{ErrorKind::ModelUnavailable,
                 u"the part that talks to other machines is missing; install auto-commit again"_s, problems};
}

} // namespace AutoCommit
