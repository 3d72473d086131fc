#include "core/message/file.h"

#include "core/base/cleantext.h"

#include <algorithm>
#include <utility>

namespace AutoCommit::Wording {

ByteView extensionOf(ByteView name)
{
    const qsizetype dot = name.lastIndexOf('.');
    return dot <= 0 ? ByteView() : name.sliced(dot + 1);
}

ByteView nameOf(ByteView path)
{
    return path.sliced(path.lastIndexOf('/') + 1);
}

ChangedFile changedFile(const FileChange &change, qsizetype index)
{
    ChangedFile file;
    file.change = &change;
    file.index = index;
    const ByteView path = change.path;
    const qsizetype slash = path.lastIndexOf('/');
    file.directory = slash < 0 ? ByteView() : path.first(slash);
    file.name = path.sliced(slash + 1);
    const ByteView extension = extensionOf(file.name);
    file.stem = extension.isEmpty() ? file.name : file.name.first(file.name.size() - extension.size() - 1);
    if (file.name.endsWith(".d.ts"))
        file.stem = file.name.first(file.name.size() - 5);
    for (const char *ending : {".test", ".spec", "_test", "-test", "_spec", "-spec", "Tests", "Test", "Spec"}) {
        if (file.stem.endsWith(ending) && file.stem.size() > ByteView(ending).size()) {
            file.stem = file.stem.first(file.stem.size() - ByteView(ending).size());
            break;
        }
    }
    for (const char *beginning : {"test_", "tst_"}) {
        if (file.stem.startsWith(beginning))
            file.stem = file.stem.sliced(ByteView(beginning).size());
    }
    file.lang = langOf(path);
    file.role = roleOf(path);
    file.header = file.lang == Lang::C
        && (file.name.endsWith(".h") || file.name.endsWith(".hpp") || file.name.endsWith(".hh")
            || file.name.endsWith(".hxx"));
    return file;
}

QString shownFile(const ChangedFile &file)
{
    const bool plain = isOneOf(file.stem,
                               "index mod main lib __init__ init README readme package Cargo pyproject default "
                               "types utils constants page layout action +page +layout CMakeLists Dockerfile "
                               "Makefile go pom setup build config BUILD settings helpers common");
    if (plain && !file.directory.isEmpty()) {
        const ByteView parent = file.directory.sliced(file.directory.lastIndexOf('/') + 1);
        if (parent != ByteView("src") || file.directory == ByteView("src"))
            return displayPath((parent.toByteArray() + '/' + file.name.toByteArray()));
        const ByteView above = file.directory.first(std::max<qsizetype>(0, file.directory.lastIndexOf('/')));
        const ByteView grand = above.sliced(above.lastIndexOf('/') + 1);
        if (!grand.isEmpty())
            return displayPath(grand.toByteArray() + "/src/" + file.name.toByteArray());
    }
    return displayPath(file.name.toByteArray());
}

QString moduleName(const ChangedFile &file)
{
    ByteView name = file.stem;
    if (isOneOf(name, "index mod main lib __init__ init page layout +page +layout") && !file.directory.isEmpty()) {
        ByteView folder = file.directory;
        while (isOneOf(folder.sliced(folder.lastIndexOf('/') + 1), "src lib app source") && folder.contains('/'))
            folder = folder.first(folder.lastIndexOf('/'));
        name = folder.sliced(folder.lastIndexOf('/') + 1);
    }
    return displayPath(name.toByteArray());
}

} // namespace AutoCommit::Wording
