import type { spoken as english } from '../en/spoken.js';
import type { SameKeys } from '../topics.js';
import { messages } from './messages.js';
import { restartProblems } from './problems-restart.js';
import { runProblems } from './problems-run.js';
import { serverProblems } from './problems-server.js';
import { verdict } from './verdict.js';
import { outcomes, words } from './words.js';

export const spoken: SameKeys<typeof english> = {
  problems: { ...serverProblems, ...runProblems, ...restartProblems },
  messages,
  words,
  outcomes,
  verdict,
};
