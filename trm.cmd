@echo off
rem Starts the trm command on Windows; builds it first where it has not been built. After a change of a source: trm.cmd --rebuild
setlocal EnableDelayedExpansion
set "root=%~dp0"
set "project=trm-cli"
set "main=org.trm4j.cli.TrmMain"
if "%~1"=="serve" (
  set "project=trm-server"
  set "main=org.trm4j.server.TrmServer"
  shift /1
)
if "%~1"=="mcp" (
  set "project=trm-mcp"
  set "main=org.trm4j.mcp.McpMain"
  shift /1
)
set "app=%root%%project%\target\windows"

if not defined JAVA_HOME for /f "delims=" %%J in ('where java 2^>nul') do if not defined JAVA_HOME for %%D in ("%%~dpJ..") do set "JAVA_HOME=%%~fD"
if not exist "%JAVA_HOME%\bin\javac.exe" (
  echo trm: no JDK 25 found: install one ^(https://adoptium.net/temurin/releases/?version=25^) and set JAVA_HOME to where it is. 1>&2
  exit /b 1
)

if "%~1"=="--rebuild" (
  if exist "%app%" rmdir /s /q "%app%"
  shift /1
)
if not exist "%app%\%project%.jar" (
  echo trm: building the command ^(once^) ... 1>&2
  pushd "%root%"
  call mvnw.cmd -q -Dquick -DskipTests -pl %project% -am package 1>&2
  if errorlevel 1 ( popd & exit /b 1 )
  popd
  mkdir "%app%"
  copy /y "%root%%project%\target\lib\*.jar" "%app%" >nul
  copy /y "%root%%project%\target\%project%.jar" "%app%" >nul
)

set "arguments="
:collect
if "%~1"=="" goto start
set arguments=!arguments! %1
shift /1
goto collect

:start
"%JAVA_HOME%\bin\java" -XX:+UseSerialGC --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dguice_bytecode_gen_option=DISABLED -cp "%app%\*" %main%!arguments!
exit /b %errorlevel%
