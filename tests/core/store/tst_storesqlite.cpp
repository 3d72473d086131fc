#include "tests/core/store/storefixture.h"

#include <QCoreApplication>

namespace {

/// The history in a SQLite file, in a directory that is not there yet.
class SqlitePlace final : public StorePlace
{
public:
    void makeEmpty() override { m_file = m_folder.filePath(QStringLiteral("%1/a.db").arg(++m_count)); }
    QString location() const override { return m_file; }

private:
    QTemporaryDir m_folder;
    int m_count = 0;
    QString m_file;
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    SqlitePlace place;
    return runStoreContracts(place, argc, argv);
}
