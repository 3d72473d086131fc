#include "core/message/keywords.h"

namespace AutoCommit::Wording {

const Keywords &keywordsOf(Lang lang)
{
    using enum DefKind;
    static const Keywords none;
    static const Keywords cFamily{{"class", Class},           {"struct", Struct},      {"enum class", Enum},
                                  {"enum struct", Enum},      {"enum", Enum},          {"union", Struct},
                                  {"namespace", Module},      {"concept", Type},       {"@interface", Class},
                                  {"@implementation", Class}, {"@protocol", Interface}};
    static const Keywords csharp{{"record struct", Struct}, {"record class", Class},  {"class", Class},
                                 {"struct", Struct},        {"interface", Interface}, {"enum", Enum},
                                 {"record", Class}};
    static const Keywords java{
        {"class", Class}, {"interface", Interface}, {"@interface", Interface}, {"enum", Enum}, {"record", Class}};
    static const Keywords kotlin{{"enum class", Enum}, {"fun interface", Interface},
                                 {"class", Class},     {"interface", Interface},
                                 {"object", Class},    {"trait", Trait},
                                 {"fun", Function},    {"def", Function},
                                 {"typealias", Type},  {"const val", Constant}};
    static const Keywords swift{{"class", Class}, {"struct", Struct}, {"enum", Enum},     {"protocol", Interface},
                                {"actor", Class}, {"func", Function}, {"typealias", Type}};
    static const Keywords dart{{"class", Class},         {"mixin", Class},     {"enum", Enum},
                               {"extension type", Type}, {"extension", Class}, {"typedef", Type}};
    static const Keywords rust{{"fn", Function},        {"struct", Struct},       {"enum", Enum},
                               {"trait", Trait},        {"union", Struct},        {"type", Type},
                               {"mod", Module},         {"static mut", Constant}, {"static", Constant},
                               {"macro_rules!", Macro}, {"const", Constant}};
    static const Keywords python{{"def", Function}, {"class", Class}};
    static const Keywords script{
        {"function*", Function}, {"function", Function}, {"class", Class}, {"interface", Interface},
        {"enum", Enum},          {"namespace", Module},  {"type", Type}};
    static const Keywords php{{"class", Class}, {"interface", Interface}, {"trait", Trait},
                              {"enum", Enum},   {"function", Function},   {"const", Constant}};
    static const Keywords ruby{{"def", Function}, {"class", Class}, {"module", Module}};
    static const Keywords elixir{
        {"defmodule", Module}, {"defmacrop", Macro}, {"defmacro", Macro}, {"defp", Function}, {"def", Function}};
    static const Keywords lua{{"function", Function}};
    static const Keywords shell{{"function", Function}, {"def", Function}};
    static const Keywords proto{{"message", Message}, {"service", Service}, {"rpc", Function},        {"enum", Enum},
                                {"input", Type},      {"type", Type},       {"interface", Interface}, {"scalar", Type},
                                {"union", Type},      {"struct", Struct}};
    switch (lang) {
    case Lang::C:
        return cFamily;
    case Lang::CSharp:
        return csharp;
    case Lang::Java:
        return java;
    case Lang::Kotlin:
        return kotlin;
    case Lang::Swift:
        return swift;
    case Lang::Dart:
        return dart;
    case Lang::Rust:
        return rust;
    case Lang::Python:
        return python;
    case Lang::JavaScript:
        return script;
    case Lang::Php:
        return php;
    case Lang::Ruby:
        return ruby;
    case Lang::Elixir:
        return elixir;
    case Lang::Lua:
        return lua;
    case Lang::Shell:
        return shell;
    case Lang::Proto:
        return proto;
    default:
        return none;
    }
}

bool isCallable(DefKind kind)
{
    return kind == DefKind::Function || kind == DefKind::Macro;
}

bool isContainer(DefKind kind)
{
    switch (kind) {
    case DefKind::Class:
    case DefKind::Struct:
    case DefKind::Interface:
    case DefKind::Trait:
    case DefKind::Enum:
    case DefKind::Type:
    case DefKind::Message:
    case DefKind::Service:
        return true;
    default:
        return false;
    }
}

const char *nounOf(DefKind kind)
{
    switch (kind) {
    case DefKind::Class:
        return "class";
    case DefKind::Struct:
        return "struct";
    case DefKind::Interface:
        return "interface";
    case DefKind::Trait:
        return "trait";
    case DefKind::Enum:
        return "enum";
    case DefKind::Type:
        return "type";
    case DefKind::Module:
        return "module";
    case DefKind::Macro:
        return "macro";
    case DefKind::Field:
        return "field";
    case DefKind::Table:
        return "table";
    case DefKind::Column:
        return "column";
    case DefKind::Index:
        return "index";
    case DefKind::View:
        return "view";
    case DefKind::Selector:
        return "style";
    case DefKind::Target:
        return "target";
    case DefKind::Option:
        return "option";
    case DefKind::Message:
        return "message";
    case DefKind::Service:
        return "service";
    case DefKind::Resource:
        return "resource";
    case DefKind::Alias:
        return "alias";
    case DefKind::Test:
        return "test";
    case DefKind::Function:
    case DefKind::Constant:
        break;
    }
    return "";
}

} // namespace AutoCommit::Wording
