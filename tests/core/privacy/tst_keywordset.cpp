#include "core/privacy/keywordset.h"
#include "tests/core/privacy/samples.h"

#include <QTest>

#include <set>

using namespace AutoCommit;

class TestKeywordSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itFindsWhatANaiveSearchFinds()
    {
        QRandomGenerator random(11);
        for (int round = 0; round < 200; ++round) {
            KeywordSet set;
            QList<QByteArray> words;
            for (int i = 0; i < 12; ++i)
                words.append(Samples::randomText(random, "ab_-", 1 + random.bounded(4)));
            for (qsizetype i = 0; i < words.size(); ++i)
                set.add(words[i], static_cast<int>(i));
            set.build();
            const QByteArray text = Samples::randomText(random, "aAbB_-xX", 60);
            std::multiset<std::pair<qsizetype, int>> found;
            set.search(text, [&](qsizetype end, int id) { found.emplace(end, id); });
            std::multiset<std::pair<qsizetype, int>> expected;
            for (qsizetype i = 0; i < words.size(); ++i) {
                const QByteArray lower = text.toLower();
                for (qsizetype at = lower.indexOf(words[i]); at >= 0; at = lower.indexOf(words[i], at + 1))
                    expected.emplace(at + words[i].size(), static_cast<int>(i));
            }
            QVERIFY(found == expected);
        }
    }

    void endsComeInOrder()
    {
        KeywordSet set;
        set.add("abc", 0);
        set.add("b", 1);
        set.build();
        QList<qsizetype> ends;
        set.search("xabcxb", [&](qsizetype end, int) { ends.append(end); });
        QCOMPARE(ends, (QList<qsizetype>{3, 4, 6}));
    }
};

QTEST_APPLESS_MAIN(TestKeywordSet)
#include "tst_keywordset.moc"
