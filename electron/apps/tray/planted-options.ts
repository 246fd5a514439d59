import { url as inspectorUrl } from 'node:inspector';
import { stopCoverage } from 'node:v8';

import { app } from 'electron';

import { plantedSwitches } from './app-arguments.js';

/** Variables with which Node, Chromium, OpenSSL, .NET or PowerShell load or write what they name. */
const PLANTED_VARIABLE = /^(NODE_|OPENSSL_|SSLKEYLOGFILE$|ELECTRON_|COR_|COMPLUS_|PSMODULEPATH$)/i;

/**
 * Takes back what another program may have had this one started with: a port through which its window can be driven, a program to
 * start in the place of its own, a file to write. To be called before Electron is ready, which is when it obeys most of its switches.
 * Only when packaged: a developer means what he types; nor where the main process can be inspected, which only tests can.
 */
export function takeBackPlantedOptions(): void {
  if (!app.isPackaged || inspectorUrl() !== undefined) return;
  for (const name of plantedSwitches(process.argv.slice(1))) app.commandLine.removeSwitch(name);
  // Of NODE_V8_COVERAGE; without it nothing happens.
  stopCoverage();
  for (const name of Object.keys(process.env)) if (PLANTED_VARIABLE.test(name)) Reflect.deleteProperty(process.env, name);
}
