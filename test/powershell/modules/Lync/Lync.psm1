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

# The pool's cmdlets. POOL_FILE names oddities, one a line, as `cmdlet=oddity`; without it all of them answer.
function Get-Oddity($Cmdlet) {
    [IO.File]::AppendAllText($env:CALLS_FILE, "$PID $Cmdlet`n")
    if (-not $env:POOL_FILE -or -not (Test-Path $env:POOL_FILE)) { return '' }
    $found = @(Get-Content $env:POOL_FILE | Where-Object { $_.StartsWith("$Cmdlet=") })[0]
    $oddity = if ($found) { $found.Substring($Cmdlet.Length + 1) } else { '' }
    if ($oddity -eq 'hangs') { while ($true) { Start-Sleep -Seconds 1 } }
    if ($oddity -eq 'denies') { throw (New-Object System.UnauthorizedAccessException 'Zugriff verweigert') }
    if ($oddity -eq 'fails') { throw 'Active Directory ist nicht erreichbar' }
    $oddity
}

# Identity, Pool and Fqdn as documented; the names of the pool's computers stand in objects that show as their names.
function New-Computer($Fqdn) {
    $computer = New-Object PSObject -Property @{ Identity = $Fqdn; Fqdn = $Fqdn; Pool = 'pool01.contoso.com' }
    $computer | Add-Member -MemberType ScriptMethod -Name ToString -Value { $this.Identity } -Force -PassThru
}

function Get-CsComputer([switch]$Local) {
    $oddity = Get-Oddity 'Get-CsComputer'
    if (-not $Local) { throw 'all computers were asked for' }
    New-Computer 'fe01.contoso.com'
}

function Get-CsPool($Identity) {
    $oddity = Get-Oddity 'Get-CsPool'
    # All pools, the trusted ones too: a gateway is a pool of its own, and may be called by its address.
    if (-not $Identity) {
        $all = @(
            @('pool01.contoso.com', @([Net.Dns]::GetHostName(), 'fe02.contoso.com'), @('Registrar:pool01.contoso.com', 'UserServer:pool01.contoso.com')),
            @('edge.contoso.com', @('edge01.contoso.com'), @('EdgeServer:edge.contoso.com')),
            @('192.168.0.240', @('192.168.0.240'), @('PstnGateway:192.168.0.240')),
            @('med.contoso.com', @('med01.contoso.com'), @('MediationServer:med.contoso.com'))
        )
        if ($oddity -eq 'lacks-us') { $all = @(, $all[1]) }
        $network = [Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties()
        $own = $network.HostName; if ($network.DomainName) { $own = $own + '.' + $network.DomainName }
        return $all | ForEach-Object {
            $names = @($_[1] | ForEach-Object { if ($_ -eq [Net.Dns]::GetHostName()) { $own } else { $_ } })
            New-Object PSObject -Property @{ Identity = $_[0]; Fqdn = $_[0]; Computers = @($names | ForEach-Object { New-Computer $_ }); Services = $_[2] }
        }
    }
    if ($Identity -ne 'pool01.contoso.com') { throw "no pool $Identity" }
    $computers = @('fe01.contoso.com', 'fe02.contoso.com', 'fe03.contoso.com' | ForEach-Object { New-Computer $_ })
    if ($oddity -eq 'alone') { $computers = @(New-Computer 'fe01.contoso.com') }
    if ($oddity -eq 'lacks-computers') { return New-Object PSObject -Property @{ Identity = $Identity; Fqdn = $Identity; Site = 'Site:Redmond' } }
    New-Object PSObject -Property @{ Identity = $Identity; Fqdn = $Identity; Site = 'Site:Redmond'; Computers = $computers; Services = @("Registrar:$Identity") }
}

function Get-CsTopology([switch]$LocalStore) {
    $oddity = Get-Oddity 'Get-CsTopology'
    $network = [Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties()
    $own = $network.HostName; if ($network.DomainName) { $own = $own + '.' + $network.DomainName }
    if ($oddity -eq 'lacks-us') { $own = 'other.contoso.com' }
    $clusters = @(
        New-Object PSObject -Property @{ Fqdn = 'edge.contoso.com'; Machines = @(New-Computer "x$own") }
        New-Object PSObject -Property @{ Fqdn = 'pool02.contoso.com'; Machines = @((New-Computer $own.ToUpper()), (New-Computer 'fe09.contoso.com')) }
    )
    New-Object PSObject -Property @{ Clusters = $clusters; Machines = @($clusters | ForEach-Object { $_.Machines }) }
}

# Property names are not public; the documented content is: Front Ends assigned, Front Ends active, upgrade domains, a state.
enum UpgradeState { Unknown; Ready; Busy; InsufficientActiveFrontEnds }
function Get-CsPoolUpgradeReadinessState([switch]$SkipIdleSecondaryVerification) {
    $oddity = Get-Oddity 'Get-CsPoolUpgradeReadinessState'
    if ($oddity -eq 'waits-for-replicas' -and -not $SkipIdleSecondaryVerification) { while ($true) { Start-Sleep -Seconds 1 } }
    if ($oddity -eq 'says-nothing') { return New-Object PSObject -Property @{ Answer = 42 } }
    $state = if ($oddity -in 'Busy', 'InsufficientActiveFrontEnds') { [UpgradeState]$oddity } else { [UpgradeState]'Ready' }
    $domains = 0..2 | ForEach-Object { New-Object PSObject -Property @{ Name = "UpgradeDomain$_"; IsReadyForUpgrade = $state -eq 'Ready'; FrontEnds = @("fe0$($_ + 1).contoso.com") } }
    $result = New-Object PSObject -Property @{ PoolFqdn = 'pool01.contoso.com'; State = $state; TotalFrontEnds = 3; TotalActiveFrontEnds = 2; UpgradeDomains = $domains }
    # Asking a property of its own can fail.
    $result | Add-Member -MemberType ScriptProperty -Name Broken -Value { throw 'not now' } -PassThru
}

function Get-CsPoolFabricState($PoolFqdn) {
    $oddity = Get-Oddity 'Get-CsPoolFabricState'
    "Replica Instances for $PoolFqdn"
    'Primary: FE01'
}

# Lync 2019 has another readiness cmdlet: the one that is not exported is not there.
if ($env:POOL_FILE -and (Test-Path $env:POOL_FILE) -and (Get-Content $env:POOL_FILE) -contains 'no-readiness') { Remove-Item Function:Get-CsPoolUpgradeReadinessState }
if ($env:POOL_FILE -and (Test-Path $env:POOL_FILE) -and (Get-Content $env:POOL_FILE) -contains 'is-2019') {
    Remove-Item Function:Get-CsPoolUpgradeReadinessState
    function Get-CsUpgradeDomainInfo {
        $oddity = Get-Oddity 'Get-CsUpgradeDomainInfo'
        New-Object PSObject -Property @{ Name = 'UpgradeDomain1'; UpgradeReadinessState = 'Ready' }
        New-Object PSObject -Property @{ Name = 'UpgradeDomain2'; UpgradeReadinessState = 'Busy' }
    }
}

Export-ModuleMember -Function Get-CsWindowsService, Get-CsComputer, Get-CsPool, Get-CsTopology, Get-CsPoolUpgradeReadinessState, Get-CsUpgradeDomainInfo, Get-CsPoolFabricState
