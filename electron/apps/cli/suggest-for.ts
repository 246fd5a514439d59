import { PROBLEMS, type Problem } from '../../contract/problem.js';
import type { Server } from './server.js';
import { suggest, withSuggestion } from './suggestion.js';

/** Adds what a mistyped name most likely meant. A server that cannot be asked leaves the problem as it is. */
export async function suggestFor(found: Problem, server: Server | null): Promise<Problem> {
  try {
    return withSuggestion(found, await findSuggestion(found, server));
  } catch {
    return found;
  }
}

async function findSuggestion({ id, params }: Problem, server: Server | null): Promise<string | null> {
  const named = (place: string): string => String(params[place] ?? '');
  if (id === 'unknown-code') {
    return suggest(
      named('name'),
      Object.values(PROBLEMS).map(({ code }) => code),
    );
  }
  if (id === 'unknown-scenario') return suggest(named('scenario'), named('scenarios').split(', '));
  if (server === null) return null;
  if (id === 'unknown-service') return suggestService(named('name'), server);
  if (id === 'settings-service-unknown') return suggestService(named('serviceName'), server);
  if (id === 'unknown-run') {
    return suggest(
      named('name'),
      server.records.list().map(({ runId }) => runId),
    );
  }
  if (id !== 'unknown-check') return null;
  const { checklist } = await server.engine.plan({ services: null, holdTimeMs: 0, hold: 'demand', reason: null, overrides: [] });
  return suggest(
    named('check'),
    checklist.checks.map((check) => check.id),
  );
}

/** People read display names and type them: the short name is what they need. */
async function suggestService(name: string, { engine }: Server): Promise<string | null> {
  const { services } = await engine.observe();
  const byDisplayName = services.find((row) => row.displayName.toUpperCase() === name.toUpperCase());
  return (
    byDisplayName?.serviceName ??
    suggest(
      name,
      services.map((row) => row.serviceName),
    )
  );
}
