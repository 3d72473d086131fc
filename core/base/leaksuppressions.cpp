// Only in builds with AddressSanitizer, whose leak checker asks this function by its name.
//
// OpenSSL frees a thread's random generators when the system ends the thread, which is a moment after QThread::wait()
// has returned: a program that ends right then is told of a leak that is none.
extern "C" const char *__lsan_default_suppressions() // NOLINT(bugprone-reserved-identifier)
{
    return "leak:libcrypto.so\n";
}
