import { lyncScript, textLiteral } from './lync-script.js';

/** Runs one part by itself: what fails in one cmdlet leaves the others' answers. */
const EACH_BY_ITSELF = "$try={ param($part) try { @{outcome='read'; value=(& $part)} } catch { & $failed $_ } };";

/** A computer of the topology is an object with its name, or shows as its name. */
const NAME_OF = '$nameOf={ param($o) if($o.Fqdn) { [string]$o.Fqdn } else { [string]$o } };';

/** The whole name of this computer. */
const OWN_NAME = [
  '$network=[Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties();',
  "$own=$network.HostName; if($network.DomainName) { $own=$own+'.'+$network.DomainName };",
].join(' ');

/**
 * The pool that holds this computer: by the cmdlets that ask the Central Management Store, and by the local copy of the topology if they
 * cannot. Which cluster of the copy is ours is found by the whole name of this computer.
 */
export function membersScript(moduleFolder: string | null): string {
  return lyncScript(
    [
      EACH_BY_ITSELF,
      NAME_OF,
      '$pool=& $try { $c=@(Get-CsComputer -Local)[0]; $p=@(Get-CsPool -Identity ([string]$c.Pool))[0];',
      '@{fqdn=(& $nameOf $p); members=@($p.Computers | ForEach-Object { & $nameOf $_ })} };',
      '$copy=$null;',
      OWN_NAME,
      "if($pool.outcome -ne 'read') { $copy=& $try { @{clusters=@((Get-CsTopology -LocalStore).Clusters | ForEach-Object {",
      '@{fqdn=(& $nameOf $_); members=@($_.Machines | ForEach-Object { & $nameOf $_ })} })} } };',
      "$answer=@{outcome='read'; own=[string]$own; pool=$pool; copy=$copy}",
    ].join(' '),
    moduleFolder,
  );
}

/**
 * Every pool of the topology with its computers and what runs there, as `Get-CsPool` lists them (`Registrar:FQDN`, `EdgeServer:FQDN`,
 * `PstnGateway:FQDN`); if that is refused, the names in the local copy of the topology, which say nothing of what a computer is.
 */
export function topologyScript(moduleFolder: string | null): string {
  return lyncScript(
    [
      EACH_BY_ITSELF,
      NAME_OF,
      OWN_NAME,
      '$pools=& $try { @{pools=@(Get-CsPool | ForEach-Object { @{fqdn=(& $nameOf $_);',
      'members=@($_.Computers | ForEach-Object { & $nameOf $_ }); services=@($_.Services | ForEach-Object { [string]$_ })} })} };',
      '$copy=$null;',
      "if($pools.outcome -ne 'read') { $copy=& $try { @{pools=@((Get-CsTopology -LocalStore).Clusters | ForEach-Object {",
      '@{fqdn=(& $nameOf $_); members=@($_.Machines | ForEach-Object { & $nameOf $_ }); services=@()} })} } };',
      "$answer=@{outcome='read'; own=[string]$own; pools=$pools; copy=$copy}",
    ].join(' '),
    moduleFolder,
  );
}

/** So deep, and so many values, of an object whose properties nobody has published. */
const DEPTH = 4;
const MOST_VALUES = 400;

/**
 * Upgrade readiness by whichever cmdlet this version has, with every value it answered as text, and where it stands: an enumeration as
 * its name, which ConvertTo-Json would write as a number.
 */
export function readinessScript(moduleFolder: string | null): string {
  return lyncScript(
    [
      "$found=@(Get-Command -Name Get-CsPoolUpgradeReadinessState,Get-CsUpgradeDomainInfo -ErrorAction SilentlyContinue)[0]; if(-not $found) { $answer=@{outcome='cmdlet-missing'} } else {",
      // 2015: without it the cmdlet may wait until idle replicas are built.
      "$with=@{}; if($found.Parameters -and $found.Parameters.ContainsKey('SkipIdleSecondaryVerification')) { $with['SkipIdleSecondaryVerification']=$true };",
      '$values=New-Object Collections.ArrayList;',
      '$walk={ param($o,$path,$depth)',
      `if($null -eq $o -or $values.Count -ge ${MOST_VALUES}) { return };`,
      '$t=$o.GetType(); if($t.IsValueType -or $o -is [string]) { [void]$values.Add(@{path=$path; value=[string]$o}); return };',
      `if($depth -ge ${DEPTH}) { return };`,
      "if($o -is [Collections.IEnumerable]) { foreach($i in $o) { & $walk $i ($path+'[]') ($depth+1) }; return };",
      "foreach($p in $o.PSObject.Properties) { $v=$null; try { $v=$p.Value } catch { }; & $walk $v ($path+'.'+$p.Name) ($depth+1) } };",
      "foreach($one in @(& $found.Name @with)) { & $walk $one '' 0 };",
      "$answer=@{outcome='read'; cmdlet=[string]$found.Name; values=@($values)} }",
    ].join(' '),
    moduleFolder,
  );
}

/** What Get-CsPoolFabricState prints. */
export function fabricStateScript(poolFqdn: string, moduleFolder: string | null): string {
  return lyncScript(
    `$text=Get-CsPoolFabricState -PoolFqdn (${textLiteral(poolFqdn)}) | Out-String -Width 200; $answer=@{outcome='read'; text=[string]$text}`,
    moduleFolder,
  );
}
