/** What tells Notepad and Windows PowerShell 5.1 that a file is UTF-8; without it they take it for the system's code page. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** Lines end in CR LF: Notepad breaks at nothing else before Windows 10 1809 and Server 2019. */
export function withWindowsLines(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}

/** A page as every program of Windows reads it, wherever it was written. */
export function windowsPage(text: string): string {
  return BYTE_ORDER_MARK + withWindowsLines(text);
}
