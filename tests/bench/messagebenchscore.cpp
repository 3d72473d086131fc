#include "tests/bench/messagebenchscore.h"

#include <algorithm>

namespace AutoCommit::Bench {

namespace {

QStringList wordsOf(const QString &text)
{
    QStringList words;
    QString word;
    for (const QChar c : text + QLatin1Char(' ')) {
        if (c.isLetterOrNumber() || c == u'_' || c == u'.' || c == u'-' || c == u'/') {
            word += c.toLower();
        } else if (!word.isEmpty()) {
            words.append(word);
            word.clear();
        }
    }
    return words;
}

double fMeasure(qsizetype common, qsizetype a, qsizetype b)
{
    return a + b == 0 ? 0 : 2.0 * static_cast<double>(common) / static_cast<double>(a + b);
}

} // namespace

double rougeL(const QString &truth, const QString &ours)
{
    const QStringList a = wordsOf(truth);
    const QStringList b = wordsOf(ours);
    QList<QList<qsizetype>> table(a.size() + 1, QList<qsizetype>(b.size() + 1, 0));
    for (qsizetype i = 1; i <= a.size(); ++i) {
        for (qsizetype j = 1; j <= b.size(); ++j)
            table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1 : std::max(table[i - 1][j], table[i][j - 1]);
    }
    return fMeasure(table[a.size()][b.size()], a.size(), b.size());
}

double tokenF1(const QString &truth, const QString &ours)
{
    QStringList a = wordsOf(truth);
    const QStringList b = wordsOf(ours);
    const qsizetype size = a.size();
    qsizetype common = 0;
    for (const QString &word : b)
        common += a.removeOne(word) ? 1 : 0;
    return fMeasure(common, size, b.size());
}

QStringList names(const QString &subject)
{
    QStringList found;
    for (QString word : subject.split(u' ', Qt::SkipEmptyParts)) {
        while (!word.isEmpty() && QStringLiteral("`\"',;:.").contains(word.back()))
            word.chop(1);
        while (!word.isEmpty() && QStringLiteral("`\"'(").contains(word.front()))
            word.remove(0, 1);
        const bool call = word.endsWith(QStringLiteral("()"));
        if (call)
            word.chop(2);
        const bool inner = std::any_of(word.begin(), word.end(),
                                       [](QChar c) { return c == u'_' || c == u'/' || c == u'.' || c == u'@'; });
        const bool hump
            = word.size() > 1 && std::any_of(word.begin() + 1, word.end(), [](QChar c) { return c.isUpper(); });
        if ((call || inner || hump || word.startsWith(u"--")) && word.size() > 1)
            found.append(word);
    }
    return found;
}

QStringList ungrounded(const QString &subject, const QByteArray &patch)
{
    QStringList missing;
    for (const QString &name : names(subject)) {
        const QByteArray bytes = name.toUtf8();
        const bool flag = bytes.startsWith("--") && patch.contains(bytes.mid(2));
        const bool parts = std::all_of(bytes.begin(), bytes.end(), [](char c) { return c != '.'; }) ? false : [&] {
            const QList<QByteArray> pieces = bytes.split('.');
            return std::all_of(pieces.begin(), pieces.end(), [&](const QByteArray &p) { return patch.contains(p); });
        }();
        if (!patch.contains(bytes) && !flag && !parts)
            missing.append(name);
    }
    return missing;
}

} // namespace AutoCommit::Bench
