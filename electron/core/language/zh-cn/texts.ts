import type { english } from '../en/texts.js';
import type { SameKeys } from '../topics.js';
import { messages } from './messages.js';
import { restartProblems } from './problems-restart.js';
import { runProblems } from './problems-run.js';
import { serverProblems } from './problems-server.js';
import { reportTexts } from './report.js';
import { undoCardTexts } from './undo-card.js';
import { verdict } from './verdict.js';
import { outcomes, words } from './words.js';

export const chinese: SameKeys<typeof english> = {
  problems: { ...serverProblems, ...runProblems, ...restartProblems },
  messages,
  words,
  outcomes,
  undoCard: undoCardTexts,
  report: reportTexts,
  verdict,
};
