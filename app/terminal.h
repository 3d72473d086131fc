#pragma once

#include <QString>

namespace AutoCommit {

enum class Colour { Plain, Bold, Dim, Red, Green, Yellow, Blue };

/// Standard output and standard error as the user sees them. Results go to out(), everything else to err(). Colours
/// only where the stream is a terminal and NO_COLOR is not set.
class Terminal
{
public:
    Terminal();

    void out(const QString &text) const; ///< as it is, no line end added
    void err(const QString &text) const;
    void outLine(const QString &text = {}) const;
    void errLine(const QString &text = {}) const;

    /// False when standard output could not take everything: a full disk, a closed pipe.
    bool outIsGood() const;
    /// Who read it has seen enough (`| head`) and closed the pipe: no failure.
    bool outWasClosed() const { return m_outClosed; }

    bool outIsTerminal() const { return m_outIsTerminal; }
    bool errIsTerminal() const { return m_errIsTerminal; }
    int width() const; ///< columns of the terminal, 80 when there is none

    QString styled(Colour colour, const QString &text) const; ///< for out()
    QString errStyled(Colour colour, const QString &text) const; ///< for err()

private:
    bool m_outIsTerminal;
    bool m_errIsTerminal;
    bool m_colour;
    mutable bool m_outClosed = false;
};

} // namespace AutoCommit
