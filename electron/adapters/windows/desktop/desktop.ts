import { release } from 'node:os';

import { BOOL, declareFunctions, DWORD, HANDLE, POINTER, TEXT, type Signature } from '../koffi/declare-functions.js';
import { openUserNumbers } from '../koffi/registry.js';
import { readSystemFolder } from '../koffi/system-folder.js';

/** What the tray needs of Windows that Electron does not give. */
export interface Desktop {
  /** Windows' own folder of programs, as Windows says it. */
  readonly systemFolder: string;
  /**
   * Lets Explorer tell an elevated program that the taskbar was created again. Windows keeps messages of lower integrity from
   * us unless asked (ChangeWindowMessageFilter, MSGFLT_ADD), and without this one Electron never puts the icon back.
   */
  allowTaskbarCreated(): void;
  /**
   * True where light icons stand out. Settings of Windows 10 and later say so for the taskbar apart from windows
   * (SystemUsesLightTheme); before there was such a setting the taskbar was dark, and light up to Server 2008 R2 (6.1).
   */
  isTaskbarDark(): boolean;
  /** The process whose taskbar there is now; 0 while there is none. Changes when Explorer was restarted. */
  taskbarProcessId(): number;
}

const MSGFLT_ADD = 1;

const THEME_KEY = 'Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize';

interface WindowFunctions {
  readonly RegisterWindowMessageW: (name: string) => number;
  readonly ChangeWindowMessageFilter: (message: number, how: number) => number;
  readonly FindWindowW: (className: string, title: null) => number;
  readonly GetWindowThreadProcessId: (window: number, processId: Buffer) => number;
}

const SIGNATURES: Readonly<Record<keyof WindowFunctions, Signature>> = {
  RegisterWindowMessageW: ['user32.dll', DWORD, TEXT],
  ChangeWindowMessageFilter: ['user32.dll', BOOL, DWORD, DWORD],
  FindWindowW: ['user32.dll', HANDLE, TEXT, TEXT],
  GetWindowThreadProcessId: ['user32.dll', DWORD, HANDLE, POINTER],
};

/** @throws ProblemError native-library-missing */
export async function openDesktop(): Promise<Desktop> {
  const user32 = await declareFunctions<WindowFunctions>(SIGNATURES);
  const readUserNumber = await openUserNumbers();
  const processId = Buffer.alloc(4);
  return {
    systemFolder: await readSystemFolder(),
    allowTaskbarCreated: () => {
      user32.ChangeWindowMessageFilter(user32.RegisterWindowMessageW('TaskbarCreated'), MSGFLT_ADD);
    },
    isTaskbarDark: () => {
      const usesLightTheme = readUserNumber(THEME_KEY, 'SystemUsesLightTheme');
      return usesLightTheme === null ? !release().startsWith('6.1.') : usesLightTheme === 0;
    },
    taskbarProcessId: () => {
      const taskbar = user32.FindWindowW('Shell_TrayWnd', null);
      if (taskbar === 0 || user32.GetWindowThreadProcessId(taskbar, processId) === 0) return 0;
      return processId.readUInt32LE(0);
    },
  };
}
