import { lyncScript } from './lync-script.js';

/**
 * The script that reads ActivityLevel.
 * @param moduleFolder looked in for the modules instead of the machine's own places
 */
export function activityScript(moduleFolder: string | null = null): string {
  return lyncScript(
    "$services=@(Get-CsWindowsService | ForEach-Object { @{name=[string]$_.Name; activityLevel=(@($_.ActivityLevel | ForEach-Object { [string]$_ }) -join ',')} });" +
      " $answer=@{outcome='read'; services=$services}",
    moduleFolder,
  );
}
