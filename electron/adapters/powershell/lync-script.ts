/** Comes before the answer, so that whatever else is printed (a module's greeting, warnings) is passed over. */
const ANSWER_MARK = 'LYNC-DRAIN-ANSWER:';

/**
 * Where modules are looked for. The user's own folder comes first in Windows' default, and other programs of the user may
 * write there, so that an elevated program takes the machine's setting.
 */
const MACHINE_MODULES = "[Environment]::GetEnvironmentVariable('PSModulePath','Machine')";

/**
 * Under AppLocker and Windows Defender Application Control the language mode is ConstrainedLanguage: methods cannot be called
 * (about_Language_Modes). Properties can be read in it. A module may set the mode too, so that it is read twice.
 */
const IS_FULL = "[string]$ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage'";

/**
 * What the script prints, last of all, if it may not run in the language mode. Short enough for one line of any console:
 * in a restricted language, text is written by PowerShell's own output only.
 */
export const REFUSAL = `${ANSWER_MARK}${Buffer.from(JSON.stringify({ outcome: 'restricted' })).toString('base64')}`;

/**
 * A script that asks Lync's cmdlets, for Windows PowerShell 3.0 and later. On one line, because PowerShell takes what
 * comes through its standard input line by line. It answers with JSON in Base64 behind a mark: the output's code page
 * is the console's, and Base64 is the same in all of them. Errors are told by their ids,
 * categories and types, which are not translated.
 * @param ask what sets `$answer`, once Lync's module is loaded; statements that end in `;`
 * @param moduleFolder looked in for the modules instead of the machine's own places
 */
export function lyncScript(ask: string, moduleFolder: string | null): string {
  return [
    "$ErrorActionPreference='Stop'; $ProgressPreference='SilentlyContinue'; $WarningPreference='SilentlyContinue';",
    `if(${IS_FULL}) {`,
    `$env:PSModulePath=$PSHOME+'/Modules'+[IO.Path]::PathSeparator+${moduleFolder === null ? MACHINE_MODULES : textLiteral(moduleFolder)};`,
    // What an error is, and what it was thrown for: Lync wraps refusals of Windows and of the database.
    `$failed={ param($f) $types=@(); if(${IS_FULL}) { for($e=$f.Exception; $e -and $types.Count -lt 8; $e=$e.InnerException) { $types+=$e.GetType().FullName } };`,
    "@{outcome='failed'; errorId=[string]$f.FullyQualifiedErrorId; message=[string]$f.Exception.Message; category=[string]$f.CategoryInfo.Category; types=$types} };",
    'try {',
    '$module=@(Get-Module -Name SkypeForBusiness,Lync) | Select-Object -First 1;',
    'if(-not $module) {',
    '$module=@(Get-Module -ListAvailable -Name SkypeForBusiness,Lync) | Select-Object -First 1;',
    'if($module) { Import-Module -ModuleInfo $module }',
    '};',
    `if(-not $module) { $answer=@{outcome='module-missing'} } else { ${ask} }`,
    '} catch { $answer=& $failed $_ } };',
    `if(${IS_FULL}) {`,
    '$json=ConvertTo-Json -InputObject $answer -Compress -Depth 6;',
    `[Console]::Out.WriteLine('${ANSWER_MARK}'+[Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($json)))`,
    `} else { '${REFUSAL}' }`,
  ].join(' ');
}

/** Base64 has no character that PowerShell reads as anything but text. */
export function textLiteral(text: string): string {
  return `[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${Buffer.from(text, 'utf8').toString('base64')}'))`;
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}/;

/**
 * Finds the answer among everything that was printed: the last one, because the script prints it last, wherever on a line it stands.
 * @returns what the script answered, null if it cannot be read
 */
export function decodeAnswer(output: string): unknown {
  const place = output.lastIndexOf(ANSWER_MARK);
  if (place < 0) return null;
  const [encoded = ''] = BASE64.exec(output.slice(place + ANSWER_MARK.length)) ?? [];
  try {
    return JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
  } catch {
    return null;
  }
}
