; The installer and the uninstaller. Compiled by build/package-installer.mjs, which gives:
;   APPLICATION  the folder of the packaged application
;   TASK         a file that writes the scheduled task's description, line by line
;   ICON, LICENSE, OUTPUT, VERSION
;
; Everything goes to one fixed folder below Program Files, where only administrators may write: the task starts the
; program with their rights. Exit codes beside NSIS's own (0 done, 1 cancelled, 2 aborted):
;   3    a maintenance is open: nothing was removed
;   4    Lync Drain is running: nothing was changed
;   5    it could not be found out whether a maintenance is open: nothing was removed
;   6    installed, but Windows did not take the scheduled task
;   7    it was installed by its Windows Installer package (MSI): nothing was changed
;   740  not an administrator (ERROR_ELEVATION_REQUIRED): nothing was changed
; Options beside /S (silent): /AUTOSTART=no, and for the uninstaller /FORCE, which does not ask for an open maintenance.

Unicode true
Target amd64-unicode
; LZMA would make a quarter less of it, in ten times the time.
SetCompressor zlib
SetDateSave off
AllowSkipFiles off
ManifestDPIAware true
ManifestSupportedOS all
RequestExecutionLevel admin
OutFile "${OUTPUT}"
BrandingText " "

!include LogicLib.nsh
!include FileFunc.nsh
!include MUI2.nsh

!define PRODUCT "Lync Drain"
!define PROGRAM "${PRODUCT}.exe"
!define UNINSTALLER "uninstall.exe"
!define EVENT_KEY "SYSTEM\CurrentControlSet\Services\EventLog\Application\${PRODUCT}"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${PRODUCT}"

!define EXIT_OPEN 3
!define EXIT_RUNNING 4
!define EXIT_UNKNOWN 5
!define EXIT_NO_TASK 6
!define EXIT_OTHER_SETUP 7
!define EXIT_NOT_ELEVATED 740

Name "${PRODUCT}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "${PRODUCT}"
VIAddVersionKey FileDescription "${PRODUCT} ${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey LegalCopyright "${PUBLISHER}"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_COMPONENTSPAGE_SMALLDESC
!define MUI_FINISHPAGE_NOAUTOCLOSE
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!insertmacro MUI_PAGE_LICENSE "${LICENSE}"
!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipInUpdate
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(DATA_STAYS)"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES

; The first language is taken where Windows speaks neither.
!insertmacro MUI_LANGUAGE English
!insertmacro MUI_LANGUAGE SimpChinese

LangString NOT_ELEVATED ${LANG_ENGLISH} "Only an administrator can do this. Start it with $\"Run as administrator$\"."
LangString NOT_ELEVATED ${LANG_SIMPCHINESE} "只有管理员才能执行此操作。请选择“以管理员身份运行”。"
LangString IS_RUNNING ${LANG_ENGLISH} "Lync Drain is running, perhaps in the session of another administrator. Choose $\"Exit$\" in its tray menu, close its command line, and try again."
LangString IS_RUNNING ${LANG_SIMPCHINESE} "Lync Drain 正在运行，也可能在另一位管理员的会话中。请在其托盘菜单中选择“退出”，关闭其命令行，然后重试。"
LangString IS_OPEN ${LANG_ENGLISH} "A maintenance is open on this server: services are not yet as they were before. Bring them back with Lync Drain ($\"lync-drain resume$\"), then uninstall. Nothing was removed."
LangString IS_OPEN ${LANG_SIMPCHINESE} "此服务器上有一次维护尚未结束：服务还没有恢复原样。请先用 Lync Drain 恢复服务（“lync-drain resume”），然后再卸载。未删除任何内容。"
LangString CANNOT_TELL ${LANG_ENGLISH} "It could not be found out whether a maintenance is open on this server, so nothing was removed. See what $\"lync-drain history$\" says. To uninstall all the same, run the uninstaller with /FORCE."
LangString CANNOT_TELL ${LANG_SIMPCHINESE} "无法确定此服务器上是否有尚未结束的维护，因此未删除任何内容。请查看“lync-drain history”的输出。如仍要卸载，请用 /FORCE 运行卸载程序。"
LangString NO_TASK ${LANG_ENGLISH} "Lync Drain is installed, but Windows did not take the scheduled task that starts it at sign-in. You can switch this on in its settings."
LangString NO_TASK ${LANG_SIMPCHINESE} "Lync Drain 已安装，但 Windows 未接受登录时启动它的计划任务。您可以在其设置中打开此功能。"
LangString OTHER_SETUP ${LANG_ENGLISH} "Lync Drain was installed on this server by its Windows Installer package (MSI), perhaps by a group policy. Remove that first. Nothing was changed."
LangString OTHER_SETUP ${LANG_SIMPCHINESE} "此服务器上的 Lync Drain 由其 Windows Installer 程序包 (MSI) 安装，也可能由组策略安装。请先卸载它。未做任何更改。"
LangString NO_PATH ${LANG_ENGLISH} "The command line was not put on the machine's path: lync-drain must be called with its folder."
LangString NO_PATH ${LANG_SIMPCHINESE} "未能将命令行添加到计算机的 PATH：调用 lync-drain 时须写明其文件夹。"
LangString PROMPT ${LANG_ENGLISH} "Lync Drain Command Prompt"
LangString PROMPT ${LANG_SIMPCHINESE} "Lync Drain 命令提示符"
LangString DATA_STAYS ${LANG_ENGLISH} "Lync Drain will be removed. The records of past maintenance runs and the settings stay in $APPDATA\${PRODUCT}."
LangString DATA_STAYS ${LANG_SIMPCHINESE} "将删除 Lync Drain。以往维护的记录和设置仍保留在 $APPDATA\${PRODUCT}。"
LangString SECTION_PROGRAM ${LANG_ENGLISH} "Tray app and command line"
LangString SECTION_PROGRAM ${LANG_SIMPCHINESE} "托盘程序和命令行"
LangString SECTION_AUTOSTART ${LANG_ENGLISH} "Start with Windows"
LangString SECTION_AUTOSTART ${LANG_SIMPCHINESE} "随 Windows 启动"
LangString ABOUT_PROGRAM ${LANG_ENGLISH} "The tray app with its start menu entry, and in the folder $\"cli$\" the command line edition."
LangString ABOUT_PROGRAM ${LANG_SIMPCHINESE} "托盘程序及其开始菜单项，以及“cli”文件夹中的命令行版本。"
LangString ABOUT_AUTOSTART ${LANG_ENGLISH} "A scheduled task starts the tray app when an administrator signs in."
LangString ABOUT_AUTOSTART ${LANG_SIMPCHINESE} "管理员登录时，由计划任务启动托盘程序。"

!macro Refuse TEXT CODE
  MessageBox MB_OK|MB_ICONSTOP "$(${TEXT})" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

; What installer and uninstaller begin with. Whatever the command line or the uninstaller's own place says, the folder is
; the one below Program Files: removing it whole must never remove anything else.
!macro Begin
  SetShellVarContext all
  StrCpy $INSTDIR "$PROGRAMFILES64\${PRODUCT}"
  UserInfo::GetAccountType
  Pop $0
  ${If} $0 != "Admin"
    !insertmacro Refuse NOT_ELEVATED ${EXIT_NOT_ELEVATED}
  ${EndIf}
  !insertmacro RefuseWhileRunning "$INSTDIR\${PROGRAM}"
  !insertmacro RefuseWhileRunning "$INSTDIR\cli\node.exe"
!macroend

; Windows lets nobody write to a program that runs, in whichever session.
!macro RefuseWhileRunning FILE
  ${DoWhile} ${FileExists} "${FILE}"
    ClearErrors
    FileOpen $0 "${FILE}" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    ${If} ${Silent}
    ${OrIf} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(IS_RUNNING)" IDCANCEL`
      SetErrorLevel ${EXIT_RUNNING}
      Quit
    ${EndIf}
  ${Loop}
!macroend

; A prompt with administrator rights in the start menu, in which lync-drain is found. A link asks for those rights by a flag in the
; 22nd byte (MS-SHLLINK, LinkFlags, RunAsUser); NSIS has no word for it.
!macro CreatePrompt
  CreateShortCut "$SMPROGRAMS\$(PROMPT).lnk" "$SYSDIR\cmd.exe" '/K "set PATH=$INSTDIR\cli;%PATH%&& lync-drain --help"' "$INSTDIR\${PROGRAM}"
  FileOpen $0 "$SMPROGRAMS\$(PROMPT).lnk" a
  FileSeek $0 21
  FileReadByte $0 $1
  IntOp $1 $1 | 0x20
  FileSeek $0 21
  FileWriteByte $0 $1
  FileClose $0
!macroend

Section "$(SECTION_PROGRAM)" PROGRAM_SECTION
  SectionIn RO
  ; Files that an older version had and this one has not would stay for ever.
  RMDir /r "$INSTDIR"
  SetOutPath "$INSTDIR"
  File /r "${APPLICATION}/*"
  WriteUninstaller "$INSTDIR\${UNINSTALLER}"
  ; Who clicks it wants to see the window; at logon the task starts the icon alone.
  CreateShortCut "$SMPROGRAMS\${PRODUCT}.lnk" "$INSTDIR\${PROGRAM}" "--open"
  !insertmacro CreatePrompt
  ; Not by this installer: it would read and write a long path cut.
  nsExec::Exec '"$INSTDIR\lync-drain-path.exe" add "$INSTDIR\cli"'
  Pop $0
  ${If} $0 != 0
    DetailPrint "$(NO_PATH) ($0)"
  ${EndIf}
  WriteRegStr HKLM "${UNINSTALL_KEY}" DisplayName "${PRODUCT}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" DisplayVersion "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" DisplayIcon "$INSTDIR\${PROGRAM}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" Publisher "${PUBLISHER}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" InstallLocation "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL_KEY}" UninstallString '"$INSTDIR\${UNINSTALLER}"'
  ; With _?= the uninstaller stays the process that was started: whoever started it can wait for its exit code.
  WriteRegStr HKLM "${UNINSTALL_KEY}" QuietUninstallString '"$INSTDIR\${UNINSTALLER}" /S _?=$INSTDIR'
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" EstimatedSize $0
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" NoModify 1
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" NoRepair 1
  ; The event source: the file with the texts, and errors (1), warnings (2) and information (4).
  WriteRegExpandStr HKLM "${EVENT_KEY}" EventMessageFile "$INSTDIR\lync-drain-events.exe"
  WriteRegDWORD HKLM "${EVENT_KEY}" TypesSupported 7
SectionEnd

Section "$(SECTION_AUTOSTART)" AUTOSTART_SECTION
  ; Beside the program, because in the temporary folder others could change it before it is read.
  FileOpen $0 "$INSTDIR\task.xml" w
  !include "${TASK}"
  FileClose $0
  nsExec::Exec '"$SYSDIR\schtasks.exe" /Create /TN "${PRODUCT}" /XML "$INSTDIR\task.xml" /F'
  Pop $0
  Delete "$INSTDIR\task.xml"
  ${If} $0 != 0
    SetErrorLevel ${EXIT_NO_TASK}
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(NO_TASK)" /SD IDOK
  ${EndIf}
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${PROGRAM_SECTION} "$(ABOUT_PROGRAM)"
  !insertmacro MUI_DESCRIPTION_TEXT ${AUTOSTART_SECTION} "$(ABOUT_AUTOSTART)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

; What is installed now; empty in a first installation.
Var InstalledVersion

Function .onInit
  !insertmacro Begin
  ; The Windows Installer package says that it is there (build/package-msi.mjs).
  ReadRegStr $0 HKLM "Software\${PRODUCT}" "WindowsInstaller"
  ${If} $0 != ""
    !insertmacro Refuse OTHER_SETUP ${EXIT_OTHER_SETUP}
  ${EndIf}
  ReadRegStr $InstalledVersion HKLM "${UNINSTALL_KEY}" DisplayVersion
  ${GetParameters} $0
  ${GetOptions} $0 "/AUTOSTART=" $1
  ; An update leaves the task as it is: it may have been switched off in the app.
  ${If} $1 == "no"
  ${OrIf} $InstalledVersion != ""
    !insertmacro UnselectSection ${AUTOSTART_SECTION}
  ${EndIf}
FunctionEnd

Function SkipInUpdate
  ${If} $InstalledVersion != ""
    Abort
  ${EndIf}
FunctionEnd

Function un.onInit
  !insertmacro Begin
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/FORCE" $1
  ${If} ${Errors}
    Call un.RefuseWhileOpen
  ${EndIf}
FunctionEnd

; Only the command line edition can read the records. A server without it can hardly be asked.
Function un.RefuseWhileOpen
  ; Below Program Files: the launcher need not look who may write there, and must not keep anybody from uninstalling.
  nsExec::Exec /TIMEOUT=60000 '"$INSTDIR\cli\lync-drain.exe" --trust-folder history --open'
  Pop $0
  ${Switch} $0
    ${Case} 0
      ${Break}
    ${Case} 3
      !insertmacro Refuse IS_OPEN ${EXIT_OPEN}
    ${Default}
      !insertmacro Refuse CANNOT_TELL ${EXIT_UNKNOWN}
  ${EndSwitch}
FunctionEnd

Section Uninstall
  DetailPrint "$(DATA_STAYS)"
  nsExec::Exec '"$SYSDIR\schtasks.exe" /Delete /TN "${PRODUCT}" /F'
  Pop $0
  Delete "$SMPROGRAMS\${PRODUCT}.lnk"
  ; In whichever language it was installed.
  Delete "$SMPROGRAMS\Lync Drain Command Prompt.lnk"
  Delete "$SMPROGRAMS\Lync Drain 命令提示符.lnk"
  nsExec::Exec '"$INSTDIR\lync-drain-path.exe" remove "$INSTDIR\cli"'
  Pop $0
  ; A program that runs cannot be deleted, but it can be moved away.
  GetTempFileName $0
  Delete $0
  Rename "$INSTDIR\${UNINSTALLER}" $0
  Delete /REBOOTOK $0
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR"
  DeleteRegKey HKLM "${UNINSTALL_KEY}"
  DeleteRegKey HKLM "${EVENT_KEY}"
SectionEnd
