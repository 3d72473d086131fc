#include "core/model/prompts.h"

#include <QFile>

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

RedactedText resource(const char *name)
{
    QFile file(u":/prompts/"_s + QLatin1StringView(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no prompt %s is compiled in", name);
    return RedactedText::ownWords(file.readAll().constData());
}

const char *answerForm(SubjectStyle style)
{
    switch (style) {
    case SubjectStyle::Area:
        return "answer-area.txt";
    case SubjectStyle::Plain:
        return "answer-plain.txt";
    case SubjectStyle::Conventional:
        break;
    }
    return "answer-conventional.txt";
}

} // namespace

RedactedText formatInstructions(SubjectStyle style)
{
    return style == SubjectStyle::Conventional
        ? resource("rules.txt") + resource("types.txt") + resource(answerForm(style))
        : resource("rules.txt") + resource(answerForm(style));
}

RedactedText analyzeInstructions(const QString &model)
{
    const bool mistral
        = model.contains("ministral"_L1, Qt::CaseInsensitive) || model.contains("magistral"_L1, Qt::CaseInsensitive);
    if (mistral && model.contains("reasoning"_L1, Qt::CaseInsensitive))
        return resource("think.txt") + resource("analyze.txt");
    return resource("analyze.txt");
}

RedactedText groupInstructions()
{
    return resource("group.txt");
}

RedactedText diagnoseInstructions()
{
    return resource("diagnose.txt") + resource("verbs.txt");
}

RedactedText planInstructions()
{
    return resource("plan.txt") + resource("verbs.txt");
}

} // namespace AutoCommit
