/**
 * Descriptions of scheduled tasks as Task Scheduler's schema 1.2 has them (Microsoft, "Task Scheduler Schema"), which Windows 7 and
 * Server 2008 R2 read. Elements stand in the order of the schema.
 * @param body the elements inside `Task`
 * @returns UTF-16 with a byte order mark, which schtasks wants
 */
export function encodeTask(body: readonly string[]): Buffer {
  const lines = [
    '<?xml version="1.0" encoding="UTF-16"?>',
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
    ...body,
    '</Task>',
    '',
  ];
  return Buffer.from(`\uFEFF${lines.join('\r\n')}`, 'utf16le');
}

/** What a task starts: no shell between, so every argument reaches the program as it is. */
export function execElement(program: string, args: readonly string[]): string {
  const words = args.length === 0 ? '' : `<Arguments>${escapeXml(args.map(quoteWord).join(' '))}</Arguments>`;
  return `<Exec><Command>${escapeXml(program)}</Command>${words}</Exec>`;
}

/** As CommandLineToArgvW reads it: backslashes count only before a quote. */
function quoteWord(arg: string): string {
  return `"${arg.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
