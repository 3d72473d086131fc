#include "core/inference/serverfacts.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestServerFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theServedContextIsFound_data()
    {
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<int>("context");
        QTest::addColumn<bool>("offered");
        QTest::newRow("llama.cpp")
            << R"({"models":[],"data":[{"id":"alias","meta":{"n_ctx":8192,"n_ctx_train":262144}}]})"_ba << 8192
            << false;
        QTest::newRow("vLLM") << R"({"data":[{"id":"m","max_model_len":4096}]})"_ba << 4096 << true;
        QTest::newRow("LM Studio") << R"({"data":[{"id":"o"},{"id":"m","loaded_context_length":2048}]})"_ba << 2048
                                   << true;
        QTest::newRow("only what was trained")
            << R"({"data":[{"id":"m","meta":{"n_ctx_train":262144}}]})"_ba << 0 << true;
        QTest::newRow("of several, not another's")
            << R"({"data":[{"id":"a","max_model_len":4},{"id":"b"}]})"_ba << 0 << false;
        QTest::newRow("Ollama's tag") << R"({"data":[{"id":"m:latest","owned_by":"library"}]})"_ba << 0 << true;
        QTest::newRow("nonsense") << "[1,2"_ba << 0 << false;
        QTest::newRow("wrong types") << R"({"data":[7,{"id":["m"],"max_model_len":"big"}]})"_ba << 0 << false;
    }
    void theServedContextIsFound()
    {
        QFETCH(QByteArray, list);
        ServerFacts facts;
        readModelList(list, u"m"_s, facts);
        QTEST(facts.contextTokens, "context");
        QTEST(facts.offersModel, "offered");
    }

    void theSmallerSizeWins()
    {
        ServerFacts facts;
        readModelList(R"({"data":[{"id":"m","meta":{"n_ctx":8192}}]})", u"m"_s, facts);
        readProps(R"({"default_generation_settings":{"n_ctx":2048},"total_slots":4})", facts);
        QCOMPARE(facts.contextTokens, 2048);
        readProps(R"({"default_generation_settings":{}})", facts);
        QCOMPARE(facts.contextTokens, 2048);
    }

    void ollamaIsKnownToCutSilently()
    {
        ServerFacts facts;
        readModelList(R"({"data":[{"id":"m:latest","owned_by":"library"}]})", u"m"_s, facts);
        QVERIFY(facts.cutsSilently);
        readOllamaProcesses(R"({"models":[{"name":"x","context_length":9},{"name":"m:latest","context_length":4096}]})",
                            u"m"_s, facts);
        QCOMPARE(facts.contextTokens, 4096);
    }
};

QTEST_APPLESS_MAIN(TestServerFacts)
#include "tst_serverfacts.moc"
