#pragma once

#include "tests/support/fakemodelserver.h"

#include <QStringList>

namespace AutoCommit::Wire {

// The shapes of replies as real servers send them, and as broken ones do. Sources: captures of llama-server; the
// documentation and issues of vLLM, Ollama and LM Studio.

WireStep send(const QByteArray &bytes);
WireStep pause(std::chrono::milliseconds time);
WireStep hold();
WireStep close();
WireStep reset();

/// Status line and headers up to the blank line.
QByteArray head(int status, const QByteArray &contentType, const QByteArray &moreHeaders = {});
/// Of a stream: 200, text/event-stream, chunked.
QByteArray streamHead();
/// One HTTP chunk.
QByteArray chunk(const QByteArray &bytes);
QByteArray lastChunk();

// Events of a stream, with the blank line behind.
QByteArray roleEvent(); ///< the first of llama.cpp: content is null
QByteArray textEvent(const QString &text);
QByteArray thinkingEvent(const QString &text, const QByteArray &field = "reasoning_content");
QByteArray finishEvent(const QByteArray &reason = "stop");
QByteArray usageEvent(int prompt, int completion, int cached = 0); ///< choices is empty
QByteArray doneEvent();
QByteArray errorEvent(int code, const QByteArray &message, const QByteArray &type);

/// A whole, correct stream that says `text` in pieces of three characters.
WireScript answer(const QString &text, const QByteArray &finish = "stop", int promptTokens = 40);
/// A stream of these events, each in a chunk of its own, then the end of the body.
WireScript stream(const QList<QByteArray> &events);
/// The same in one JSON object, as a server that ignores "stream" would.
WireScript wholeAnswer(const QString &text, const QByteArray &finish = "stop");
/// A status with a body; closes, as llama-server does after an error.
WireScript error(int status, const QByteArray &body, const QByteArray &moreHeaders = {});
/// Reads the request and says nothing.
WireScript silence();

} // namespace AutoCommit::Wire
