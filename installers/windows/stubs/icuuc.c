/* Wine 8 has no icuuc.dll, which Qt imports for character sets that the program never asks for. This one, in a test's
   Wine only, says that there are none. It is not shipped. */
#define EXPORT __declspec(dllexport)
#define UNSUPPORTED 16

EXPORT void *ucnv_open(const char *name, int *error)
{
    (void)name;
    if (error)
        *error = UNSUPPORTED;
    return 0;
}

EXPORT const char *ucnv_getName(void *converter, int *error)
{
    (void)converter;
    if (error)
        *error = UNSUPPORTED;
    return 0;
}

EXPORT signed char ucnv_getMaxCharSize(void *converter) { (void)converter; return 1; }
EXPORT const char *ucnv_getStandardName(const char *name, const char *standard, int *error)
{
    (void)name, (void)standard, (void)error;
    return 0;
}
EXPORT const char *ucnv_getAvailableName(int at) { (void)at; return 0; }
EXPORT int ucnv_countAvailable(void) { return 0; }
EXPORT int ucnv_toUCountPending(void *converter, int *error) { (void)converter, (void)error; return 0; }
EXPORT int ucnv_fromUCountPending(void *converter, int *error) { (void)converter, (void)error; return 0; }

/* never called without a converter */
EXPORT void ucnv_close(void) {}
EXPORT void ucnv_reset(void) {}
EXPORT void ucnv_toUnicode(void) {}
EXPORT void ucnv_fromUnicode(void) {}
EXPORT void ucnv_getToUCallBack(void) {}
EXPORT void ucnv_getFromUCallBack(void) {}
EXPORT void ucnv_setToUCallBack(void) {}
EXPORT void ucnv_setFromUCallBack(void) {}
EXPORT void ucnv_cbToUWriteUChars(void) {}
EXPORT void ucnv_cbFromUWriteUChars(void) {}
EXPORT void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
EXPORT void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
