#!/usr/bin/env node
/**
 * Stands in for PowerShell: speaks its dialogue over standard input (`-Command -`: a line is a script) and answers the one
 * script of ours as a server would on which Get-CsWindowsService does what SCENARIO_FILE says.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const FLAGS = ['-NoProfile', '-NonInteractive', '-NoExit'];
const { SCENARIO_FILE, CALLS_FILE, GATE_FILE } = process.env;
const args = process.argv.slice(2);
if (!FLAGS.every((flag) => args.includes(flag)) || args.slice(-2).join(' ') !== '-Command -') process.exit(64);
if (args[args.indexOf('-ExecutionPolicy') + 1] !== 'RemoteSigned') process.exit(64);

const MANY_ACTIVITIES = Array.from({ length: 20 }, (_, index) => `Activity number ${index}=${index}`).join(',');
/** What the script says last where a language mode does not let it run. */
const REFUSAL = /else \{ '(\S+)' \}$/;
const WRITE_LINE = /^\[Console\]::(Out|Error)\.WriteLine\("([0-9A-Za-z]*)"\)$/;

const MODULE_FOLDER = /PathSeparator\+\[Text\.Encoding\]::UTF8\.GetString\(\[Convert\]::FromBase64String\('([^']*)'\)\)/;
const POOL_NAME = /-PoolFqdn \(\[Text\.Encoding\]::UTF8\.GetString\(\[Convert\]::FromBase64String\('([^']*)'\)\)\)/;

let isRestricted = false;
let swallowed = 0;

for await (const line of createInterface({ input: process.stdin })) {
  const [, stream, text] = WRITE_LINE.exec(line) ?? [];
  if (swallowed > 0) swallowed -= 1;
  else if (text !== undefined && isRestricted)
    process.stderr.write('InvalidOperation: Method invocation is supported only on core types in this language mode.\n');
  else if (text !== undefined) process[stream === 'Out' ? 'stdout' : 'stderr'].write(`${text}\n`);
  else if (line !== '') await runScript(line);
}

/** @param {string} script */
async function runScript(script) {
  // Windows PowerShell reads its standard input in the console's code page.
  if (!/^[\x20-\x7e]+$/.test(script)) process.exit(65);
  if (/Get-CsComputer|Get-CsUpgradeDomainInfo|Get-CsPoolFabricState|Get-CsPool \|/.test(script)) return answerPool(script);
  const scenario = readFileSync(SCENARIO_FILE, 'utf8');
  if (scenario === 'no-module') return answer({ outcome: 'module-missing' });
  if (scenario === 'imports-slowly') await gateOpens();
  appendFileSync(CALLS_FILE, `${process.pid}\n`);
  if (scenario.startsWith('[')) {
    return answer({
      outcome: 'read',
      services: JSON.parse(scenario).map(({ Name, ActivityLevel }) => ({ name: Name, activityLevel: ActivityLevel })),
    });
  }
  switch (scenario) {
    case 'crashes':
      return process.exit(3);
    case 'exits':
      return process.exit(4);
    case 'restricts':
      isRestricted = true;
      return process.stdout.write(`${REFUSAL.exec(script)?.[1]}\n`);
    case 'greets':
      process.stdout.write('Welcome to Lync Server! ');
      break;
    case 'reads-input':
      swallowed = 1;
      break;
    case 'lies':
      answer({ outcome: 'read', services: [{ name: 'RTCCAA', activityLevel: 'Concurrent Calls=0' }] });
      break;
    case 'is-no-script-to-run':
      return answer({
        outcome: 'failed',
        errorId: 'X',
        message: 'Skripts',
        category: 'SecurityError',
        types: ['System.Management.Automation.PSSecurityException'],
      });
    case 'asks':
      return answer({
        outcome: 'failed',
        errorId: 'InvalidOperation,Microsoft.PowerShell.Commands.ReadHostCommand',
        message: 'NonInteractive mode',
      });
    case 'leaves-activity-out':
      return answer({ outcome: 'read', services: [{ name: 'RTCCAA', activityLevel: '' }] });
    case 'hangs':
      return new Promise(() => setInterval(() => undefined, 1_000));
    case 'runs-away':
      process.stdout.write('x'.repeat(2_000_000));
      return answer({ outcome: 'read', services: [] });
    case 'floods-errors':
      process.stderr.write('x'.repeat(2_000_000));
      return answer({ outcome: 'read', services: [] });
    case 'tells-much':
      return answer({
        outcome: 'read',
        services: Array.from({ length: 300 }, (_, index) => ({ name: `SVC${index}`, activityLevel: MANY_ACTIVITIES })),
      });
    case 'refuses':
      return answer({ outcome: 'failed', errorId: 'NotAllowed,Get-CsWindowsService', message: 'Zugriff verweigert' });
    case 'denies':
      return answer({
        outcome: 'failed',
        errorId: 'Zugriff verweigert',
        message: 'Zugriff verweigert',
        category: 'OperationStopped',
        types: ['System.UnauthorizedAccessException'],
      });
    case 'speaks-german':
      process.stdout.write('Willkommen\n');
      process.stderr.write('WARNUNG: Gr\u00fc\u00dfe\n');
      return answer({ outcome: 'read', services: [{ name: 'RtcCaa', activityLevel: 'Gleichzeitige Anrufe=2' }] });
    case 'waits':
      await gateOpens();
  }
  answer({
    outcome: 'read',
    services: [
      { name: 'W3SVC', activityLevel: '' },
      { name: 'RTCRGS', activityLevel: 'Calls=1,Agents=0' },
      { name: 'RTCCAA', activityLevel: 'Concurrent Calls=3' },
    ],
  });
}

/**
 * The pool's three scripts, with the oddities of POOL_FILE as in modules/Lync/Lync.psm1.
 * @param {string} script
 */
async function answerPool(script) {
  const folder = Buffer.from(MODULE_FOLDER.exec(script)?.[1] ?? '', 'base64').toString('utf8');
  if (!existsSync(`${folder}/Lync`)) return answer({ outcome: 'module-missing' });
  const name = POOL_NAME.exec(script)?.[1];
  if (name !== undefined) {
    return answer({ outcome: 'read', text: `Replica Instances for ${Buffer.from(name, 'base64').toString('utf8')}\r\nPrimary: FE01\r\n` });
  }
  if (script.includes('$_.Services')) return answerTopology();
  return script.includes('Get-CsComputer') ? answerMembers() : answerReadiness(script);
}

async function answerTopology() {
  const own = 'fe01.contoso.com';
  const pools = [
    {
      fqdn: 'pool01.contoso.com',
      members: [own, 'fe02.contoso.com'],
      services: ['Registrar:pool01.contoso.com', 'UserServer:pool01.contoso.com'],
    },
    // PowerShell writes a list of one as that one.
    { fqdn: 'edge.contoso.com', members: 'edge01.contoso.com', services: 'EdgeServer:edge.contoso.com' },
    { fqdn: '192.168.0.240', members: ['192.168.0.240'], services: ['PstnGateway:192.168.0.240'] },
    { fqdn: 'med.contoso.com', members: ['med01.contoso.com'], services: ['MediationServer:med.contoso.com'] },
  ];
  const told = oddityOf('Get-CsPool') === 'lacks-us' ? pools.slice(1, 2) : pools;
  const asked = (await failureOf('Get-CsPool')) ?? { outcome: 'read', value: { pools: told } };
  if (asked.outcome === 'read') return answer({ outcome: 'read', own, pools: asked, copy: null });
  const copied = [
    { fqdn: 'edge.contoso.com', members: [`x${own}`], services: null },
    { fqdn: 'pool02.contoso.com', members: [own.toUpperCase(), 'fe09.contoso.com'], services: null },
  ];
  const copy = (await failureOf('Get-CsTopology')) ?? { outcome: 'read', value: { pools: copied } };
  answer({ outcome: 'read', own, pools: asked, copy });
}

async function answerMembers() {
  // It lives on with the pipes of PowerShell, which Windows gives to what PowerShell starts.
  if (oddities().includes('leaves-a-process')) spawn('sleep', ['8'], { stdio: 'inherit', detached: true }).unref();
  const own = 'fe01.contoso.com';
  const members = oddityOf('Get-CsPool') === 'alone' ? [own] : [own, 'fe02.contoso.com', 'fe03.contoso.com'];
  const pool =
    oddityOf('Get-CsPool') === 'lacks-computers' ? { fqdn: 'pool01.contoso.com', members: [] } : { fqdn: 'pool01.contoso.com', members };
  const asked = (await failureOf('Get-CsComputer')) ?? (await failureOf('Get-CsPool')) ?? { outcome: 'read', value: pool };
  if (asked.outcome === 'read') return answer({ outcome: 'read', own, pool: asked, copy: null });
  const clusters = [
    { fqdn: 'edge.contoso.com', members: [`x${own}`] },
    { fqdn: 'pool02.contoso.com', members: [oddityOf('Get-CsTopology') === 'lacks-us' ? 'other.contoso.com' : own.toUpperCase()] },
  ];
  const copy = (await failureOf('Get-CsTopology')) ?? { outcome: 'read', value: { clusters } };
  answer({ outcome: 'read', own, pool: asked, copy });
}

/** @param {string} script */
async function answerReadiness(script) {
  if (oddities().includes('no-readiness')) return answer({ outcome: 'cmdlet-missing' });
  if (oddities().includes('is-2019')) {
    const values = ['Ready', 'Busy'].map((value) => ({ path: '.UpgradeReadinessState', value }));
    return answer({ outcome: 'read', cmdlet: 'Get-CsUpgradeDomainInfo', values });
  }
  const cmdlet = 'Get-CsPoolUpgradeReadinessState';
  const failure = await failureOf(cmdlet);
  if (failure !== null) return answer(failure);
  const oddity = oddityOf(cmdlet);
  if (oddity === 'waits-for-replicas' && !script.includes('SkipIdleSecondaryVerification')) await new Promise(() => undefined);
  if (oddity === 'says-nothing') return answer({ outcome: 'read', cmdlet, values: [{ path: '.Answer', value: '42' }] });
  const state = ['Busy', 'InsufficientActiveFrontEnds'].includes(oddity) ? oddity : 'Ready';
  answer({
    outcome: 'read',
    cmdlet,
    values: [
      { path: '.State', value: state },
      { path: '.TotalFrontEnds', value: '3' },
      { path: '.TotalActiveFrontEnds', value: '2' },
      { path: '.UpgradeDomains[].IsReadyForUpgrade', value: 'True' },
    ],
  });
}

function oddities() {
  const { POOL_FILE } = process.env;
  return POOL_FILE !== undefined && existsSync(POOL_FILE) ? readFileSync(POOL_FILE, 'utf8').split('\n') : [];
}

/** @param {string} cmdlet */
function oddityOf(cmdlet) {
  return (
    oddities()
      .find((line) => line.startsWith(`${cmdlet}=`))
      ?.slice(cmdlet.length + 1) ?? ''
  );
}

/** @param {string} cmdlet */
async function failureOf(cmdlet) {
  appendFileSync(CALLS_FILE, `${process.pid} ${cmdlet}\n`);
  switch (oddityOf(cmdlet)) {
    case 'hangs':
      return new Promise(() => setInterval(() => undefined, 1_000));
    case 'denies':
      return { outcome: 'failed', errorId: 'X', message: 'Zugriff verweigert', types: ['System.UnauthorizedAccessException'] };
    case 'fails':
      return { outcome: 'failed', errorId: 'X', message: 'Active Directory ist nicht erreichbar' };
  }
  return null;
}

async function gateOpens() {
  while (!existsSync(GATE_FILE)) await new Promise((done) => setTimeout(done, 10));
}

/** @param {object} value */
function answer(value) {
  process.stdout.write(`LYNC-DRAIN-ANSWER:${Buffer.from(JSON.stringify(value)).toString('base64')}\n`);
}
