#include "core/privacy/policymatcher.h"

#include "core/privacy/madeupsecrets.h"
#include "core/privacy/valuejudge.h"

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

template <typename Patterns> bool anyOccurs(const Patterns &patterns, QByteArrayView text)
{
    return std::any_of(patterns.begin(), patterns.end(), [&](const UserRegex &regex) { return regex.occursIn(text); });
}

bool hasAnyWord(const QByteArrayList &words, QByteArrayView text)
{
    const QByteArray lower = text.toByteArray().toLower();
    return std::any_of(words.begin(), words.end(),
                       [&](const QByteArray &word) { return lower.contains(word.toLower()); });
}

constexpr std::array somePaths{"a",
                               "main.c",
                               "src/main.cpp",
                               ".env",
                               "config/settings.py",
                               "README.md",
                               "deploy/prod.yaml",
                               "lib/app/index.js",
                               "Makefile",
                               "notes/todo.txt",
                               "infra/x.tf",
                               "cmd/server/main.go"};

} // namespace

PolicyMatcher::PolicyMatcher(const GatePolicy &policy)
    : m_ignored(policy.repository.ignored)
    , m_falseAlarms(policy.falseAlarms)
{
    for (const SecretRule &rule : policy.rules)
        addRule(rule, "user:");
    for (const SecretRule &rule : policy.repository.rules)
        addRule(rule, "repository:");
    for (const AllowRule &rule : policy.allow) {
        if (auto allow = compileAllow(rule))
            m_allow.push_back(std::move(*allow));
    }
    for (const AllowRule &rule : policy.repository.allow) {
        if (auto allow = compileAllow(rule); allow && isNarrow(*allow))
            m_repositoryAllow.push_back(std::move(*allow));
    }
}

std::optional<UserRegex> PolicyMatcher::compileOrComplain(const QByteArray &pattern)
{
    Result<UserRegex> regex = UserRegex::compile(pattern);
    if (regex)
        return std::move(regex).value();
    m_complaints.append(regex.error().message);
    return std::nullopt;
}

void PolicyMatcher::addRule(const SecretRule &rule, const QByteArray &prefix)
{
    Rule made{.id = prefix + rule.id,
              .regex = {},
              .path = {},
              .keywords = rule.keywords,
              .secretGroup = rule.secretGroup,
              .entropy = rule.entropy};
    if (!rule.regex.isEmpty())
        made.regex = compileOrComplain(rule.regex);
    if (!rule.path.isEmpty())
        made.path = compileOrComplain(rule.path);
    const bool usable = (rule.regex.isEmpty() || made.regex) && (rule.path.isEmpty() || made.path);
    if (usable && (made.regex || made.path))
        m_rules.push_back(std::move(made));
}

std::optional<PolicyMatcher::Allow> PolicyMatcher::compileAllow(const AllowRule &rule)
{
    Allow allow{.rule = rule, .paths = {}, .regexes = {}};
    for (const QByteArray &pattern : rule.paths) {
        auto regex = compileOrComplain(pattern);
        if (!regex)
            return std::nullopt;
        allow.paths.push_back(std::move(*regex));
    }
    for (const QByteArray &pattern : rule.regexes) {
        auto regex = compileOrComplain(pattern);
        if (!regex)
            return std::nullopt;
        allow.regexes.push_back(std::move(*regex));
    }
    return allow;
}

bool PolicyMatcher::isNarrow(const Allow &allow)
{
    static const QByteArrayList secrets = madeUpSecrets();
    constexpr qsizetype shortestWord = 4;
    constexpr std::size_t mostPaths = 2; // of all allowances together
    const auto fitsSecret = [&](const QByteArray &secret) {
        return anyOccurs(allow.regexes, secret) || hasAnyWord(allow.rule.stopWords, secret);
    };
    const bool shortWords = std::ranges::any_of(
        allow.rule.stopWords, [](const QByteArray &word) { return word.trimmed().size() < shortestWord; });
    std::set<QByteArrayView> paths = m_allowedPaths;
    for (const char *path : somePaths) {
        if (anyOccurs(allow.paths, QByteArrayView(path)))
            paths.insert(path);
    }
    if (!shortWords && paths.size() <= mostPaths && std::ranges::none_of(secrets, fitsSecret)) {
        m_allowedPaths = std::move(paths);
        return true;
    }
    m_complaints.append(u"An allow list of this repository would let real secrets through and is not followed."_s);
    return false;
}

void PolicyMatcher::search(QByteArrayView text, QByteArrayView path, bool first, Hits &hits) const
{
    for (const Rule &rule : m_rules) {
        if (rule.path && !rule.path->occursIn(path))
            continue;
        if (!rule.regex) {
            if (first)
                hits.push_back({.begin = 0, .end = text.size(), .rule = rule.id, .certainty = Certainty::Named});
            continue;
        }
        if (!rule.keywords.isEmpty() && !hasAnyWord(rule.keywords, text))
            continue;
        for (qsizetype from = 0; from <= text.size();) {
            const auto match = rule.regex->next(text, from, rule.secretGroup);
            if (!match)
                break;
            const QByteArrayView secret = text.sliced(match->secret.begin, match->secret.end - match->secret.begin);
            if (!secret.isEmpty() && (rule.entropy <= 0 || ValueJudge::entropyOf(secret) >= rule.entropy))
                hits.push_back({.begin = match->secret.begin,
                                .end = match->secret.end,
                                .rule = rule.id,
                                .certainty = Certainty::Form});
            from = std::max(match->whole.end, match->whole.begin + 1);
        }
    }
}

bool PolicyMatcher::fits(const Allow &allow, const FoundSecret &found)
{
    const AllowRule &rule = allow.rule;
    if (!rule.rules.isEmpty() && !rule.rules.contains(found.rule.toByteArray()))
        return false;
    const QByteArrayView target = rule.target == AllowRule::Target::Line ? found.line
        : rule.target == AllowRule::Target::Match                        ? found.match
                                                                         : found.secret;
    const bool path = anyOccurs(allow.paths, found.path);
    const bool regex = anyOccurs(allow.regexes, target);
    const bool word = hasAnyWord(rule.stopWords, found.secret);
    if (!rule.all)
        return path || regex || word;
    const bool empty = allow.paths.empty() && allow.regexes.empty() && rule.stopWords.isEmpty();
    return !empty && (path || allow.paths.empty()) && (regex || allow.regexes.empty())
        && (word || rule.stopWords.isEmpty());
}

Allowance PolicyMatcher::allowanceOf(const FoundSecret &found) const
{
    const auto fitting = [&](const Allow &allow) { return fits(allow, found); };
    if (m_falseAlarms.contains(found.fingerprint.toByteArray()))
        return Allowance::FalseAlarm;
    if (std::any_of(m_allow.begin(), m_allow.end(), fitting))
        return Allowance::UserPolicy;
    const auto named = [&](const IgnoredPlace &place) {
        return place.line == found.lineNumber && found.path == QByteArrayView(place.path);
    };
    if (std::any_of(m_repositoryAllow.begin(), m_repositoryAllow.end(), fitting)
        || std::any_of(m_ignored.begin(), m_ignored.end(), named))
        return Allowance::RepositoryPolicy;
    return Allowance::No;
}

} // namespace AutoCommit
