#include "core/model/answerkey.h"

#include "tests/support/changes.h"

#include <QTest>

#include <functional>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

namespace {

struct Asked
{
    ChangeSet change{{edited("a.cpp", {"old"}, {"new"}), added("b.cpp", {"b"})}};
    QList<qsizetype> files{0};
    MessageRules rules;
    ModelNames names{u"r"_s, u"i"_s};

    QByteArray key() const { return answerKey({.change = change, .files = files, .rules = rules}, names); }
};

using Alter = std::function<void(Asked &)>;

} // namespace

Q_DECLARE_METATYPE(Alter)

class TestAnswerKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatDecidesAMessageDecidesItsKey_data()
    {
        QTest::addColumn<Alter>("alter");
        QTest::addColumn<bool>("same");
        QTest::newRow("nothing") << Alter([](Asked &) {}) << true;
        QTest::newRow("another file beside") << Alter([](Asked &a) { a.change.files[1].newBlob = "c"; }) << true;
        QTest::newRow("the history") << Alter([](Asked &a) { a.rules.examples = {u"feat: x"_s}; }) << true;
        QTest::newRow("content") << Alter([](Asked &a) { a.change.files[0].newBlob = "c"; }) << false;
        QTest::newRow("what it was") << Alter([](Asked &a) { a.change.files[0].oldBlob = "c"; }) << false;
        QTest::newRow("mode") << Alter([](Asked &a) { a.change.files[0].newMode = 0100755; }) << false;
        QTest::newRow("name") << Alter([](Asked &a) { a.change.files[0].path = "z.cpp"; }) << false;
        QTest::newRow("more files") << Alter([](Asked &a) { a.files = {0, 1}; }) << false;
        QTest::newRow("style") << Alter([](Asked &a) { a.rules.style = SubjectStyle::Plain; }) << false;
        QTest::newRow("limit") << Alter([](Asked &a) { a.rules.headerLimit = 50; }) << false;
        QTest::newRow("model") << Alter([](Asked &a) { a.names.instruct = u"j"_s; }) << false;
    }
    void whatDecidesAMessageDecidesItsKey()
    {
        QFETCH(Alter, alter);
        QFETCH(bool, same);
        Asked altered;
        alter(altered);
        QCOMPARE(altered.key() == Asked().key(), same);
        QCOMPARE(altered.key().size(), 64);
    }

    void aChangeWithoutObjectNamesIsKnownByItsLines()
    {
        Asked one;
        one.change.files[0].newBlob.clear();
        Asked other = one;
        QCOMPARE(one.key(), other.key());
        other.change.files[0].hunks[0].added = {"newer"};
        QVERIFY(one.key() != other.key());
    }
};

QTEST_APPLESS_MAIN(TestAnswerKey)
#include "tst_answerkey.moc"
