import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

/** Without types a file need not exist to be judged, and the layer rules need none. */
const eslint = new ESLint({ overrideConfig: [tseslint.configs.disableTypeChecked] });

/**
 * Asks the project's own linter about a file that need not exist.
 *
 * @returns the ids of the rules that refuse it
 */
export async function findRefusals(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: file });
  if (result === undefined) throw new Error(`${file} is not linted at all`);
  return result.messages.map((message) => message.ruleId ?? `not parsed: ${message.message}`);
}
