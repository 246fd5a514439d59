import type { ReactElement } from 'react';

/**
 * Our own few icons: lines on a 20-pixel grid in the colour of the text around them. All are decoration, so hidden from
 * a screen reader: words say the same beside each.
 */
const PATHS = {
  tick: 'M4.5 10.5l3.6 3.6 7.4-8',
  cross: 'M5.5 5.5l9 9m0-9l-9 9',
  exclamation: 'M10 4.5v7M10 15v.6',
  question: 'M7.2 7.4a2.9 2.9 0 1 1 4.3 2.6c-.9.5-1.5 1-1.5 2M10 15v.6',
  bars: 'M7 5v10M13 5v10',
  arrow: 'M4.5 10h11m-4.5-4.5l4.5 4.5-4.5 4.5',
  square: 'M6 6h8v8H6z',
  hourglass: 'M6 4h8M6 16h8M7 4c0 4 6 8 6 12M13 4c0 4-6 8-6 12',
  warning: 'M10 3.6l7 12.4H3zM10 8.4v3.4M10 13.6v.4',
  stop: 'M7 3h6l4 4v6l-4 4H7l-4-4V7zM10 6.6v4.2M10 13v.4',
  unknown: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14M8.1 8.2a1.9 1.9 0 1 1 2.8 1.7c-.6.3-.9.6-.9 1.3M10 13.2v.3',
  pass: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14M7 10.2l2.1 2.1 4-4.3',
  information: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14M10 9.2v4.2M10 6.6v.3',
  chevron: 'M7.5 5.5L12 10l-4.5 4.5',
  clock: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14M10 6.2V10l2.6 1.8',
} as const;
export type IconName = keyof typeof PATHS;

export function Icon({ name, className }: { readonly name: IconName; readonly className?: string }): ReactElement {
  return (
    <svg
      className={className === undefined ? 'icon' : `icon ${className}`}
      viewBox="0 0 20 20"
      width="20"
      height="20"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
