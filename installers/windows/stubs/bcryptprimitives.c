/* Wine 8 has no bcryptprimitives.dll, from which a library written in Rust takes random bytes. This one, in a test's
   Wine only, takes them from the older function. It is not shipped. */
#include <windows.h>

BOOLEAN WINAPI SystemFunction036(void *bytes, ULONG length); /* RtlGenRandom */

__declspec(dllexport) BOOL WINAPI ProcessPrng(unsigned char *bytes, SIZE_T length)
{
    return SystemFunction036(bytes, (ULONG)length);
}
