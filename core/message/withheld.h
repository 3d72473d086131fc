#pragma once

#include "core/message/fact.h"

#include <QSet>

namespace AutoCommit::Wording {

/// Does the name promise a credential as its value: `db_password`, `API_KEY`, `client-secret`? A narrow guess by the
/// last words of the name. It only decides what a message does not repeat; what may be committed is the gate's matter.
bool namesCredential(ByteView name);

/// Is `value` one not to repeat behind that name? true, null and "${TOKEN}" give nothing away.
bool isWithheld(ByteView name, ByteView value);

/// The values that the diff (its unchanged lines too) gives to such names. A message outlives the next rotation of a
/// key and is read by more people than the file, so none of them is repeated, however harmless it looks: "hunter2" is
/// as plain as a word.
class WithheldValues
{
public:
    explicit WithheldValues(const ChangeView &view);

    /// Does the fact show one of them as a whole word? Facts made of paths and definitions alone never do.
    bool shownIn(const Fact &fact) const;

private:
    void read(Lang lang, ByteView line);
    void readValues(Lang lang, ByteView behind, bool flag);
    void withhold(ByteView value);

    QSet<QByteArray> m_values;
};

} // namespace AutoCommit::Wording
