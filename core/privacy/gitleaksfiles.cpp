#include "core/privacy/gitleaksfiles.h"

#include "core/base/tomltext.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestFile = 1 << 20;

QByteArray textOf(const toml::node *node)
{
    const auto value = node ? node->value<std::string_view>() : std::nullopt;
    return value ? QByteArray(value->data(), static_cast<qsizetype>(value->size())) : QByteArray();
}

QByteArrayList textsOf(const toml::node *node)
{
    QByteArrayList texts;
    if (const toml::array *array = node ? node->as_array() : nullptr) {
        for (const toml::node &entry : *array) {
            if (const QByteArray text = textOf(&entry); !text.isEmpty())
                texts.append(text);
        }
    }
    return texts;
}

std::optional<AllowRule> allowRuleOf(const toml::table &table)
{
    AllowRule rule{.rules = textsOf(table.get("targetRules")),
                   .paths = textsOf(table.get("paths")),
                   .regexes = textsOf(table.get("regexes")),
                   .target = AllowRule::Target::Secret,
                   .stopWords = textsOf(table.get("stopwords"))};
    const QByteArray target = textOf(table.get("regexTarget"));
    if (target == "line")
        rule.target = AllowRule::Target::Line;
    else if (target == "match")
        rule.target = AllowRule::Target::Match;
    rule.all = textOf(table.get("condition")).toUpper() == "AND";
    if (rule.paths.isEmpty() && rule.regexes.isEmpty() && rule.stopWords.isEmpty())
        return std::nullopt;
    return rule;
}

/// `[allowlist]` (one table) and `[[allowlists]]` (several).
QList<AllowRule> allowRulesIn(const toml::table &table)
{
    QList<AllowRule> rules;
    const auto add = [&](const toml::node &node) {
        if (const toml::table *entry = node.as_table()) {
            if (auto rule = allowRuleOf(*entry))
                rules.append(std::move(*rule));
        }
    };
    if (const toml::node *single = table.get("allowlist"))
        add(*single);
    if (const toml::array *several = table.get("allowlists") ? table.get("allowlists")->as_array() : nullptr) {
        for (const toml::node &entry : *several)
            add(entry);
    }
    return rules;
}

void addRule(const toml::table &table, RepositoryPolicy &policy)
{
    const QByteArray id = textOf(table.get("id"));
    SecretRule rule{.id = id,
                    .description = QString::fromUtf8(textOf(table.get("description"))),
                    .regex = textOf(table.get("regex")),
                    .path = textOf(table.get("path")),
                    .keywords = textsOf(table.get("keywords"))};
    if (const toml::node *group = table.get("secretGroup"))
        rule.secretGroup = static_cast<int>(group->value_or<int64_t>(0));
    if (const toml::node *entropy = table.get("entropy"))
        rule.entropy = entropy->value_or(0.0);
    if (!rule.regex.isEmpty() || !rule.path.isEmpty())
        policy.rules.append(rule);
    for (AllowRule allow : allowRulesIn(table)) {
        allow.rules = {"repository:" + id};
        policy.allow.append(std::move(allow));
    }
}

} // namespace

Result<RepositoryPolicy> readGitleaksConfig(QByteArrayView toml)
{
    const auto broken = [](const QString &why) {
        return Error{.kind = ErrorKind::Config,
                     .message = u"The file .gitleaks.toml cannot be read: %1"_s.arg(why),
                     .detail = {}};
    };
    if (toml.size() > longestFile)
        return broken(u"it is larger than 1 MB."_s);
    const toml::parse_result parsed = parseToml(toml);
    if (!parsed) {
        const std::string_view why = parsed.error().description();
        return broken(u"%1 (line %2)."_s.arg(QString::fromUtf8(why.data(), static_cast<qsizetype>(why.size())))
                          .arg(parsed.error().source().begin.line));
    }
    RepositoryPolicy policy;
    const toml::table &table = parsed.table();
    policy.allow = allowRulesIn(table);
    if (const toml::array *rules = table.get("rules") ? table.get("rules")->as_array() : nullptr) {
        for (const toml::node &entry : *rules) {
            if (const toml::table *rule = entry.as_table())
                addRule(*rule, policy);
        }
    }
    return policy;
}

QList<IgnoredPlace> readGitleaksIgnore(QByteArrayView text)
{
    QList<IgnoredPlace> places;
    for (const QByteArray &raw : text.toByteArray().split('\n')) {
        const QByteArray entry = raw.trimmed();
        QByteArrayList parts = entry.split(':');
        if (entry.startsWith('#') || parts.size() < 3)
            continue;
        bool isNumber = false;
        const int line = parts.last().toInt(&isNumber);
        const bool commit = parts.size() > 3 && parts.first().size() >= 7
            && QByteArray::fromHex(parts.first()).toHex() == parts.first();
        if (!isNumber || line < 1 || commit)
            continue;
        places.append({.path = parts.mid(0, parts.size() - 2).join(':'), .line = line});
    }
    return places;
}

} // namespace AutoCommit
