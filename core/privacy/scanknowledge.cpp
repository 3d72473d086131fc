#include "core/privacy/scanknowledge.h"

#include "core/privacy/commandpassword.h"

#include <QFile>

#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr std::array ruleFiles{"tokens-code", "tokens-cloud", "tokens-ai",   "tokens-money",
                               "tokens-talk", "tokens-watch", "tokens-apps", "tokens-more"};

/// Resources are stored uncompressed, so this is a view into the program.
QByteArray resource(const QString &name)
{
    QFile file(u":/privacy/"_s + name);
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(opened, "privacy resources", qPrintable(name));
    return opened ? file.readAll() : QByteArray();
}

} // namespace

std::shared_ptr<const ScanKnowledge> ScanKnowledge::load()
{
    std::shared_ptr<ScanKnowledge> knowledge(
        new ScanKnowledge(resource(u"words.txt"_s), resource(u"words.model"_s), resource(u"public-values.txt"_s)));
    for (const char *file : ruleFiles) {
        const Status read = knowledge->rules.read(resource(QLatin1String(file) + u".rules"_s));
        if (!read)
            qFatal("%s", qPrintable(read.error().message)); // our own data: a test reads it all
    }
    knowledge->addRuleTriggers();
    for (const char *section : {"name-parts", "providers"}) {
        for (const QByteArray &part : knowledge->lexicon.section(section).words())
            knowledge->addTrigger(part, {.kind = Trigger::Kind::Name});
    }
    knowledge->addTrigger("private key", {.kind = Trigger::Kind::PrivateKey});
    knowledge->addTrigger("putty-user-key-file-", {.kind = Trigger::Kind::PrivateKey});
    knowledge->addTrigger("openvpn static key", {.kind = Trigger::Kind::PrivateKey});
    knowledge->addTrigger("argo tunnel token", {.kind = Trigger::Kind::PrivateKey}); // cloudflared's cert.pem
    for (const char *part : {"\"d\"", "\"k\""})
        knowledge->addTrigger(part, {.kind = Trigger::Kind::JsonWebKey});
    for (const char *kind :
         {"kind: secret", "kind\": \"secret", "kind\":\"secret", "kind: \"secret", "kind\\\":\\\"secret"})
        knowledge->addTrigger(kind, {.kind = Trigger::Kind::KubernetesKind});
    for (qsizetype i = 0; i < commandKeywords().size(); ++i)
        knowledge->addTrigger(commandKeywords()[i], {.kind = Trigger::Kind::Command, .rule = static_cast<int>(i)});
    knowledge->addTrigger("://", {.kind = Trigger::Kind::Url});
    knowledge->keywords.build();
    return knowledge;
}

ScanKnowledge::ScanKnowledge(QByteArrayView words, QByteArrayView model, QByteArrayView publics)
    : lexicon(words)
    , wordModel(model)
    , names(lexicon)
    , values(lexicon, wordModel)
    , passphrases(lexicon)
    , prefixed(lexicon, wordModel)
    , publicValues(publics)
{ }

void ScanKnowledge::addTrigger(QByteArrayView keyword, Trigger trigger)
{
    trigger.length = keyword.size();
    keywords.add(keyword, static_cast<int>(triggers.size()));
    triggers.push_back(trigger);
}

void ScanKnowledge::addRuleTriggers()
{
    for (std::size_t i = 0; i < rules.rules().size(); ++i) {
        const TokenRule &rule = rules.rules()[i];
        const int index = static_cast<int>(i);
        if (rule.inRuns) {
            runRules.push_back(index);
        } else if (rule.isFoundByItself()) {
            for (const Shape::Anchor &anchor : rule.shape.anchors())
                addTrigger(anchor.keyword,
                           {.kind = Trigger::Kind::Token,
                            .rule = index,
                            .minBefore = anchor.minBefore,
                            .maxBefore = anchor.maxBefore});
        } else {
            for (const QByteArray &word : rule.near)
                addTrigger(word, {.kind = Trigger::Kind::Near, .rule = index});
        }
    }
}

} // namespace AutoCommit
