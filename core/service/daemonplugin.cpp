#include "core/service/daemonplugin.h"

#include <QCoreApplication>
#include <QLibrary>

namespace AutoCommit {

using namespace Qt::StringLiterals;

/// Next to the program in a build tree, below lib when installed, in a bundle on macOS.
Status loadOwnLibrary(const QString &name, const char *function, QFunctionPointer &found)
{
    const QString here = QCoreApplication::applicationDirPath();
    QString problems;
    for (const QString &directory : {here, here + u"/../" AC_LIBDIR "/auto-commit"_s, here + u"/../PlugIns"_s}) {
        QLibrary library(directory + u"/libauto-commit-"_s + name);
        found = library.resolve(function);
        if (found)
            return {};
        problems += library.errorString() + u'\n';
    }
    return Error{ErrorKind::Internal, u"a part of auto-commit is missing (%1); install it again"_s.arg(name), problems};
}

} // namespace AutoCommit
