#include "core/message/hunkheaders.h"

namespace AutoCommit {

QByteArray hunkHeaderAttributes()
{
    // built into git, then ours
    return "*.c diff=cpp\n*.cc diff=cpp\n*.cpp diff=cpp\n*.cxx diff=cpp\n*.h diff=cpp\n*.hpp diff=cpp\n"
           "*.cs diff=csharp\n*.css diff=css\n*.scss diff=css\n*.ex diff=elixir\n*.exs diff=elixir\n*.go diff=golang\n"
           "*.html diff=html\n*.java diff=java\n*.kt diff=kotlin\n*.kts diff=kotlin\n*.m diff=objc\n*.md "
           "diff=markdown\n"
           "*.php diff=php\n*.py diff=python\n*.rb diff=ruby\n*.rs diff=rust\n*.bash diff=bash\n*.sh diff=bash\n"
           "*.js diff=ac-script\n*.jsx diff=ac-script\n*.mjs diff=ac-script\n*.ts diff=ac-script\n*.tsx "
           "diff=ac-script\n"
           "*.vue diff=ac-script\n*.svelte diff=ac-script\n*.swift diff=ac-swift\n*.lua diff=ac-lua\n"
           "*.toml diff=ac-sections\n*.ini diff=ac-sections\n*.cfg diff=ac-sections\n";
}

QByteArrayList hunkHeaderSettings()
{
    return {
        "diff.ac-script.xfuncname="
        "!^[ \t]*(if|for|while|switch|catch|else|return|do|with)[ \t(]\n"
        "^[ \t]*((export[ \t]+)?(default[ \t]+)?(declare[ \t]+)?(abstract[ \t]+)?(async[ \t]+)?"
        "(function|class|interface|enum|namespace)[ \t*].*)$\n"
        "^[ \t]*((export[ \t]+)?(const|let|var)[ \t]+[A-Za-z_$][A-Za-z0-9_$]*[^=]*=[ \t]*(async[ "
        "\t]*)?(\\(.*=>|function|"
        "[A-Za-z_$]+[ \t]*=>).*)$\n"
        "^[ \t]+(((static|async|get|set|public|private|protected|override)[ \t]+)*[A-Za-z_$#][A-Za-z0-9_$]*[ "
        "\t]*\\([^;]*\\)[^;=]*\\{)[ \t]*$\n"
        "^([A-Za-z_$].*)$",
        "diff.ac-swift.xfuncname="
        "^[ \t]*((@[A-Za-z]+[ "
        "\t]+)*((public|private|internal|open|fileprivate|static|override|final|mutating|indirect)[ "
        "\t]+)*(func|class|struct|enum|protocol|extension|actor|init)[ \t(].*)$\n"
        "^([A-Za-z@].*)$",
        "diff.ac-lua.xfuncname=^[ \t]*((local[ \t]+)?function[ \t].*|[A-Za-z_.]+[ \t]*=[ \t]*function.*)$\n"
        "^([A-Za-z_].*)$",
        "diff.ac-sections.xfuncname=^[ \t]*(\\[.*\\])[ \t]*$",
    };
}

} // namespace AutoCommit
