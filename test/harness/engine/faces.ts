import type { Checklist } from '../../../electron/contract/checklist.js';
import { createMessages } from '../../../electron/core/language/messages.js';
import { trayTextsOf } from '../../../electron/core/language/tray-texts.js';
import { trayView, type TrayText } from '../../../electron/core/maintenance/tray-view.js';
import type { CommandResult } from '../../../electron/engine/engine.js';
import { Stage } from '../cli/stage.js';

/** What every face says of one checklist, in both languages, and which of it promises that a restart does no harm. */

const LANGUAGES = ['en', 'zh-CN'] as const;

/** Words that let an administrator restart the server. */
const PROMISES = [
  /safe to restart/i,
  /(can|may) be restarted/i,
  /A restart cuts (up to|sessions|\d)/,
  /可以(安全)?(重新启动|重启)/,
  /最多会中断/,
];
/** And those that say that no session is left. */
const STRICT_PROMISES = [/no (call|session) is (cut|left)/i, /不会中断任何/, /所有会话均已结束/];
/** That no call was cut must not be said any more once one may have been. */
const WITHOUT_LOSS = [/without cutting/i, /no call is cut/i, /不会中断任何/];
const DENIALS = /not (be )?safe to restart|不能安全(重新启动|重启)/gi;

export interface Said {
  readonly face: string;
  readonly promises: readonly string[];
  readonly strictPromises: readonly string[];
  readonly deniesLoss: readonly string[];
}

/** @param result of the command that the checklist comes from; null for `status` */
export async function formatEverywhere(
  checklist: Checklist,
  command: 'drain' | 'watch' | 'confirm' | 'pause' | 'accept',
  result: CommandResult | null,
): Promise<readonly Said[]> {
  const said: Said[] = [];
  for (const language of LANGUAGES) {
    for (const [face, text] of Object.entries(await terminalTexts(checklist, command, result, language))) {
      said.push(judgeText(`${face} in ${language}`, text));
    }
    said.push(judgeText(`tray in ${language}`, trayText(checklist, language)));
  }
  return said;
}

async function terminalTexts(
  checklist: Checklist,
  command: string,
  result: CommandResult | null,
  language: string,
): Promise<Readonly<Record<string, string>>> {
  const stage = new Stage();
  stage.engine.checklist = checklist;
  if (result !== null) stage.engine.result = result;
  const operands = command === 'accept' ? ['accept', 'RTCRGS', '--note', 'looked'] : [command];
  const run = async (...typed: readonly string[]): Promise<string> => {
    const { out, err } = await stage.run(...typed, '--lang', language);
    return `${out}\n${err}`;
  };
  const status = { status: await run('status'), 'status -v': await run('status', '-v'), 'status --json': await run('status', '--json') };
  return result === null
    ? status
    : { ...status, [command]: await run(...operands), [`${command} --json`]: await run(...operands, '--json') };
}

function trayText(checklist: Checklist, language: (typeof LANGUAGES)[number]): string {
  const { shape, tooltip } = trayView(checklist, null, { kind: 'idle' });
  return `${shape === 'ready' ? 'The tick: safe to restart. ' : ''}${formatTrayText(tooltip, language)}`;
}

function formatTrayText(text: TrayText, language: (typeof LANGUAGES)[number]): string {
  return 'name' in text ? text.name : createMessages(language).format(trayTextsOf(language)[text.id], text.params);
}

function judgeText(face: string, text: string): Said {
  const told = text.replace(/\s+/g, ' ').replace(DENIALS, '');
  const found = (patterns: readonly RegExp[]): readonly string[] => patterns.flatMap((pattern) => pattern.exec(told)?.[0] ?? []);
  const inJson = /"safeToRestart":true|"restart":"(safe|accepted|cuts)"/.exec(text);
  return {
    face,
    promises: [...found(PROMISES), ...found(STRICT_PROMISES), ...(inJson === null ? [] : [inJson[0]])],
    strictPromises: found(STRICT_PROMISES),
    deniesLoss: found(WITHOUT_LOSS),
  };
}
