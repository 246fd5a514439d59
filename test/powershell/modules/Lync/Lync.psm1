# Lync's module as far as our script knows it, for a real PowerShell: Get-CsWindowsService does what SCENARIO_FILE says.
# The same scenarios as in ../../stand-in.mjs.

# An import that takes its time, as Lync's own does on a busy server.
if ([IO.File]::ReadAllText($env:SCENARIO_FILE) -eq 'imports-slowly') {
    while (-not (Test-Path $env:GATE_FILE)) { Start-Sleep -Milliseconds 10 }
}

function New-Service($Name, $ActivityLevel) {
    New-Object PSObject -Property @{ Name = $Name; ActivityLevel = $ActivityLevel }
}

function Get-CsWindowsService {
    $scenario = [IO.File]::ReadAllText($env:SCENARIO_FILE)
    [IO.File]::AppendAllText($env:CALLS_FILE, "$PID`n")
    if ($scenario -eq 'crashes') { [Environment]::Exit(3) }
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
    if ($scenario -eq 'speaks-german') {
        [Console]::Out.WriteLine('Willkommen')
        [Console]::Error.WriteLine('WARNUNG: Hallo')
        New-Service 'RtcCaa' 'Gleichzeitige Anrufe=2'
        return
    }
    if ($scenario -eq 'waits') { while (-not (Test-Path $env:GATE_FILE)) { Start-Sleep -Milliseconds 10 } }
    New-Service 'W3SVC' $null
    New-Service 'RTCRGS' 'Calls=1,Agents=0'
    New-Service 'RTCCAA' 'Concurrent Calls=3'
}

Export-ModuleMember -Function Get-CsWindowsService
