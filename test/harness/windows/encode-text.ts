import { writeFileSync } from 'node:fs';

import { openConsoleOutput, openEncoder } from '../../../electron/adapters/windows/koffi/console-code-page.js';

/** Run by Node for Windows: `FILE TEXT CODE-PAGE…` writes what the text becomes in each, and whether we have a console with one. */
const [file = '', text = '', ...codePages] = process.argv.slice(2);

async function encodeText(): Promise<void> {
  const encoded: string[] = [];
  for (const codePage of codePages) encoded.push((await openEncoder(Number(codePage)))(text).toString('latin1'));
  writeFileSync(file, JSON.stringify({ encoded, hasCodePage: (await openConsoleOutput()).encode !== null }));
}

void encodeText();
