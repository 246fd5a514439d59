import type { english } from '../en/texts.js';
import type { SameKeys } from '../topics.js';
import { reportTexts } from './report.js';
import { spoken } from './spoken.js';
import { undoCardTexts } from './undo-card.js';

export const chinese: SameKeys<typeof english> = { ...spoken, undoCard: undoCardTexts, report: reportTexts };
