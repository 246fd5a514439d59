import type { Json } from './json-value.js';

/**
 * JSON in plain characters only, the others as `\uXXXX`: Windows PowerShell reads what a program prints in the console's
 * code page, and would make something else of every letter beyond those. Every parser gives the same value.
 */
export function jsonText(value: Json, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(
    /[^\x00-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
