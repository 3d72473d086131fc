#pragma once

#include <QIODevice>

namespace AutoCommit {

/// A request body that can be read once. QNetworkAccessManager sends a POST a second time when the server closes the
/// connection before it answers; with a sequential device that cannot go back it reports an error instead.
class OneShotBody final : public QIODevice
{
    Q_OBJECT

public:
    OneShotBody(QByteArray bytes, QObject *parent);

    bool isSequential() const override { return true; }
    bool reset() override { return false; }
    bool atEnd() const override { return m_at >= m_bytes.size(); }
    qint64 bytesAvailable() const override;

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    qint64 m_at = 0;
};

} // namespace AutoCommit
