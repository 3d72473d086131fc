#include "app/worklane.h"

namespace AutoCommit {

WorkLane::WorkLane()
{
    m_there.moveToThread(&m_thread);
    m_thread.start();
}

WorkLane::~WorkLane()
{
    m_thread.quit();
    m_thread.wait();
}

} // namespace AutoCommit
