@echo off
setlocal
rem Proves Lync Drain on this Windows. READ-ME.txt says what it does.
rem Node 16 runs on Windows 7 and Server 2008 R2, but refuses to unless told so.
set NODE_SKIP_PLATFORM_CHECK=1
"%~dp0lync-drain\node.exe" "%~dp0acceptance.cjs" %*
set CODE=%ERRORLEVEL%
if not "%CODE%"=="9" goto end
if "%~1"=="--elevated" goto end
if defined LYNC_DRAIN_ACCEPTANCE_UNATTENDED goto how
echo Windows asks for them now. The kit goes on in a new window.
set LYNC_DRAIN_ACCEPTANCE_KIT=%~f0
set LYNC_DRAIN_ACCEPTANCE_WORDS=%*
powershell.exe -NoProfile -Command "Start-Process -Verb RunAs -FilePath $env:ComSpec -ArgumentList ('/d /k \"\"' + $env:LYNC_DRAIN_ACCEPTANCE_KIT + '\" --elevated %*\"')"
if not errorlevel 1 exit /b 0
:how
echo Open a Command Prompt with "Run as administrator", and type:
echo   "%~f0"
:end
exit /b %CODE%
