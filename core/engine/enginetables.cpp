#include "core/engine/enginetables.h"

#include "core/engine/linkage.h"
#include "core/engine/pairfeatures.h"
#include "core/engine/typing.h"

#include <QFile>

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

Result<TreeTable> load(const QString &name, const QList<QByteArray> &features)
{
    QFile file(u":/engine/"_s + name);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::Internal, u"%1 is missing from this program"_s.arg(name)};
    return TreeTable::parse(file.readAll(), features);
}

template <typename Feature> QList<QByteArray> names(std::size_t count, const char *(*nameOf)(Feature))
{
    QList<QByteArray> list;
    for (std::size_t i = 0; i < count; ++i)
        list.append(nameOf(static_cast<Feature>(i)));
    return list;
}

} // namespace

Result<TreeTable> loadPairTable()
{
    return load(u"pair.table"_s, names<PairFeature>(pairFeatureCount, pairFeatureName));
}

Result<TreeTable> loadMergeTable()
{
    return load(u"merge.table"_s, names<MergeFeature>(mergeFeatureCount, mergeFeatureName));
}

Result<TreeTable> loadTypeTable()
{
    return load(u"type.table"_s, typeValueNames());
}

} // namespace AutoCommit
