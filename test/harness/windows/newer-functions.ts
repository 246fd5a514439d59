import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { MINGW_GCC } from './wine.js';

const HEADERS = [
  ...['winsock2', 'ws2tcpip', 'windows', 'iphlpapi', 'psapi', 'dbghelp', 'wincrypt', 'bcrypt'],
  ...['userenv', 'tlhelp32', 'pdh', 'shlobj', 'dwmapi', 'sddl', 'winternl', 'wtsapi32', 'dxgi1_2', 'd3d11'],
];
const WINDOWS_7 = 0x0601;
const WINDOWS_10 = 0x0a00;

/** Newcomers that mingw-w64's headers declare for every Windows; the first Windows is that of Microsoft's page. */
const UNDATED: Readonly<Record<string, string>> = {
  GetHostNameW: 'Windows 8',
  GetSystemTimePreciseAsFileTime: 'Windows 8',
  SetThreadDescription: 'Windows 10, version 1607',
  GetThreadDescription: 'Windows 10, version 1607',
  WaitOnAddress: 'Windows 8',
  WakeByAddressAll: 'Windows 8',
  WakeByAddressSingle: 'Windows 8',
  GetDpiForWindow: 'Windows 10, version 1607',
  GetDpiForSystem: 'Windows 10, version 1607',
  GetDpiForMonitor: 'Windows 8.1',
  SetProcessDpiAwareness: 'Windows 8.1',
  SetProcessMitigationPolicy: 'Windows 8',
  QueryUnbiasedInterruptTimePrecise: 'Windows 10',
  VirtualAlloc2: 'Windows 10',
  MapViewOfFile3: 'Windows 10',
  CreatePseudoConsole: 'Windows 10, version 1809',
};

/** The functions that came after Windows 7 and Server 2008 R2, by what the headers declare for that one and for Windows 10. */
export async function functionsNewerThanWindows7(): Promise<ReadonlySet<string>> {
  const [old, all] = await Promise.all([declaredFor(WINDOWS_7), declaredFor(WINDOWS_10)]);
  return new Set([...Object.keys(UNDATED), ...[...all].filter((name) => !old.has(name))]);
}

/** Every name that stands before a bracket in the headers. */
async function declaredFor(version: number): Promise<ReadonlySet<string>> {
  const includes = HEADERS.flatMap((header) => ['-include', `${header}.h`]);
  const args = ['-E', '-P', `-D_WIN32_WINNT=${version}`, ...includes, '-x', 'c', '/dev/null'];
  const { stdout } = await promisify(execFile)(MINGW_GCC, args, { maxBuffer: 1 << 28 });
  return new Set([...stdout.matchAll(/\b([A-Za-z_]\w+) *\(/g)].map(([, name = '']) => name));
}
