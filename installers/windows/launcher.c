/* Starts LTU Desktop with the Python that lies beside it in the folder python. Built twice: with a window
   ("LTU Desktop.exe"), and for the command line ("ltu-desktop.exe"). */
#include <windows.h>
#include <wchar.h>

typedef int (*py_main)(int, wchar_t **);

static int fail(void)
{
    MessageBoxW(NULL,
                L"LTU Desktop n'est pas complet : un fichier manque ou ne peut pas \u00eatre lu. Installez-le de nouveau ; "
                L"vos donn\u00e9es ne sont pas touch\u00e9es.\n\n"
                L"LTU Desktop is not complete: a file is missing or cannot be read. Install it again; your data are not "
                L"touched.",
                L"LTU Desktop", MB_OK | MB_ICONERROR);
    return 1;
}

int wmain(int argc, wchar_t **argv)
{
    static wchar_t path[32768];
    DWORD length = GetModuleFileNameW(NULL, path, 32768 - 32);
    wchar_t *name = wcsrchr(path, L'\\');
    if (length == 0 || name == NULL)
        return fail();
    wcscpy(name, L"\\python\\python313.dll");
    HMODULE python = LoadLibraryExW(path, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32);
    py_main run = python ? (py_main)(void *)GetProcAddress(python, "Py_Main") : NULL;
    wchar_t **given = HeapAlloc(GetProcessHeap(), 0, (argc + 6) * sizeof(wchar_t *));
    if (run == NULL || given == NULL)
        return fail();
    int count = 0;
    given[count++] = argv[0];
    given[count++] = L"-B"; /* all is compiled already, and the folder may be read-only */
    given[count++] = L"-X";
    given[count++] = L"utf8";
    given[count++] = L"-m";
    given[count++] = L"ltu_desktop";
    for (int at = 1; at < argc; at++)
        given[count++] = argv[at];
    return run(count, given);
}
