#include "core/message/symbols.h"

#include <algorithm>

namespace AutoCommit::Wording {

QList<ByteView> parametersOf(ByteView text)
{
    QList<ByteView> parts;
    const qsizetype open = text.indexOf('(');
    if (open < 0)
        return parts;
    int depth = 0;
    qsizetype start = open + 1;
    for (qsizetype i = open; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '(' || c == '[' || c == '{' || c == '<')
            ++depth;
        else if (c == ')' || c == ']' || c == '}' || (c == '>' && text[i - 1] != '-' && text[i - 1] != '='))
            --depth;
        if ((c == ',' && depth == 1) || depth == 0) {
            const ByteView part = text.sliced(start, i - start).trimmed();
            if (!part.isEmpty())
                parts.append(part);
            start = i + 1;
        }
        if (depth == 0)
            return parts;
    }
    return {};
}

ByteView parameterName(Lang lang, ByteView text)
{
    text = text.trimmed();
    for (const char *mark : {"**", "*", "&mut ", "&", "...", "mut ", "ref ", "out ", "in ", "this ", "final ", "val ",
                             "var ", "private ", "public ", "protected ", "readonly ", "required ", "_ "}) {
        if (text.startsWith(mark))
            text = text.sliced(ByteView(mark).size()).trimmed();
    }
    if (isOneOf(text, "self cls this mut self"))
        return {};
    const qsizetype equals = text.indexOf('=');
    if (equals > 0)
        text = text.first(equals).trimmed();
    switch (lang) {
    case Lang::C:
    case Lang::Java:
    case Lang::CSharp:
    case Lang::Dart: {
        qsizetype end = text.size();
        while (end > 0 && !isWordChar(text[end - 1]))
            --end;
        qsizetype start = end;
        while (start > 0 && isWordChar(text[start - 1]))
            --start;
        return start > 0 ? text.sliced(start, end - start) : ByteView(); // a type alone is no name
    }
    case Lang::Php: {
        const qsizetype dollar = text.lastIndexOf('$');
        return dollar < 0 ? ByteView() : identifierAt(text, dollar + 1);
    }
    default:
        return identifierAt(text, 0);
    }
}

bool isInParameters(const Block &block)
{
    if (!block.scope || !isCallable(block.scope->kind))
        return false;
    int depth = 0;
    bool seen = false;
    for (const QByteArray &line : block.hunk->before) {
        const qsizetype name = line.indexOf(block.scope->name.toByteArray() + '(');
        if (name >= 0) {
            seen = true;
            depth = 0;
        }
        for (qsizetype i = std::max<qsizetype>(0, name); i < line.size() && seen; ++i)
            depth += line[i] == '(' ? 1 : line[i] == ')' ? -1 : 0;
    }
    return seen && depth > 0;
}

} // namespace AutoCommit::Wording
