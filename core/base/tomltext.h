#pragma once

#include <QByteArray>

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
