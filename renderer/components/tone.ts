import type { TrayShape } from '../../electron/core/maintenance/tray-view.js';
import type { IconName } from './icons.js';

/** The colours a short word may stand on; each comes with a shape. */
export type Tone = 'neutral' | 'accent' | 'good' | 'attention' | 'bad';

/** The tray's five shapes, drawn in the window. */
export const SHAPES: Readonly<Record<TrayShape, { readonly icon: IconName; readonly tone: Tone }>> = {
  'in-service': { icon: 'arrow', tone: 'neutral' },
  draining: { icon: 'bars', tone: 'accent' },
  ready: { icon: 'tick', tone: 'good' },
  attention: { icon: 'exclamation', tone: 'attention' },
  unknown: { icon: 'question', tone: 'attention' },
};
