/** Fetches what is not there yet; absolute paths. */
export function provideWindowsParts(): Promise<{ readonly nodeExe: string; readonly koffiNode: string }>;
