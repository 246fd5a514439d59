import { reportTexts } from './report.js';
import { spoken } from './spoken.js';
import { undoCardTexts } from './undo-card.js';

export const english = { ...spoken, undoCard: undoCardTexts, report: reportTexts };
