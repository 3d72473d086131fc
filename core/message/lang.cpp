#include "core/message/file.h"

#include <array>

namespace AutoCommit::Wording {

namespace {

struct LangRow
{
    Lang lang{};
    const char *extensions;
};

constexpr std::array langRows{
    LangRow{Lang::C, "c h cc cpp cxx hh hpp hxx ipp inl tpp m mm cu cuh ino"},
    LangRow{Lang::CSharp, "cs cake"},
    LangRow{Lang::Java, "java"},
    LangRow{Lang::Kotlin, "kt kts scala sc groovy gradle"},
    LangRow{Lang::Swift, "swift"},
    LangRow{Lang::Dart, "dart"},
    LangRow{Lang::Go, "go"},
    LangRow{Lang::Rust, "rs"},
    LangRow{Lang::Python, "py pyi pyx bzl star"},
    LangRow{Lang::JavaScript, "js mjs cjs jsx ts mts cts tsx vue svelte astro"},
    LangRow{Lang::Php, "php phtml"},
    LangRow{Lang::Ruby, "rb rake gemspec ru"},
    LangRow{Lang::Elixir, "ex exs"},
    LangRow{Lang::Lua, "lua"},
    LangRow{Lang::Shell, "sh bash zsh fish ksh bats zsh-theme nu"},
    LangRow{Lang::Sql, "sql"},
    LangRow{Lang::Lisp, "scm lisp el clj cljs asm rkt"},
    LangRow{
        Lang::Other,
        "nix jl r R pl pm tcl ps1 hs ml mli erl zig nim v sv vhd fs fsx gd cr wgsl glsl hlsl vert frag sol bat cmd"},
    LangRow{Lang::Css, "css scss sass less styl"},
    LangRow{Lang::Html,
            "html htm xml xhtml svg xaml nuspec csproj props targets fsproj vbproj plist ui qrc erb twig hbs"},
    LangRow{Lang::CMake, "cmake"},
    LangRow{Lang::Make, "mk mak"},
    LangRow{Lang::Yaml, "yml yaml"},
    LangRow{Lang::Json, "json jsonc json5 webmanifest arb"},
    LangRow{Lang::Toml, "toml"},
    LangRow{Lang::Ini, "ini cfg conf properties desktop service env po pot"},
    LangRow{Lang::Proto, "proto graphql gql thrift"},
    LangRow{Lang::Hcl, "tf hcl tfvars"},
    LangRow{Lang::Markdown, "md markdown mdx mkd"},
    LangRow{Lang::Rst, "rst txt adoc asciidoc rdoc textile pod org tex 1 3 5 8"},
};

} // namespace

Lang langOf(ByteView path)
{
    const ByteView name = nameOf(path);
    if (isOneOf(name, "Makefile makefile GNUmakefile Justfile justfile") || name.startsWith("Makefile."))
        return Lang::Make;
    if (name == ByteView("CMakeLists.txt"))
        return Lang::CMake;
    if (name.startsWith("Dockerfile") || name == ByteView("Containerfile") || name.endsWith(".Dockerfile"))
        return Lang::Docker;
    if (isOneOf(name, "Gemfile Rakefile Podfile Brewfile Vagrantfile Fastfile"))
        return Lang::Ruby;
    if (isOneOf(name, "BUILD BUILD.bazel WORKSPACE MODULE.bazel Snakefile"))
        return Lang::Python;
    if (isOneOf(name, ".editorconfig .gitattributes .gitconfig .npmrc .env .env.example .env.sample .flake8"))
        return Lang::Ini;
    if (isOneOf(name, ".bashrc .zshrc .profile .bash_profile gradlew configure postinst preinst prerm postrm"))
        return Lang::Shell;
    if (isOneOf(name, ".clang-format .clang-tidy .yamllint CITATION.cff"))
        return Lang::Yaml;
    if (isOneOf(name, ".prettierrc .eslintrc .babelrc .swcrc .stylelintrc composer.lock"))
        return Lang::Json;
    ByteView extension = extensionOf(name);
    if (extension == ByteView("in") || extension == ByteView("tmpl") || extension == ByteView("j2"))
        extension = extensionOf(name.first(name.size() - extension.size() - 1));
    for (const LangRow &row : langRows) {
        if (isOneOf(extension, row.extensions))
            return row.lang;
    }
    return Lang::None;
}

bool isCode(Lang lang)
{
    switch (lang) {
    case Lang::None:
    case Lang::Css:
    case Lang::Html:
    case Lang::Docker:
    case Lang::Yaml:
    case Lang::Json:
    case Lang::Toml:
    case Lang::Ini:
    case Lang::Markdown:
    case Lang::Rst:
        return false;
    default:
        return true;
    }
}

bool startsComment(Lang lang, ByteView text)
{
    switch (lang) {
    case Lang::Python:
    case Lang::Ruby:
    case Lang::Elixir:
    case Lang::Shell:
    case Lang::CMake:
    case Lang::Make:
    case Lang::Docker:
    case Lang::Yaml:
    case Lang::Toml:
    case Lang::Hcl:
        return text.startsWith('#');
    case Lang::Lisp:
        return text.startsWith(';');
    case Lang::Other:
        return text.startsWith('#') || text.startsWith("//") || text.startsWith("-- ") || text.startsWith("(*")
            || text.startsWith("% ");
    case Lang::Ini:
        return text.startsWith('#') || text.startsWith(';');
    case Lang::Lua:
    case Lang::Sql:
        return text.startsWith("--");
    case Lang::Html:
    case Lang::Markdown:
        return text.startsWith("<!--");
    case Lang::None:
        return text.startsWith("//") || text.startsWith("# ");
    case Lang::Php:
        return text.startsWith("//") || text.startsWith("/*") || (text.startsWith('#') && !text.startsWith("#["));
    case Lang::Json:
    case Lang::Rst:
        return text.startsWith("//");
    default:
        return text.startsWith("//") || text.startsWith("/*");
    }
}

} // namespace AutoCommit::Wording
