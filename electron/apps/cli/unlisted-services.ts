import type { Checklist } from '../../contract/checklist.js';
import { problem, type Problem } from '../../contract/problem.js';
import { namesService } from '../../contract/service-names.js';
import type { CommandContext } from './context.js';
import { suggest, withSuggestion } from './suggestion.js';

/**
 * One problem for each service that the settings name and Windows does not list: the next drain would be refused for it. Windows
 * is asked only about names that the checklist does not show.
 * @throws ProblemError where Windows does not even list its services
 */
export async function findUnlistedServices({ server }: Pick<CommandContext, 'server'>, checklist: Checklist): Promise<readonly Problem[]> {
  const { settings, settingsFile, engine } = server;
  const shown = checklist.services.filter(({ state }) => state !== 'missing').map(({ serviceName }) => serviceName);
  const unseen = (settings.services ?? []).filter((name) => !namesService(shown, name));
  if (unseen.length === 0) return [];
  const unlisted = await engine.findUnlisted(unseen);
  return unlisted.map((serviceName) =>
    withSuggestion(problem('settings-service-unknown', { path: settingsFile.path, serviceName }), suggest(serviceName, shown)),
  );
}
