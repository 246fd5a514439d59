import type { ProblemTexts } from '../topics.js';
import { messages } from './messages.js';
import { restartProblems } from './problems-restart.js';
import { runProblems } from './problems-run.js';
import { serverProblems } from './problems-server.js';
import { verdict } from './verdict.js';
import { outcomes, words } from './words.js';

const problems: ProblemTexts = { ...serverProblems, ...runProblems, ...restartProblems };

/** What every face says. */
export const spoken = { problems, messages, words, outcomes, verdict };
