#include "core/wording/ladder.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(AutoCommit::MessageRules)

namespace {

struct Case
{
    QString name;
    QStringList options;
    QString raw;
    QString expected; ///< "! reason" or "!" for a refusal
};

/// \xNN and \uNNNN
QString unescaped(QString text)
{
    static const QRegularExpression code(uR"(\\x([0-9a-f]{2})|\\u([0-9a-f]{4}))"_s);
    QString out;
    qsizetype from = 0;
    for (auto found = code.globalMatch(text); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        out += QStringView(text).sliced(from, match.capturedStart() - from);
        out += QChar((match.captured(1) + match.captured(2)).toUShort(nullptr, 16));
        from = match.capturedEnd();
    }
    return out + text.sliced(from);
}

QList<Case> casesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QFile::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    QList<Case> cases;
    const QStringList blocks = QString::fromUtf8(file.readAll()).split(u"#### "_s, Qt::SkipEmptyParts);
    for (const QString &block : blocks) {
        const QString title = block.section(u'\n', 0, 0);
        const QString rest = block.section(u'\n', 1);
        const qsizetype arrow = rest.startsWith(u"==>"_s) ? 0 : rest.indexOf(u"\n==>"_s) + 1;
        Case one{.name = title.section(u" | "_s, 0, 0),
                 .options = title.section(u" | "_s, 1).split(u' ', Qt::SkipEmptyParts),
                 .raw = unescaped(rest.left(std::max<qsizetype>(0, arrow - 1)))};
        const QString verdict = rest.sliced(arrow + 3);
        one.expected = verdict.startsWith(u" refused"_s) ? u"!"_s + verdict.sliced(8).trimmed() : verdict.trimmed();
        cases.append(one);
    }
    return cases;
}

MessageRules rulesFor(const QStringList &options)
{
    MessageRules rules;
    for (const QString &option : options) {
        if (option == u"plain"_s || option == u"area"_s) {
            rules.style = option == u"plain"_s ? SubjectStyle::Plain : SubjectStyle::Area;
            rules.types.clear();
            rules.firstLetter = option == u"plain"_s ? FirstLetter::Upper : FirstLetter::Keep;
        } else if (option == u"closed"_s) {
            rules.scopes = {u"parser"_s, u"cli"_s};
            rules.scopesClosed = true;
        } else if (option == u"nobreak"_s) {
            rules.breakingAllowed = false;
        } else if (option == u"nobody"_s) {
            rules.bodyAllowed = false;
        } else if (option == u"english"_s) {
            rules.latinOnly = rules.englishOnly = true;
        } else if (option.startsWith(u"assume="_s)) {
            rules.assumedType = option.sliced(7);
        } else if (option == u"secret"_s) {
            rules.containsSecret = [](const QString &text) { return text.contains(u"hunter2"_s); };
        } else if (option == u"example"_s) {
            rules.examples = {u"fix(parser): handle empty input"_s};
        } else if (option == u"prompt"_s) {
            rules.promptWords
                = u"Describe only what the diff shows and never invent issue numbers, authors or motives."_s;
        } else if (option == u"evidence"_s) {
            rules.evidence = "src/parser.cpp\nempty input\n#42\n";
        } else if (option != u"cut"_s) {
            qFatal("no such option: %s", qPrintable(option));
        }
    }
    return rules;
}

QString outcome(const LadderResult &result)
{
    return result.message ? result.message->text() : u"!"_s + rejectionName(result.rejection);
}

/// What every message has to be, whatever the answer was.
void verifySafe(const CommitText &message, const MessageRules &rules)
{
    const QString text = message.text();
    QVERIFY2(message.header().size() <= rules.headerLimit, qPrintable(text));
    QVERIFY(!message.header().contains(u'\n'));
    static const QRegularExpression invisible(
        uR"([\x{0}-\x{9}\x{B}-\x{1F}\x{7F}-\x{9F}\x{AD}\x{200B}-\x{200F}\x{2028}-\x{202E}\x{2060}-\x{2069}\x{FEFF}\x{FFFD}])"_s);
    QVERIFY2(!text.contains(invisible), qPrintable(text));
    QVERIFY(text.isValidUtf16());
    static const QRegularExpression trailer(uR"(^(?:[A-Za-z-]+-by|Change-Id|Cc|Fixes|Closes)\s*:)"_s,
                                            QRegularExpression::MultilineOption
                                                | QRegularExpression::CaseInsensitiveOption);
    QVERIFY2(!message.body.contains(trailer), qPrintable(text));
    const QStringList lines = message.body.split(u'\n');
    for (const QString &line : lines) {
        QVERIFY2(!line.startsWith(u'#'), qPrintable(text));
        QVERIFY2(line.size() <= rules.bodyWidth || !line.trimmed().contains(u' '), qPrintable(line));
    }
    QVERIFY(lines.size() <= rules.bodyLines);
    QCOMPARE(message.body, message.body.trimmed());
}

} // namespace

class TestLadder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyAnswerOfTheCorpusBecomesItsMessageOrIsRefused_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("raw");
        QTest::addColumn<QString>("expected");
        const QDir data(QStringLiteral(QT_TESTCASE_SOURCEDIR "/data/answers"));
        int count = 0;
        for (const QString &name : data.entryList({u"*.txt"_s})) {
            for (const Case &one : casesOf(data.filePath(name))) {
                QTest::newRow(qPrintable(name.chopped(4) + u": "_s + one.name))
                    << one.options << one.raw << one.expected;
                ++count;
            }
        }
        QVERIFY2(count >= 150, "the corpus was not found");
    }
    void everyAnswerOfTheCorpusBecomesItsMessageOrIsRefused()
    {
        QFETCH(QStringList, options);
        QFETCH(QString, raw);
        QFETCH(QString, expected);
        const MessageRules rules = rulesFor(options);
        const LadderResult result = judgeAnswer(raw, rules, options.contains(u"cut"_s));
        if (expected == u"!"_s)
            QVERIFY2(!result.message, qPrintable(outcome(result)));
        else
            QCOMPARE(outcome(result), expected);
        QCOMPARE(result.rejection == Rejection::None, result.message.has_value());
        if (result.message)
            verifySafe(*result.message, rules);
    }

    void aMessageComesOutOfTheLadderAsItWentIn()
    {
        const QDir data(QStringLiteral(QT_TESTCASE_SOURCEDIR "/data/answers"));
        for (const QString &name : data.entryList({u"*.txt"_s})) {
            for (const Case &one : casesOf(data.filePath(name))) {
                if (one.expected.startsWith(u'!') || one.options.contains(u"assume=fix"_s))
                    continue;
                const LadderResult again = judgeAnswer(one.expected, rulesFor(one.options));
                QCOMPARE(outcome(again), one.expected);
                QVERIFY2(!again.repaired, qPrintable(one.name));
            }
        }
    }

    void whateverIsFedInNothingUnsafeComesOut()
    {
        // Pieces of every case put together at random, the same ones every time.
        QStringList pieces;
        const QDir data(QStringLiteral(QT_TESTCASE_SOURCEDIR "/data/answers"));
        for (const QString &name : data.entryList({u"*.txt"_s}))
            for (const Case &one : casesOf(data.filePath(name)))
                pieces += one.raw.split(u'\n');
        quint32 state = 1;
        const auto random = [&](qsizetype limit) {
            state = state * 1664525U + 1013904223U;
            return static_cast<qsizetype>((state >> 8) % static_cast<quint32>(limit));
        };
        int messages = 0;
        for (int i = 0; i < 4000; ++i) {
            QString raw;
            for (qsizetype n = random(6) + 1; n > 0; --n) {
                const QString &piece = pieces[random(pieces.size())];
                const qsizetype from = random(3) == 0 ? random(piece.size() + 1) : 0;
                raw += piece.sliced(from) + (random(4) == 0 ? u" "_s : u"\n"_s);
            }
            const MessageRules rules = rulesFor({random(2) == 0 ? u"plain"_s : u"english"_s});
            const LadderResult result = judgeAnswer(raw, rules);
            if (result.message)
                verifySafe(*result.message, rules);
            messages += result.message ? 1 : 0;
        }
        QVERIFY(messages > 400);
    }

    void longAnswersTakeLittleTime_data()
    {
        QTest::addColumn<QString>("unit");
        for (const char *unit : {"{",
                                 "{\"subject\":\"",
                                 "<think>",
                                 "</think>",
                                 "```\n",
                                 "fix: ",
                                 "(",
                                 "\"",
                                 "- x\n",
                                 "a ",
                                 "git commit -m \"",
                                 "<answer>",
                                 "[",
                                 "\\",
                                 "<|",
                                 "*",
                                 "fix(x): y\n",
                                 "| a |\n|-|\n",
                                 "<p>",
                                 "<body>\n",
                                 "@@ -1\n+fix: x\n",
                                 "fix: a or ",
                                 "[skip x] ",
                                 "x\\n\\nA",
                                 "> fix: a\n",
                                 "`a b` is ",
                                 "```x```",
                                 "<parameter=x>",
                                 "type=\"a\" ",
                                 "Option 1: a\n",
                                 "closes #1 ",
                                 "A-1 ",
                                 "here is ",
                                 "git -c a commit -m 'x' ",
                                 "'\\''",
                                 "[a b](x/y) ",
                                 "@a #1 "})
            QTest::newRow(unit) << QString::fromLatin1(unit);
    }
    void longAnswersTakeLittleTime()
    {
        QFETCH(QString, unit);
        const QString raw = unit.repeated(60000 / unit.size());
        const LadderResult result = judgeAnswer(raw, {});
        QVERIFY(!result.message || result.message->header().size() <= 72);
    }
};

QTEST_APPLESS_MAIN(TestLadder)
#include "tst_ladder.moc"
