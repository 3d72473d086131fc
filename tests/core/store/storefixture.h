#pragma once

#include "tests/core/store/storesupport.h"

#include <QObject>

#include <memory>

/// Where the history under test is kept.
class StorePlace
{
public:
    virtual ~StorePlace() = default;
    /// A database without a table, at a place no other test uses at this moment.
    virtual void makeEmpty() = 0;
    virtual QString location() const = 0;
};

/// The ground of the contracts: what a history promises, whichever database it is kept in.
class StoreFixture : public QObject
{
    Q_OBJECT

public:
    explicit StoreFixture(StorePlace &place)
        : m_place(place)
    { }

protected:
    void start();
    void stop() { m_store.reset(); }
    void reopen();

    StorePlace &place() { return m_place; }
    AutoCommit::Store &store() { return *m_store; }
    AutoCommit::Testing::HandClock &clock() { return m_clock; }
    AutoCommit::StoreOptions options() const;

    const QString tool = QStringLiteral("aaaaaaaaaaaaaaaaaaaa"); ///< two repositories
    const QString other = QStringLiteral("bbbbbbbbbbbbbbbbbbbb");

private:
    StorePlace &m_place;
    AutoCommit::Testing::HandClock m_clock;
    QTemporaryDir m_folder;
    int m_number = 0;
    std::unique_ptr<AutoCommit::Store> m_store;
};

/// All contracts at one place; how many tests failed.
int runStoreContracts(StorePlace &place, int argc, char **argv);
