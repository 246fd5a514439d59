import { release } from 'node:os';

import { loadKoffi } from '../koffi/load-koffi.js';
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

const HKEY_CURRENT_USER = 0x8000_0001;
const RRF_RT_REG_DWORD = 0x10;
const THEME_KEY = 'Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize';

/** @throws ProblemError native-library-missing */
export async function openDesktop(): Promise<Desktop> {
  const koffi = await loadKoffi();
  const user32 = koffi.load('user32.dll');
  const registerWindowMessage = user32.func('__stdcall', 'RegisterWindowMessageW', 'uint32', ['str16']);
  const changeWindowMessageFilter = user32.func('__stdcall', 'ChangeWindowMessageFilter', 'int', ['uint32', 'uint32']);
  const findWindow = user32.func('__stdcall', 'FindWindowW', 'uintptr_t', ['str16', 'str16']);
  const getWindowThreadProcessId = user32.func('__stdcall', 'GetWindowThreadProcessId', 'uint32', ['uintptr_t', 'void *']);

  const getValue = koffi
    .load('advapi32.dll')
    .func('__stdcall', 'RegGetValueW', 'int32', ['uintptr_t', 'str16', 'str16', 'uint32', 'void *', 'void *', 'void *']);

  const processId = Buffer.alloc(4);
  return {
    systemFolder: await readSystemFolder(),
    allowTaskbarCreated: () => {
      changeWindowMessageFilter(registerWindowMessage('TaskbarCreated'), MSGFLT_ADD);
    },
    isTaskbarDark: () => {
      const value = Buffer.alloc(4);
      const size = Buffer.from([4, 0, 0, 0]);
      const result = getValue(HKEY_CURRENT_USER, THEME_KEY, 'SystemUsesLightTheme', RRF_RT_REG_DWORD, null, value, size) as number;
      return result === 0 ? value.readUInt32LE(0) === 0 : !release().startsWith('6.1.');
    },
    taskbarProcessId: () => {
      const taskbar = findWindow('Shell_TrayWnd', null) as number;
      if (taskbar === 0 || getWindowThreadProcessId(taskbar, processId) === 0) return 0;
      return processId.readUInt32LE(0);
    },
  };
}
