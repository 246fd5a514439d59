/**
 * `npm run package:msi`: a Windows Installer package, for group policy and other tools that install on many servers. Made on Linux by
 * wixl (Debian: `wixl`). It installs the application in the folder named by `--application FOLDER`, as `npm run package:installer` does.
 *
 * It puts the same things in the same places as the setup program (build/installer.nsi), except for the task that starts the app at
 * sign-in: that needs the folder's path in a file, which only a program could write. Each refuses to work beside the other.
 */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { drawIcons } from './icons.mjs';
import { optionValue } from './option-value.mjs';
import { packageApp } from './package-app.mjs';
import { capture } from './run.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** @type {Readonly<Record<'name' | 'productName' | 'version' | 'author', string>>} */
const manifest = createRequire(import.meta.url)('../package.json');
const { productName: PRODUCT, version: VERSION } = manifest;

const EVENT_KEY = `SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\${PRODUCT}`;
/** Of the setup program. */
const SETUP_KEY = `Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\${PRODUCT}`;
/** By which the setup program sees that this package is installed. */
const OWN_KEY = `Software\\${PRODUCT}`;

/**
 * @param {string} application the folder of the packaged application
 * @param {string} output
 * @returns {Promise<string>} the package
 */
export async function packageMsi(application, output = join(ROOT, `release/${manifest.name}-${VERSION}.msi`)) {
  await mkdir(dirname(output), { recursive: true });
  const work = await mkdtemp(`${output}-`);
  try {
    await drawIcons(work);
    // wixl takes no absolute paths.
    await symlink(resolve(application), join(work, 'application'));
    await writeFile(join(work, 'package.wxs'), await describePackage(application));
    const { code, output: said } = await capture('wixl', ['--arch', 'x64', '--output', resolve(output), 'package.wxs'], { cwd: work });
    if (code === 127) throw new Error('There is no wixl (Debian: apt-get install wixl).');
    if (code !== 0) throw new Error(said);
    return output;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * @param {string} application
 * @returns {Promise<string>} as WiX 3 writes it
 */
async function describePackage(application) {
  /** @type {string[]} */
  const components = [];
  const files = await describeFolder(application, '', components);
  const text = `
<Product Id="${guid(`product ${VERSION}`)}" UpgradeCode="${guid('upgrade')}" Name="${PRODUCT}" Version="${VERSION}" Language="1033" Manufacturer="${xml(manifest.author)}">
  <Package InstallerVersion="500" Compressed="yes" InstallScope="perMachine" Comments="${PRODUCT} ${VERSION}" />
  <Media Id="1" Cabinet="files.cab" EmbedCab="yes" />
  <Icon Id="app.ico" SourceFile="app.ico" />
  <Property Id="ARPPRODUCTICON" Value="app.ico" />
  <Property Id="ARPNOMODIFY" Value="1" />
  <Property Id="ARPNOREPAIR" Value="1" />
  <Property Id="SETUPPROGRAM"><RegistrySearch Id="SetupProgram" Root="HKLM" Key="${SETUP_KEY}" Name="UninstallString" Type="raw" Win64="yes" /></Property>
  <Condition Message="${PRODUCT} was installed on this server by its setup program. Uninstall that first. Nothing was changed.">NOT SETUPPROGRAM</Condition>
  <Condition Message="A newer version of ${PRODUCT} is installed on this server. Nothing was changed.">NOT NEWERVERSION</Condition>
  <Upgrade Id="${guid('upgrade')}">
    <UpgradeVersion Minimum="0.0.0" IncludeMinimum="yes" Maximum="${VERSION}" IncludeMaximum="no" OnlyDetect="no" Property="OLDERVERSION" />
    <UpgradeVersion Minimum="${VERSION}" IncludeMinimum="no" OnlyDetect="yes" Property="NEWERVERSION" />
  </Upgrade>
  <Directory Id="TARGETDIR" Name="SourceDir">
    <Directory Id="ProgramFiles64Folder"><Directory Id="INSTALLDIR" Name="${PRODUCT}">${files}</Directory></Directory>
    <Directory Id="ProgramMenuFolder">${describeLinks()}</Directory>
  </Directory>
  <Feature Id="Program" Title="${PRODUCT}" Level="1">
    ${[...components, 'Links', 'Registered'].map((id) => `<ComponentRef Id="${id}" />`).join('\n    ')}
  </Feature>
  ${describeActions()}
</Product>`;
  return `<?xml version="1.0" encoding="utf-8"?>\n<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">${text}\n</Wix>\n`;
}

/**
 * Each file is a component of its own, so that an update replaces what changed.
 *
 * @param {string} application
 * @param {string} path of a folder in it
 * @param {string[]} components collects their ids
 * @returns {Promise<string>} what is in the folder
 */
async function describeFolder(application, path, components) {
  const entries = await readdir(join(application, path), { withFileTypes: true });
  const described = [];
  for (const { name, isDirectory } of entries.map((entry) => ({ name: entry.name, isDirectory: entry.isDirectory() }))) {
    const inside = path === '' ? name : `${path}/${name}`;
    if (isDirectory) {
      const content = await describeFolder(application, inside, components);
      described.push(`<Directory Id="${folderId(inside)}" Name="${xml(name)}">${content}</Directory>`);
      continue;
    }
    const id = fileId(inside);
    components.push(`C_${id}`);
    const file = `<File Id="${id}" Name="${xml(name)}" Source="application/${xml(inside)}" KeyPath="yes" />`;
    described.push(`<Component Id="C_${id}" Guid="${guid(`file ${inside}`)}" Win64="yes">${file}</Component>`);
  }
  return described.join('\n');
}

/** Links in the start menu, and what is registered; a registry value stands for each component, because a link cannot. */
function describeLinks() {
  const cli = folderId('cli');
  return `
    <Component Id="Links" Guid="${guid('links')}" Win64="yes">
      <Shortcut Id="AppLink" Name="${PRODUCT}" Target="[INSTALLDIR]${PRODUCT}.exe" Arguments="--open" WorkingDirectory="INSTALLDIR" />
      <Shortcut Id="PromptLink" Name="${PRODUCT} Command Prompt" Target="[System64Folder]cmd.exe" WorkingDirectory="${cli}"
        Arguments="/K &quot;set PATH=[INSTALLDIR]cli;%PATH%&amp;&amp; lync-drain --help&quot;" />
      <RegistryValue Root="HKLM" Key="${OWN_KEY}" Name="WindowsInstaller" Type="string" Value="${VERSION}" KeyPath="yes" />
    </Component>
    <Component Id="Registered" Guid="${guid('registered')}" Win64="yes">
      <RegistryValue Root="HKLM" Key="${EVENT_KEY}" Name="EventMessageFile" Type="expandable" Value="[INSTALLDIR]lync-drain-events.exe" KeyPath="yes" />
      <RegistryValue Root="HKLM" Key="${EVENT_KEY}" Name="TypesSupported" Type="integer" Value="7" />
    </Component>`;
}

/** Windows Installer would read and write a long path whole, but wixl cannot say it; so both setups use our own program. */
function describeActions() {
  const removes = 'REMOVE=&quot;ALL&quot; AND NOT UPGRADINGPRODUCTCODE';
  const path = `FileKey="${fileId('lync-drain-path.exe')}" Execute="deferred" Impersonate="no" Return="ignore"`;
  return `
  <CustomAction Id="RefuseWhileOpen" FileKey="${fileId('cli/lync-drain.exe')}" ExeCommand="--trust-folder history --open" Execute="immediate" Return="check" />
  <CustomAction Id="AddToPath" ExeCommand="add &quot;[INSTALLDIR]cli&quot;" ${path} />
  <CustomAction Id="TakeOffPath" ExeCommand="remove &quot;[INSTALLDIR]cli&quot;" ${path} />
  <InstallExecuteSequence>
    <RemoveExistingProducts After="InstallValidate" />
    <Custom Action="RefuseWhileOpen" Before="InstallInitialize">${removes} AND NOT FORCE</Custom>
    <Custom Action="TakeOffPath" Before="RemoveFiles">${removes}</Custom>
    <Custom Action="AddToPath" After="InstallFiles">NOT REMOVE</Custom>
  </InstallExecuteSequence>`;
}

/** @param {string} path in the application */
function fileId(path) {
  return `F_${digestOf(path).slice(0, 24)}`;
}

/** @param {string} path in the application */
function folderId(path) {
  return `D_${digestOf(path).slice(0, 24)}`;
}

/**
 * The same for the same thing in every build: Windows Installer knows a product and its parts by these numbers.
 *
 * @param {string} what
 */
function guid(what) {
  const digest = digestOf(`${manifest.name} ${what}`).toUpperCase();
  return [8, 12, 16, 20, 32].map((end, index) => digest.slice([0, 8, 12, 16, 20][index], end)).join('-');
}

/** @param {string} text */
function digestOf(text) {
  return createHash('sha256').update(text).digest('hex');
}

/** @param {string} text */
function xml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const named = optionValue('application');
  const isForTests = process.argv.includes('--for-tests');
  console.log(await packageMsi(named === undefined ? await packageApp({ electron: optionValue('electron'), isForTests }) : resolve(named)));
}
