#pragma once

#include <QByteArray>

// toml++ 3.3 promises the compiler what its input need not keep (`[!` in a .gitleaks.toml, found by fuzzing) and then
// goes on as if it were so: with clang that is undefined behaviour. Without the promise it reports an error.
#if __has_include(<toml++/impl/preprocessor.hpp>)
#    include <toml++/impl/preprocessor.hpp>
#elif __has_include(<toml++/impl/preprocessor.h>)
#    include <toml++/impl/preprocessor.h>
#endif
#ifdef TOML_ASSERT_ASSUME
#    undef TOML_ASSERT_ASSUME
#    define TOML_ASSERT_ASSUME(...) static_assert(true)
#endif
#include <toml++/toml.h>

namespace AutoCommit {

/// Parses TOML without exceptions; ask the result before using it. toml++ 3.3 runs into undefined behaviour on some
/// characters beyond ASCII outside of strings (found by fuzzing), so each such byte is read as an `X`: names, versions
/// and patterns of the files read with this are ASCII, and a pattern stays as narrow as it was.
inline toml::parse_result parseToml(QByteArrayView text)
{
    std::string plain(text.data(), static_cast<std::size_t>(text.size()));
    for (char &c : plain) {
        if (static_cast<unsigned char>(c) > 0x7E)
            c = 'X';
    }
    return toml::parse(plain);
}

} // namespace AutoCommit
