#pragma once

#include <QPlainTextEdit>

namespace AutoCommit {

/// A unified diff, coloured, read only. Very long ones are cut, and say so.
class DiffView : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit DiffView(QWidget *parent = nullptr);

    void setDiff(const QByteArray &diff);
    void setMessage(const QString &message); ///< a sentence instead of a diff
    void showFile(const QString &path); ///< scrolls to that file's part

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace AutoCommit
