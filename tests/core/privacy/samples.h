#pragma once

#include "core/privacy/shape.h"

#include <QRandomGenerator>

/// Values for tests, made at run time, so that no source file of ours holds anything a scanner would stop at.
namespace AutoCommit::Samples {

inline constexpr QByteArrayView hexDigits = "0123456789abcdef";
inline constexpr QByteArrayView upperAlnum = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
inline constexpr QByteArrayView alnum = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
inline constexpr QByteArrayView base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

inline QByteArray randomText(QRandomGenerator &random, QByteArrayView alphabet, qsizetype length)
{
    QByteArray text;
    for (qsizetype i = 0; i < length; ++i)
        text += alphabet[random.bounded(static_cast<int>(alphabet.size()))];
    return text;
}

inline QByteArray randomOf(QRandomGenerator &random, const ByteSet &set)
{
    QByteArray members;
    set.forEach([&](char c) {
        if (c > ' ' && c <= '~')
            members += c;
    });
    if (members.isEmpty())
        return " ";
    return members.mid(random.bounded(static_cast<int>(members.size())), 1);
}

/// A string of the given form. Open-ended repetitions are kept short.
inline QByteArray sampleOf(QRandomGenerator &random, const Shape::Sequence &nodes)
{
    QByteArray text;
    for (const Shape::Node &node : nodes) {
        const int most = std::min(node.max, node.min + 12);
        const int rounds = node.min + random.bounded(most - node.min + 1);
        for (int i = 0; i < rounds; ++i) {
            if (node.choices.empty())
                text += randomOf(random, node.set);
            else
                text += sampleOf(
                    random,
                    node.choices[static_cast<std::size_t>(random.bounded(static_cast<int>(node.choices.size())))]);
        }
    }
    return text;
}

inline QByteArray uuid(QRandomGenerator &random)
{
    QByteArray text;
    for (const int part : {8, 4, 4, 4, 12})
        text += (text.isEmpty() ? "" : "-") + randomText(random, hexDigits, part);
    return text;
}

} // namespace AutoCommit::Samples
