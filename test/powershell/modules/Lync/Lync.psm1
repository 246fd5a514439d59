# Lync's module as far as our script knows it, for a real PowerShell: Get-CsWindowsService does what SCENARIO_FILE says.
# The same scenarios as in ../../stand-in.mjs.

$loading = [IO.File]::ReadAllText($env:SCENARIO_FILE)

# An import that takes its time, as Lync's own does on a busy server.
if ($loading -eq 'imports-slowly') {
    while (-not (Test-Path $env:GATE_FILE)) { Start-Sleep -Milliseconds 10 }
}
if ($loading -eq 'greets') { Write-Host -NoNewline 'Welcome to Lync Server! ' }
# What Windows PowerShell answers for a module under the policies Restricted and AllSigned.
if ($loading -eq 'is-no-script-to-run') { throw (New-Object System.Management.Automation.PSSecurityException 'Die Ausfuehrung von Skripts ist deaktiviert') }
# As AppLocker and Windows Defender Application Control do it to the whole session.
if ($loading -eq 'restricts') { $ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage' }

# The documented shape: RoleName is an array and may be empty.
function New-Service($Name, $ActivityLevel, $RoleName = @()) {
    New-Object PSObject -Property @{ Status = 'Running'; Name = $Name; DisplayName = "Lync Server $Name"; RoleName = $RoleName; ActivityLevel = $ActivityLevel }
}

function Get-CsWindowsService {
    $scenario = [IO.File]::ReadAllText($env:SCENARIO_FILE)
    [IO.File]::AppendAllText($env:CALLS_FILE, "$PID`n")
    if ($scenario -eq 'crashes') { [Environment]::Exit(3) }
    if ($scenario -eq 'exits') { exit 4 }
    if ($scenario -eq 'hangs') { while ($true) { Start-Sleep -Seconds 1 } }
    if ($scenario -eq 'runs-away') { [Console]::Out.Write('x' * 2000000) }
    if ($scenario -eq 'floods-errors') { [Console]::Error.Write('x' * 2000000) }
    if ($scenario -eq 'tells-much') {
        $many = (0..19 | ForEach-Object { "Activity number $_=$_" }) -join ','
        0..299 | ForEach-Object { New-Service "SVC$_" $many }
        return
    }
    if ($scenario -eq 'refuses') { throw 'Zugriff verweigert' }
    if ($scenario -eq 'denies') { throw (New-Object System.UnauthorizedAccessException 'Zugriff verweigert') }
    if ($scenario -eq 'asks') { Read-Host 'Are you sure?' | Out-Null }
    if ($scenario -eq 'reads-input') { [Console]::In.ReadLine() | Out-Null }
    # An answer of ours that says that all is empty.
    if ($scenario -eq 'lies') {
        $json = '{"outcome":"read","services":[{"name":"RTCCAA","activityLevel":"Concurrent Calls=0"}]}'
        Write-Host ('LYNC-DRAIN-ANSWER:' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($json)))
    }
    if ($scenario -eq 'speaks-german') {
        [Console]::Out.WriteLine('Willkommen')
        [Console]::Error.WriteLine('WARNUNG: Hallo')
        New-Service 'RtcCaa' 'Gleichzeitige Anrufe=2'
        return
    }
    if ($scenario -eq 'leaves-activity-out') {
        New-Object PSObject -Property @{ Status = 'Running'; Name = 'RTCCAA'; DisplayName = 'Lync Server Conferencing Attendant'; RoleName = @('FrontEnd') }
        return
    }
    # What each service says, as JSON.
    if ($scenario.StartsWith('[')) {
        $scenario | ConvertFrom-Json | ForEach-Object { New-Service $_.Name $_.ActivityLevel }
        return
    }
    if ($scenario -eq 'waits') { while (-not (Test-Path $env:GATE_FILE)) { Start-Sleep -Milliseconds 10 } }
    New-Service 'W3SVC' $null
    New-Service 'RTCRGS' 'Calls=1,Agents=0' @('ApplicationServer')
    New-Service 'RTCCAA' 'Concurrent Calls=3' @('ApplicationServer', 'FrontEnd')
}

Export-ModuleMember -Function Get-CsWindowsService
