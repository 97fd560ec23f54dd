; The Windows installer: for one person, without administrator rights, French and English.
; makensis is given VERSION, NUMBERS, TREE (the built tree), OUT, ICON, LICENCE, KILOBYTES.
Unicode true
Target amd64-unicode
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include TextFunc.nsh
!include WordFunc.nsh

!ifdef SIGN
  !uninstfinalize `${SIGN} && mv "%1.signed" "%1"` = 0
!endif

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\LTU Desktop"

Name "LTU Desktop"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\LTU Desktop"
InstallDirRegKey HKCU "Software\LTU Desktop" "folder"
BrandingText "LTU Desktop ${VERSION}"
ManifestDPIAware true
ManifestSupportedOS Win10

VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=1036 "ProductName" "LTU Desktop"
VIAddVersionKey /LANG=1036 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1036 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1036 "FileDescription" "Installation de LTU Desktop"
VIAddVersionKey /LANG=1036 "CompanyName" "LTU Desktop"
VIAddVersionKey /LANG=1036 "LegalCopyright" "EUPL-1.2"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\LTU Desktop.exe"
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "French"
!insertmacro MUI_LANGUAGE "English"

LangString RUNNING ${LANG_FRENCH} "LTU Desktop est ouvert. Fermez-le, puis recommencez."
LangString RUNNING ${LANG_ENGLISH} "LTU Desktop is open. Close it, then try again."
LangString OPENS ${LANG_FRENCH} "Fichier LTU Desktop"
LangString OPENS ${LANG_ENGLISH} "LTU Desktop file"
LangString NEWER ${LANG_FRENCH} "Une version plus récente de LTU Desktop est déjà installée : $0. Pour garder vos fichiers lisibles, elle n'est pas remplacée."
LangString NEWER ${LANG_ENGLISH} "A newer version of LTU Desktop is installed: $0. So that your files stay readable, it is not replaced."
LangString FOREIGN ${LANG_FRENCH} "Ce dossier contient autre chose que LTU Desktop. Choisissez un dossier neuf."
LangString FOREIGN ${LANG_ENGLISH} "This folder holds something else than LTU Desktop. Choose a new folder."

Function .onInit
  System::Call 'kernel32::GetUserDefaultUILanguage() i .r1'
  IntOp $1 $1 & 0x3FF
  StrCpy $LANGUAGE ${LANG_ENGLISH}
  ${If} $1 = 12
    StrCpy $LANGUAGE ${LANG_FRENCH}
  ${EndIf}
FunctionEnd

; A program that runs holds its files: nothing is replaced then.
!macro refuse_when_open
  ${If} ${FileExists} "$INSTDIR\LTU Desktop.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\LTU Desktop.exe" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION $(RUNNING) /SD IDOK
      SetErrorLevel 3
      Abort $(RUNNING)
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

; What an installation put there is known by its list; nothing else is ever removed.
!macro remove_listed
  ${If} ${FileExists} "$INSTDIR\installed.txt"
    FileOpen $0 "$INSTDIR\installed.txt" r
    ${Do}
      ClearErrors  ; a file that was gone already ends nothing
      FileReadUTF16LE $0 $1
      ${If} ${Errors}
        ${Break}
      ${EndIf}
      ${TrimNewLines} $1 $1
      ${If} $1 != ""
        StrCpy $2 $1 1
        ${If} $2 == "\"
          RMDir "$INSTDIR$1"
        ${Else}
          Delete "$INSTDIR\$1"
        ${EndIf}
      ${EndIf}
    ${Loop}
    FileClose $0
  ${EndIf}
!macroend

Section
  ReadRegStr $0 HKCU "${UNINSTALL}" "DisplayVersion"
  ${If} $0 != ""
    ${VersionCompare} $0 "${VERSION}" $1
    ${If} $1 = 1
      MessageBox MB_OK|MB_ICONEXCLAMATION $(NEWER) /SD IDOK
      SetErrorLevel 4
      Abort $(NEWER)
    ${EndIf}
  ${EndIf}
  ${DirState} "$INSTDIR" $0
  ${If} $0 = 1
    ${IfNot} ${FileExists} "$INSTDIR\installed.txt"
      MessageBox MB_OK|MB_ICONEXCLAMATION $(FOREIGN) /SD IDOK
      SetErrorLevel 5
      Abort $(FOREIGN)
    ${EndIf}
  ${EndIf}
  !insertmacro refuse_when_open
  !insertmacro remove_listed
  SetOutPath "$INSTDIR"
  SetOverwrite on
  File "${TREE}\installed.txt"  ; first: a broken installation is known as ours
  File /r "${TREE}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateDirectory "$SMPROGRAMS"
  CreateShortcut "$SMPROGRAMS\LTU Desktop.lnk" "$INSTDIR\LTU Desktop.exe"

  WriteRegStr HKCU "Software\Classes\.ltu" "" "LTUDesktop.File"
  WriteRegStr HKCU "Software\Classes\LTUDesktop.File" "" $(OPENS)
  WriteRegStr HKCU "Software\Classes\LTUDesktop.File\DefaultIcon" "" '"$INSTDIR\LTU Desktop.exe",0'
  WriteRegStr HKCU "Software\Classes\LTUDesktop.File\shell\open\command" "" '"$INSTDIR\LTU Desktop.exe" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  WriteRegStr HKCU "Software\LTU Desktop" "folder" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "LTU Desktop"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" '"$INSTDIR\LTU Desktop.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Function un.onInit
  System::Call 'kernel32::GetUserDefaultUILanguage() i .r1'
  IntOp $1 $1 & 0x3FF
  StrCpy $LANGUAGE ${LANG_ENGLISH}
  ${If} $1 = 12
    StrCpy $LANGUAGE ${LANG_FRENCH}
  ${EndIf}
FunctionEnd

; The person's files, settings and scheme packs lie elsewhere and stay.
Section "Uninstall"
  !insertmacro refuse_when_open
  !insertmacro remove_listed
  Delete "$INSTDIR\installed.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\LTU Desktop.lnk"
  ReadRegStr $0 HKCU "Software\Classes\.ltu" ""
  ${If} $0 == "LTUDesktop.File"
    DeleteRegKey HKCU "Software\Classes\.ltu"
  ${EndIf}
  DeleteRegKey HKCU "Software\Classes\LTUDesktop.File"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\LTU Desktop"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
