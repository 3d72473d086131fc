#include "core/wording/controltokens.h"

#include <QRegularExpression>

#include <algorithm>

namespace AutoCommit {

using namespace Qt::StringLiterals;

QString neutralized(const QString &text)
{
    // One alternative a family: everything with a pipe (ChatML, Llama 3, Phi, gpt-oss, DeepSeek's wide one, Gemma 4's
    // one-sided ones); Mistral's and BERT's words in brackets; SentencePiece's and others' tags; Llama 2's; our fences.
    // The group is what stays in front of the blank.
    static const QRegularExpression token(
        uR"((<)(?=[|｜])|([|｜])(?=>))"
        uR"(|(\[)(?=/?(?:[A-Z][A-Z_]{1,40}\d*|gMASK|sMASK|e~\[|@BOS@)\]))"
        uR"(|(<)(?=/?(?:s|unk|pad|bos|eos|cls|sep|mask|eop|sop|eod|eot|start_of_turn|end_of_turn|start_of_image|end_of_image|image_soft_token|unused\d+|extra_id_\d+|SPECIAL_\d+|reserved[\w_]*|0x[0-9A-Fa-f]{2}|[\w:]*think(?:ing)?|thoughts?|reasoning|reflection|analysis|scratchpad|(?:\w+:)?tool_calls?|_user|_bot|_system|tool_response|tool_results?|tools|function(?:_call|s)?|fim_\w+|repo_name|reponame|file_sep|filename|gh_stars|issue_\w+|jupyter_\w+|commit_(?:before|after|msg)|empty_output|system|user|assistant|image|video|audio|endoftext)\s*/?>))"
        uR"(|(<)(?=<\/?SYS>>)|(\])(?=~b\])|(◁)(?=/?think▷)|(<<<)(?=DATA)|(DATA)(?=>>>))"_s);
    static const QString starts = u"<[]|｜◁"_s;
    if (!text.contains("DATA"_L1) && std::ranges::none_of(text, [](QChar c) { return starts.contains(c); }))
        return text;
    QString out;
    qsizetype from = 0;
    for (auto found = token.globalMatch(text); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        out += QStringView(text).sliced(from, match.capturedEnd() - from);
        out += u' ';
        from = match.capturedEnd();
    }
    out += QStringView(text).sliced(from);
    return out;
}

} // namespace AutoCommit
