/* Wine 8 lacks a part of mscms.dll, with which Qt asks for the screen's colour profile. This one, in a test's Wine only,
   has none. It is not shipped. */
#define EXPORT __declspec(dllexport)

EXPORT void *OpenColorProfileW(void) { return 0; }
EXPORT void *WcsOpenColorProfileW(void) { return 0; }
EXPORT void *WcsCreateIccProfile(void) { return 0; }
EXPORT int CloseColorProfile(void) { return 1; }
EXPORT int GetColorProfileFromHandle(void *profile, void *bytes, unsigned *size)
{
    (void)profile, (void)bytes;
    if (size)
        *size = 0;
    return 0;
}
