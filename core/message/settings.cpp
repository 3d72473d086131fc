#include "core/message/config.h"
#include "core/message/safety.h"
#include "core/message/scan.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

ByteView withoutComment(ByteView value, char mark)
{
    if (value.startsWith('"') || value.startsWith('\'')) {
        const qsizetype end = value.indexOf(value[0], 1);
        return end > 0 ? value.first(end + 1) : value;
    }
    for (qsizetype i = 1; i < value.size(); ++i) {
        if (value[i] == mark && value[i - 1] == ' ')
            return value.first(i - 1).trimmed();
    }
    return value;
}

bool isKeyChar(char c)
{
    return isWordChar(c) || c == '-' || c == '.' || c == '/' || c == '@' || c == ':' || c == '+';
}

std::optional<Setting> yamlSetting(ByteView text)
{
    if (text.startsWith("- "))
        text = text.sliced(2).trimmed();
    qsizetype end = 0;
    if (text.startsWith('"') || text.startsWith('\'')) {
        end = text.indexOf(text[0], 1) + 1;
    } else {
        while (end < text.size() && isKeyChar(text[end])
               && !(text[end] == ':' && (end + 1 == text.size() || text[end + 1] == ' ')))
            ++end;
    }
    if (end > 1 && end < text.size() && text[end] == '=' && isUpper(text[0])) // a variable of a script in a workflow
        return Setting{text.first(end), text.sliced(end + 1), false};
    if (end <= 0 || end >= text.size() || text[end] != ':' || (end + 1 < text.size() && text[end + 1] != ' '))
        return {};
    const ByteView value = withoutComment(text.sliced(end + 1).trimmed(), '#');
    const bool opens = value.isEmpty() || value == ByteView("|") || value == ByteView(">") || value == ByteView("|-")
        || value == ByteView(">-");
    return Setting{unquoted(text.first(end)), value, opens};
}

std::optional<Setting> jsonSetting(ByteView text)
{
    if (!text.startsWith('"'))
        return {};
    const qsizetype end = text.indexOf('"', 1);
    if (end < 2)
        return {};
    Scanner at(text.sliced(end + 1));
    if (!at.accept(":"))
        return {};
    ByteView value = at.rest();
    if (value.endsWith(','))
        value.chop(1);
    value = value.trimmed();
    return Setting{text.sliced(1, end - 1), value, value == ByteView("{") || value == ByteView("[")};
}

std::optional<Setting> assignment(ByteView text, char comment)
{
    if (text.startsWith('[')) {
        const qsizetype end = text.indexOf(']');
        ByteView name = end > 1 ? text.sliced(1, end - 1) : ByteView();
        while (name.startsWith('['))
            name = name.sliced(1);
        return name.isEmpty() ? std::nullopt : std::optional(Setting{name, {}, true});
    }
    qsizetype end = 0;
    while (end < text.size() && (isKeyChar(text[end]) || text[end] == '"') && text[end] != ':')
        ++end;
    const ByteView key = unquoted(text.first(end));
    Scanner at(text.sliced(end));
    if (key.isEmpty() || (!at.accept("=") && !at.accept(":")))
        return {};
    const ByteView value = withoutComment(at.rest().trimmed(), comment);
    return Setting{key, value, value == ByteView("[") || value == ByteView("{")};
}

std::optional<Setting> dockerSetting(ByteView text)
{
    Scanner at(text);
    if (!at.accept("ENV") && !at.accept("ARG"))
        return {};
    const ByteView key = at.word();
    at.accept("=");
    return key.isEmpty() ? std::nullopt : std::optional(Setting{key, at.rest(), false});
}

/// `<property name="x">`, `<string name="x">…`, `<key>x</key>`, `<x>value</x>`
std::optional<Setting> xmlSetting(ByteView text)
{
    if (!text.startsWith('<') || text.size() < 5 || !isLetter(text[1]))
        return {};
    qsizetype end = 1;
    while (end < text.size() && (isKeyChar(text[end])))
        ++end;
    const ByteView tag = text.sliced(1, end - 1);
    for (const char *attribute : {" name=\"", ":name=\"", " x:Name=\"", " key=\"", " Include=\""}) {
        const qsizetype at = text.indexOf(attribute);
        if (at < 0)
            continue;
        const qsizetype from = at + ByteView(attribute).size();
        const qsizetype close = text.indexOf('"', from);
        return close < 0 ? std::nullopt : std::optional(Setting{text.sliced(from, close - from), {}, true});
    }
    const qsizetype close = text.indexOf("</", end);
    if (end >= text.size() || text[end] != '>' || close < 0)
        return {};
    const ByteView value = text.sliced(end + 1, close - end - 1);
    static const WordSet markup(
        "div span p a b i li ul td th tr h1 h2 h3 h4 code pre em strong button label title number string bool "
        "cstring enum set option");
    if (tag == ByteView("key"))
        return Setting{value, {}, false};
    return markup.contains(tag) ? std::nullopt : std::optional(Setting{tag, value, false});
}

/// CMake's set(), Make's and the shell's variables
std::optional<Setting> variable(Lang lang, ByteView text)
{
    Scanner at(text);
    if (lang == Lang::CMake) {
        if (!at.accept("set(") && !at.accept("SET("))
            return {};
        const ByteView key = at.looseWord("-.");
        ByteView value = at.rest();
        if (value.endsWith(')'))
            value.chop(1);
        return key.isEmpty() ? std::nullopt : std::optional(Setting{key, value, value.isEmpty()});
    }
    at.accept("export");
    at.accept("readonly");
    at.accept("local");
    const ByteView key = at.word();
    if (key.size() < 2)
        return {};
    for (const char *mark : {":=", "?=", "+=", "="}) {
        if (at.accept(mark))
            return Setting{key, at.rest(), false};
    }
    return {};
}

} // namespace

std::optional<Setting> settingOf(Lang lang, ByteView text)
{
    constexpr qsizetype longest = 300;
    if (text.size() > longest)
        return {};
    switch (lang) {
    case Lang::Yaml:
        return yamlSetting(text);
    case Lang::Json:
        return jsonSetting(text);
    case Lang::Toml:
        return assignment(text, '#');
    case Lang::Ini:
        return assignment(text, ';');
    case Lang::Docker:
        return dockerSetting(text);
    case Lang::Html:
        return xmlSetting(text);
    case Lang::CMake:
    case Lang::Make:
    case Lang::Shell:
        return variable(lang, text);
    default:
        return {};
    }
}

ByteView entryOf(Lang lang, ByteView text)
{
    if (text.endsWith(','))
        text.chop(1);
    if (lang == Lang::Yaml) {
        if (!text.startsWith("- ") || settingOf(lang, text))
            return {};
        return unquoted(withoutComment(text.sliced(2).trimmed(), '#'));
    }
    const bool quotes = text.size() > 2 && text.front() == '"' && text.back() == '"' && text.count('"') == 2;
    return quotes && (lang == Lang::Json || lang == Lang::Toml) ? unquoted(text) : ByteView();
}

ByteView parentKey(const Block &block, const Line &line)
{
    QList<ByteView> above;
    for (const QByteArray &unchanged : block.hunk->before)
        above.append(unchanged);
    const QList<Line> &side
        = std::any_of(block.added.begin(), block.added.end(), [&](const Line &l) { return &l == &line; })
        ? block.added
        : block.removed;
    for (const Line &other : side) {
        if (&other == &line)
            break;
        above.append(other.raw);
    }
    int indent = line.indent;
    for (qsizetype i = above.size() - 1; i >= 0; --i) {
        const ByteView text = above[i].trimmed();
        const int width = indentOf(above[i]);
        const bool list = line.text.startsWith("- ") && width == indent && !text.startsWith("- ");
        if (text.isEmpty() || (width >= indent && !list))
            continue;
        indent = width;
        const auto found = settingOf(block.file->lang, text);
        if (found && found->opens)
            return found->key;
    }
    return {};
}

ByteView siblingName(const Block &block, const Line &line)
{
    static const WordSet naming("name id title");
    const QList<QByteArray> &above = block.hunk->before;
    for (qsizetype i = above.size() - 1; i >= 0; --i) {
        const ByteView text = ByteView(above[i]).trimmed();
        const bool item = text.startsWith("- ");
        const int indent = indentOf(above[i]) + (item ? 2 : 0);
        if (text.startsWith('[') || indent < line.indent)
            return {};
        const auto found = settingOf(block.file->lang, text);
        if (found && indent == line.indent && naming.contains(found->key))
            return unquoted(found->value);
        if (item)
            return {};
    }
    return {};
}

QList<std::pair<ByteView, bool>> listDifference(ByteView before, ByteView after)
{
    const auto entries = [](ByteView text) {
        QList<ByteView> out;
        if (text.size() < 2 || text.front() != '[' || text.back() != ']')
            return out;
        text = text.sliced(1, text.size() - 2);
        for (qsizetype start = 0; start <= text.size();) {
            qsizetype end = text.indexOf(',', start);
            if (end < 0)
                end = text.size();
            const ByteView entry = unquoted(text.sliced(start, end - start).trimmed());
            if (!entry.isEmpty())
                out.append(entry);
            start = end + 1;
        }
        return out;
    };
    const QList<ByteView> was = entries(before);
    const QList<ByteView> is = entries(after);
    QList<std::pair<ByteView, bool>> difference;
    for (const ByteView entry : is) {
        if (!was.contains(entry))
            difference.append({entry, true});
    }
    for (const ByteView entry : was) {
        if (!is.contains(entry))
            difference.append({entry, false});
    }
    return difference;
}

} // namespace AutoCommit::Wording
