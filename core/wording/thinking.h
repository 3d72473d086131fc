#pragma once

#include <QString>

namespace AutoCommit {

/// A model's answer without the thinking that servers leave in it.
struct Unthought
{
    QString text;
    bool unfinished = false; ///< thinking began and did not end; `text` is what stood before it
};

/// Takes out blocks of every family of models: <think>, <thinking>, <reasoning> and their kin, [THINK], <|...|> pairs,
/// the harmony channels (also with their control tokens already lost), "Thinking... done thinking". A closing mark
/// alone means that the opening one was part of the prompt. A mark that is mentioned inside a sentence is left alone.
Unthought withoutThinking(const QString &answer);

} // namespace AutoCommit
