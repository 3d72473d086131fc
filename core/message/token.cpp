#include "core/message/token.h"

#include <QVarLengthArray>

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

constexpr qsizetype mostTokens = 400;

bool quotesText(char c, Lang lang, ByteView line, qsizetype at)
{
    if (c == '"' || c == '`')
        return true;
    if (c != '\'')
        return false;
    if (lang == Lang::Rust) // 'a is a lifetime, 'a' a character
        return at + 2 < line.size() && (line[at + 2] == '\'' || line[at + 1] == '\\');
    return lang != Lang::Markdown && lang != Lang::Rst && lang != Lang::Html;
}

qsizetype endOfString(ByteView line, qsizetype at)
{
    const char quote = line[at];
    for (qsizetype i = at + 1; i < line.size(); ++i) {
        if (line[i] == '\\')
            ++i;
        else if (line[i] == quote)
            return i + 1;
    }
    return line.size();
}

qsizetype endOfNumber(ByteView line, qsizetype at)
{
    while (at < line.size()
           && (isWordChar(line[at]) || (line[at] == '.' && at + 1 < line.size() && isDigit(line[at + 1]))))
        ++at;
    return at;
}

qsizetype endOfMark(ByteView line, qsizetype at)
{
    static constexpr const char *wide[]
        = {"===", "!==", "...", "<=>", "&&=", "||=", "?\?=", "::", "->", "=>", "==", "!=", "<=", ">=", "&&",
           "||",  "??",  "?.",  "+=",  "-=",  "*=",  "/=",   ":=", "<<", ">>", "++", "--", "|>", "<-"};
    constexpr ByteView second("=.>&|?<+-:");
    if (at + 1 >= line.size() || !second.contains(line[at + 1]))
        return at + 1;
    for (const char *mark : wide) {
        if (line.sliced(at).startsWith(mark))
            return at + ByteView(mark).size();
    }
    return at + 1;
}

bool joinsNames(ByteView mark)
{
    return mark == ByteView(".") || mark == ByteView("::") || mark == ByteView("->") || mark == ByteView("?.");
}

} // namespace

Tokens tokensOf(ByteView line, Lang lang)
{
    Tokens tokens;
    qsizetype i = 0;
    while (i < line.size() && tokens.size() < mostTokens) {
        const char c = line[i];
        if (c == ' ' || c == '\t' || c == '\r') {
            ++i;
            continue;
        }
        if (startsComment(lang, line.sliced(i)) && (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t' || c == '/'))
            break;
        Token token;
        qsizetype end = i + 1;
        if (isWordStart(c) || static_cast<unsigned char>(c) >= 0x80) {
            while (end < line.size() && (isWordChar(line[end]) || static_cast<unsigned char>(line[end]) >= 0x80))
                ++end;
            token.kind = TokenKind::Word;
        } else if (isDigit(c)) {
            end = endOfNumber(line, i);
            token.kind = TokenKind::Number;
        } else if (quotesText(c, lang, line, i)) {
            end = endOfString(line, i);
            token.kind = TokenKind::String;
        } else {
            end = endOfMark(line, i);
        }
        token.text = line.sliced(i, end - i);
        tokens.append(token);
        i = end;
    }
    return tokens;
}

Difference differenceOf(const Tokens &before, const Tokens &after)
{
    const qsizetype shorter = std::min(before.size(), after.size());
    Difference difference;
    while (difference.first < shorter && before[difference.first] == after[difference.first])
        ++difference.first;
    qsizetype tail = 0;
    while (tail < shorter - difference.first && before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
        ++tail;
    difference.oldCount = before.size() - tail - difference.first;
    difference.newCount = after.size() - tail - difference.first;
    return difference;
}

QList<Change> changesOf(const Tokens &before, const Tokens &after)
{
    const Difference outer = differenceOf(before, after);
    const qsizetype rows = outer.oldCount;
    const qsizetype columns = outer.newCount;
    constexpr qsizetype mostCells = 2500;
    if (rows == 0 || columns == 0 || rows * columns > mostCells)
        return {{outer.first, rows, outer.first, columns}};
    // common[i][j]: length of the longest common subsequence of the tokens from i and j on
    QVarLengthArray<short, mostCells> common((rows + 1) * (columns + 1));
    std::fill(common.begin(), common.end(), short(0));
    const auto at = [&](qsizetype i, qsizetype j) -> short & { return common[i * (columns + 1) + j]; };
    for (qsizetype i = rows - 1; i >= 0; --i) {
        for (qsizetype j = columns - 1; j >= 0; --j) {
            const bool same = before[outer.first + i] == after[outer.first + j];
            at(i, j) = same ? static_cast<short>(at(i + 1, j + 1) + 1) : std::max(at(i + 1, j), at(i, j + 1));
        }
    }
    QList<Change> changes;
    for (qsizetype i = 0, j = 0; i < rows || j < columns;) {
        if (i < rows && j < columns && before[outer.first + i] == after[outer.first + j]) {
            ++i;
            ++j;
            continue;
        }
        Change change{outer.first + i, 0, outer.first + j, 0};
        while ((i < rows || j < columns)
               && !(i < rows && j < columns && before[outer.first + i] == after[outer.first + j])) {
            if (i < rows && (j == columns || at(i + 1, j) >= at(i, j + 1)))
                ++i;
            else
                ++j;
        }
        change.oldCount = outer.first + i - change.oldFirst;
        change.newCount = outer.first + j - change.newFirst;
        changes.append(change);
    }
    return changes;
}

qsizetype enclosingCall(const Tokens &tokens, qsizetype at)
{
    int depth = 0;
    for (qsizetype i = at - 1; i > 0; --i) {
        if (isOneOf(tokens[i].text, ") ] }")) {
            ++depth;
        } else if (isOneOf(tokens[i].text, "( [ {")) {
            if (depth == 0 && tokens[i].text == ByteView("(") && tokens[i - 1].kind == TokenKind::Word)
                return i - 1;
            if (depth > 0)
                --depth;
        }
    }
    return -1;
}

ByteView qualifiedName(const Tokens &tokens, qsizetype at)
{
    qsizetype first = at;
    while (first >= 2 && joinsNames(tokens[first - 1].text) && tokens[first - 2].kind == TokenKind::Word)
        first -= 2;
    qsizetype last = at;
    while (last + 2 < tokens.size() && joinsNames(tokens[last + 1].text) && tokens[last + 2].kind == TokenKind::Word)
        last += 2;
    const char *const begin = tokens[first].text.data();
    return ByteView(begin, tokens[last].text.data() + tokens[last].text.size() - begin);
}

ByteView withoutSelf(ByteView name)
{
    for (const char *self : {"this.", "self.", "$this->", "this->", "Self::", "self::", "static::", "@"}) {
        if (name.startsWith(self))
            return name.sliced(ByteView(self).size());
    }
    return name;
}

bool isKeyword(ByteView word)
{
    static const WordSet words(
        "if else elif elsif for foreach while do switch case default match when return break continue throw "
        "throws raise try catch except finally rescue ensure begin end new delete in of is as not and or "
        "nil null None nullptr undefined true false True False self this super static const constexpr let "
        "var val mut pub fn func fun def function class struct enum interface trait impl type typedef "
        "namespace using import from export package module include require public private protected internal "
        "final abstract override virtual async await yield void int bool char float double long short "
        "unsigned signed auto string str usize u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 Self where with "
        "unless until then fi esac done local echo extends implements instanceof typeof sizeof readonly "
        "declare unsafe extern crate use mod ref out params lambda pass global nonlocal assert del go defer "
        "chan map range select open sealed data object companion suspend inline template typename noexcept "
        "operator friend explicit mutable volatile register goto union any never unknown number boolean "
        "Some Ok Err String Vec Option Result Box print println printf");
    return words.contains(word);
}

bool saysLittle(ByteView word)
{
    if (word.size() <= 2 || isKeyword(word))
        return true;
    static const WordSet words(
        "result results res ret value values val vals tmp temp item items key keys obj data info args arg "
        "opts opt err error errors name names path file files line lines list node nodes msg message out "
        "input output ctx context req resp response request buf buffer size len length count idx index num "
        "left right first last next prev str text body old foo bar baz get set add remove push append map "
        "filter forEach join split find has keys format unwrap clone iter collect into to_string toString "
        "String Object Array log console test it expect describe assert assertEquals assert_eq cls ptr "
        "starts_with ends_with eprintln method_exists function_exists property_exists class_exists is_string is_int "
        "is_null is_numeric sprintf str_replace trim_start trim_end to_lowercase to_uppercase Errorf fmt strings os "
        "errors time int64 uint64 int32 uint32 float64 float32 string bool byte rune str int float list dict set tuple "
        "isinstance "
        "hasattr getattr setattr typeof enumerate zip sorted open any all abs isArray "
        "as_ref as_mut as_str to_owned to_vec borrow lock await sizeof make append cap trim lower upper "
        "toLowerCase toUpperCase startsWith endsWith indexOf slice splice concat reduce find some every includes "
        "charAt equals hashCode toString parseInt Number Boolean Object Promise resolve reject then catch next "
        "write read close flush copy delete exists isEmpty empty count strlen strcmp memcpy free malloc printf "
        "fprintf sprintf snprintf isset unset array implode explode count in_array is_array begin rbegin cend "
        "push_back emplace_back c_str at first second get_or_insert unwrap_or unwrap_or_default ok err iter_mut "
        "into_iter map_err and_then is_some is_none as_deref cloned default with_capacity Sprintf Errorf "
        "Println Printf New context Context error Error "
        "pos start end min max sum the and for with that this from are was not can all you your https http "
        "com org www github None Some TRUE FALSE Error Exception main init new run state type types "
        "props self param params return returns example note todo see div span class style href src alt id");
    return words.contains(word);
}

} // namespace AutoCommit::Wording
